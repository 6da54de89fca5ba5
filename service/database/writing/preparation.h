// The work in progress on one request's changes; what the files prepare_*.cc share. Internal to
// Prepare().
#ifndef HEADWATER_DATABASE_WRITING_PREPARATION_H_
#define HEADWATER_DATABASE_WRITING_PREPARATION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "database/exchange/row_verdict.h"
#include "database/queries.h"
#include "database/writing/preparer.h"
#include "records/quoted_text.h"
#include "records/references.h"
#include "records/rules.h"

namespace headwater::database {

// A resource as it is to be: checked, and cut into what is stored where.
struct Draft {
  std::unique_ptr<records::Message> resource;  // without a document's text
  std::string bytes;
  std::vector<records::FoundReference> references;
  std::vector<records::Blob> blobs;
};

// A resource as it stands.
struct Standing {
  keys::Name name;
  records::LiveRow row;
  records::Stored stored;
  std::unique_ptr<records::Message> resource;
  uint64_t recorded = 0;  // of an attribution that is to change: the sequence of its first revision
};

// A quote that must stand in its document's text once the request is made.
struct QuoteCheck {
  keys::Name attribution;
  keys::Name document;
  v1::Quote quote;
  std::string path;   // "requests[3].attribution.quote"; empty for an undeletion's
  bool held = false;  // it stood there before: true unless the request changes the document
};

std::unique_ptr<records::Message> Copy(const records::Message& message);

// Whether only a source that may publish and own can stand in the field.
inline bool NeedsAPublisher(keys::Reference field) {
  return field == keys::Reference::kDocumentPublisher || field == keys::Reference::kSourceOwner;
}

// What a group of an import's rows makes, for the rows of the next group, which are judged before
// this one is committed: as if they came later in the same request.
struct Made {
  absl::flat_hash_set<std::string> names;  // keys; so the other maps
  absl::flat_hash_map<std::string, v1::Source> sources;
  absl::flat_hash_map<std::string, v1::Document> documents;
  absl::flat_hash_map<std::string, std::string> texts;  // by SHA-256
};

class Preparation {
 public:
  // `before` is what the group before made that may not be in the view yet; null where there is
  // none.
  Preparation(const WriteRequest& request, View view, kv::Patience patience, Random* random,
              std::shared_ptr<const Made> before = nullptr);

  absl::StatusOr<Prepared> Run();

  // Rows of an import (prepare_rows.cc), instead of Run(): judged one by one, each seeing those
  // that were taken before it. What is not taken leaves no trace. `operation` is a creation that
  // takes what is identical, or an update of what exists, and must outlive this. The errors are
  // those that are not the row's.
  // Where `may_take`, a creation's resource is null afterwards, unless the name turned out taken.
  absl::StatusOr<RowVerdict> AddRow(Operation* operation, const keys::Name& name, bool may_take);
  // Rows that refer to one another in a circle: all taken, or some rejected and the others taken
  // where they can do without. Each verdict in its row's place.
  absl::StatusOr<std::vector<RowVerdict>> AddCircle(const std::vector<const Operation*>& operations,
                                                    const std::vector<keys::Name>& names);
  // Whether a row of that name was taken, here or in the group before: another must wait until
  // these are committed.
  bool HasRow(const keys::Name& name) const;
  // Whether what stands is a relation that the server suggested, and nobody decided on.
  absl::StatusOr<bool> IsServersSuggestion(const keys::Name& name);
  size_t change_count() const { return prepared_.changes.size(); }
  size_t change_bytes() const { return change_bytes_; }
  // What was taken so far, as one request.
  Prepared TakePrepared() { return std::move(prepared_); }
  // What they make; the last thing to be taken.
  std::shared_ptr<const Made> TakeMade();
  // Lets go of what is to be written, where nothing will be: the names stay taken.
  void DropChanges();

 private:
  // What a row that is not taken must leave as it was.
  struct Mark {
    size_t changes, answers, unchanged, live, unreferenced, unchanged_after, change_bytes;
    int unchanged_count;
  };
  Mark Begin();
  void TakeBack(const Mark& mark, const keys::Name& name);
  // `resource` is null where a creation's must be copied.
  absl::StatusOr<RowVerdict> Judge(const Operation& operation, const keys::Name& name,
                                   std::unique_ptr<records::Message> resource);

  // What each operation is about, found before any is worked out, so that they may refer to one
  // another.
  absl::Status NameOperations();
  // INVALID_ARGUMENT where what was worked out so far is too much for one request.
  absl::Status CheckRequestFits();
  static absl::Status TooManyChanges();
  absl::Status NameOperation(const Operation& operation, keys::Name* name);
  absl::Status NameCreation(const Operation& operation, keys::Name* name);
  // The field that says which resource an operation is about, for messages.
  static std::string NameField(const Operation& operation);

  absl::Status Create(const Operation& operation, const keys::Name& name) {
    return Create(operation, name, Copy(*operation.resource));
  }
  absl::Status Create(const Operation& operation, const keys::Name& name,
                      std::unique_ptr<records::Message> resource);
  absl::Status Update(const Operation& operation, const keys::Name& name);
  absl::Status Delete(const Operation& operation, const keys::Name& name);
  absl::Status Undelete(const Operation& operation, const keys::Name& name);
  absl::Status Withdraw(const Operation& operation, const keys::Name& name);

  // Keeps what later checks must know of a resource as the request makes it. `standing` is null for
  // a creation.
  void NoteMade(const Draft& draft, const Standing* standing, const keys::Name& name,
                const std::string& path);

  // Drafts (prepare_draft.cc). `text` is the document whose text stays where the resource brings
  // none; null where none stays.
  absl::StatusOr<Draft> MakeDraft(std::unique_ptr<records::Message> resource,
                                  const keys::Name& name, const std::string& path,
                                  const records::Message* text);
  void CheckAssessedSequence(const std::string& path, const v1::Claim& claim);
  // Checks that what the draft newly refers to (all but `held`) is there, and notes that it is
  // relied on.
  absl::Status TakeReferences(const Draft& draft, const std::vector<records::FoundReference>& held);
  absl::Status TakeReference(const records::FoundReference& reference);
  absl::StatusOr<bool> IsLive(const keys::Name& name);

  // Texts of documents (prepare_text.cc). What an update of `standing` to `resource` leaves of its
  // text, as MakeDraft wants it. Clears the SHA-256 where a text comes without one.
  static const records::Message* SettleText(const Operation& operation, const Standing& standing,
                                            records::Message* resource);
  // The text goes to blobs; what stays in the document is its SHA-256 and its length. A violation
  // where a SHA-256 is not that of the text, be it the one sent or the one that stays.
  absl::Status MoveTextToBlobs(const std::string& path, const v1::Document* standing, Draft* draft);

  // Who may publish and own (prepare_publishers.cc). Checked once all changes are worked out, since
  // a request may make a source one that may not and name it as an owner, in any order.
  void NoteSource(const keys::Name& name, const v1::Source& source, const Standing* standing);
  absl::Status CheckPublishers();
  absl::Status CheckMayPublish(const records::FoundReference& reference);
  absl::StatusOr<v1::SourceKind> KindOfSource(const keys::Name& name);
  // That nobody is left who refers by `field` to a source that may no more publish or own.
  absl::Status CheckUnpublished(const keys::Name& source, keys::Reference field);
  bool IsReleased(const keys::Name& referrer, const keys::Name& source) const;

  // Quotes (prepare_quotes.cc). Checked once all changes are worked out, against the texts as the
  // request makes them. Kept true of every live attribution whose document has a text, be the
  // document deleted or not, so that an undeletion of a document finds them true.
  void NoteQuote(const v1::Attribution& attribution, const Standing* standing, std::string path);
  void NoteText(const keys::Name& name, const v1::Document& document, const Standing* standing);
  absl::Status CheckQuotes();
  absl::Status CheckQuotesOf(absl::Span<const QuoteCheck* const> checks);
  // That what others quote of a document still stands in the text that the request gives it.
  absl::Status CheckStillQuoted(const keys::Name& document);
  // The revisions of the attributions told in a document that the request leaves as they are.
  absl::StatusOr<std::vector<uint64_t>> ToldIn(const keys::Name& document);
  // The document as it is made here, or by the group before; null where it is not. The text with
  // that SHA-256 likewise.
  const v1::Document* MadeDocument(const keys::Name& name) const;
  const std::string* BroughtText(const std::string& sha256) const;
  // The document's text as the request makes it; null where it has none.
  absl::StatusOr<std::unique_ptr<records::QuotedText>> TextOf(const keys::Name& document);
  // The same, kept until another document's is asked for.
  absl::StatusOr<const records::QuotedText*> QuotedTextOf(const keys::Name& document);
  // Counts what looking for the quote costs; false once that is more than one request may.
  bool MaySearch(const records::QuotedText& text, const v1::Quote& quote);

  // What stands (prepare_standing.cc).
  absl::StatusOr<std::optional<records::LiveRow>> Latest(const keys::Name& name);
  // NOT_FOUND where it does not exist, or is deleted and that is not `deleted`; ABORTED where the
  // etag is stale.
  absl::StatusOr<Standing> Stand(const keys::Name& name, absl::string_view etag, bool deleted);
  absl::StatusOr<Standing> StandAt(const keys::Name& name, const records::LiveRow& row);
  absl::StatusOr<std::vector<records::StandingTerm>> TermsOf(const Standing& standing);
  // Those of a claim's children that are deleted, or live. FAILED_PRECONDITION over kMostChildren.
  absl::StatusOr<std::vector<keys::Name>> Children(const keys::Name& claim, bool deleted);

  // Deletion's parts (prepare_delete.cc).
  // Those of the claim's deleted children that went with it, by the sequence of that request.
  absl::StatusOr<std::vector<keys::Name>> DeletedTogether(const keys::Name& claim,
                                                          uint64_t first_sequence);
  // FAILED_PRECONDITION where the claim's children make it too much for one request.
  absl::Status CheckChildrenFit(const keys::Name& claim) const;
  absl::Status NoteDeletedChildren();
  absl::Status CheckUnreferenced(const keys::Name& name);
  absl::Status DeleteStanding(const Standing& standing, absl::string_view reason, bool answered);
  absl::Status UndeleteStanding(const Standing& standing, bool force, bool answered);

  // Adds a change to what is there, with salt and digest. Returns its place.
  size_t AddChange(records::Change change);
  size_t AddRevision(v1::Operation operation, Draft draft, const Standing* standing,
                     const keys::Name& name, std::vector<records::TermChange> terms);
  void AnswerWithChange(size_t change, std::string body);

  // Notes that the changes are only right while it stays as it is.
  void RelyOnUnchanged(const keys::Name& name);

  Reading reading() const { return {{view_, view_.head}, patience_}; }
  records::Reader reader() const { return records::Reader(*view_.snapshot, patience_); }

  const WriteRequest& request_;
  const View view_;
  const kv::Patience patience_;
  Random* const random_;
  const std::shared_ptr<const Made> before_;  // of an import; may be null

  std::vector<keys::Name> names_;  // of the operations, each in its place
  std::vector<records::Violation> violations_;
  std::vector<records::FoundReference> missing_;
  std::vector<Taken> taken_;
  absl::flat_hash_map<std::string, const Operation*> created_;  // by name key
  absl::flat_hash_set<std::string> deleted_;    // name keys, with the children that go along
  absl::flat_hash_set<std::string> undeleted_;  // name keys
  absl::flat_hash_map<std::string, std::optional<records::LiveRow>> latest_;
  absl::flat_hash_map<std::string, v1::Source> sources_;  // as the request makes them, by name key
  std::vector<records::FoundReference> publishers_;       // newly referred to as publisher or owner
  std::vector<keys::Name> unpublishers_;                  // sources that may no more be either
  std::vector<QuoteCheck> quotes_;
  absl::flat_hash_map<std::string, v1::Document> documents_;  // as the request makes them, by name
  absl::flat_hash_map<std::string, std::string> texts_;       // that it brings, by SHA-256
  std::optional<keys::Name> quoted_document_;                 // whose text is quoted_text_
  std::unique_ptr<records::QuotedText> quoted_text_;          // null where it has none
  absl::flat_hash_set<std::string> rows_;                     // of an import, taken: name keys
  std::vector<keys::Name> retold_;                            // documents given another text
  // What AddRow took for a creation whose name turned out taken.
  std::unique_ptr<records::Message> given_back_;
  size_t searched_bytes_ = 0;
  Prepared prepared_;
  size_t change_bytes_ = 0;     // of prepared_.changes: what is stored, and index entries
  size_t answers_weighed_ = 0;  // of prepared_.answers
  size_t answer_bytes_ = 0;     // theirs
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_WRITING_PREPARATION_H_
