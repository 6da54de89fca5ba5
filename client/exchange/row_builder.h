// The records that one row makes, and the sources and documents of the web among them.
#ifndef HEADWATER_EXCHANGE_ROW_BUILDER_H_
#define HEADWATER_EXCHANGE_ROW_BUILDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "exchange/reader.h"
#include "headwater/v1/record.pb.h"

namespace headwater::exchange {

// Gathers records, each name once. Pointers that it gives stay valid until Finish.
class RowBuilder {
 public:
  // `format` is the format's word; it must outlive this.
  explicit RowBuilder(absl::string_view format) : format_(format) {}

  absl::string_view format() const { return format_; }

  // A resource of that name, for the caller to fill in; null where the row has one already.
  v1::Source* NewSource(const std::string& name);
  v1::Document* NewDocument(const std::string& name);
  v1::Claim* NewClaim(const std::string& name);
  v1::Attribution* NewAttribution(const std::string& name);
  v1::Review* NewReview(const std::string& name);

  // Moves all into the row: kind after kind, each in the order in which they were made.
  void Finish(Row* row);

 private:
  v1::Record* New(const std::string& name);

  absl::string_view format_;
  absl::flat_hash_set<std::string> names_;
  std::vector<std::unique_ptr<v1::Record>> records_;
};

// Each adds a source, where the row does not have it yet, and returns its name.
//
// An outlet or body known by its domain. `display_name` may be empty: the domain then.
std::string AddSourceOfDomain(RowBuilder* row, absl::string_view domain,
                              absl::string_view display_name, v1::SourceKind kind);
// Somebody known by name alone. `*added`, where not null, is the source to be filled in further, or
// null where the row had it.
std::string AddSourceOfName(RowBuilder* row, absl::string_view display_name, v1::SourceKind kind,
                            v1::Source** added = nullptr);
// Whoever published what is at a link: on a social network the account in the link ("@CatinhaZen on
// twitter.com"), or where the link names none, the network's accounts that are not on record, as
// one; elsewhere the outlet of the domain. Empty where the link has no domain.
std::string AddPublisherOf(RowBuilder* row, absl::string_view uri);

// Whether the link leads to a social network.
bool IsSocialNetwork(absl::string_view uri);
// Whether the link names the account that published what it leads to.
bool NamesAccount(absl::string_view uri);

// The domain of a social network or messenger that is known by that name ("Twitter"), or empty.
std::string NetworkOfName(absl::string_view name);

// Whether a name is one for unnamed people: "Several persons", "Social media users".
bool IsCollective(absl::string_view name);

// Adds the document at a link, known by its own address where the link leads into a web archive,
// which then is its archive_uri. `title` may be empty: its address stands there then. Returns its
// name, and sets `*added`, where not null, to the document to be filled in further, or null where
// the row had it.
std::string AddDocument(RowBuilder* row, absl::string_view uri, absl::string_view title,
                        const std::string& publisher, v1::Document** added = nullptr);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_ROW_BUILDER_H_
