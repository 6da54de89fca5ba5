// Quotes: each stands in its document's text as it says, whoever of the two changes.
#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/scan.h"
#include "database/writing/preparation.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

constexpr size_t kQuotesNamed = 5;
constexpr size_t kLoadedAtOnce = 200;

bool HasText(const v1::Document& document) { return document.text_length() > 0; }

bool SameText(const v1::Document& a, const v1::Document& b) {
  return HasText(a) == HasText(b) && (!HasText(a) || a.sha256() == b.sha256());
}

// Whether what a quote says of the text is the same; its form and its cue may differ.
bool SaysTheSame(const v1::Attribution& a, const v1::Attribution& b) {
  const v1::Quote& one = a.quote();
  const v1::Quote& other = b.quote();
  return a.document() == b.document() && one.exact() == other.exact() &&
         one.prefix() == other.prefix() && one.suffix() == other.suffix() &&
         one.has_position() == other.has_position() &&
         one.position().start() == other.position().start() &&
         one.position().end() == other.position().end();
}

// OK where there are none.
absl::Status Told(const keys::Name& document, std::vector<keys::Name> untrue) {
  if (untrue.empty()) return absl::OkStatus();
  const bool more = untrue.size() > kQuotesNamed;
  if (more) untrue.resize(kQuotesNamed);
  return QuotesUntrue(document, untrue, more);
}

}  // namespace

void Preparation::NoteQuote(const v1::Attribution& attribution, const Standing* standing,
                            std::string path) {
  if (standing == nullptr && !attribution.has_quote()) return;
  const std::optional<keys::Name> name = keys::Name::Parse(attribution.name());
  const std::optional<keys::Name> document = keys::Name::Parse(attribution.document());
  if (!name || !document) return;  // stored under other rules: it refers to nothing
  QuoteCheck check;
  check.attribution = *name;
  check.document = *document;
  check.quote = attribution.quote();
  check.path = std::move(path);
  check.held = standing != nullptr &&
               SaysTheSame(attribution, static_cast<const v1::Attribution&>(*standing->resource));
  quotes_.push_back(std::move(check));
}

void Preparation::NoteText(const keys::Name& name, const v1::Document& document,
                           const Standing* standing) {
  documents_[name.Key()] = document;
  quoted_document_.reset();
  if (standing == nullptr || !HasText(document)) return;
  if (!SameText(static_cast<const v1::Document&>(*standing->resource), document))
    retold_.push_back(name);
}

absl::Status Preparation::CheckQuotes() {
  // First the attributions that the request makes, document by document, so that each text is read
  // once and one is held at a time.
  std::vector<const QuoteCheck*> checks;
  for (const QuoteCheck& check : quotes_) {
    const bool as_before = check.held && MadeDocument(check.document) == nullptr;
    if (!check.quote.exact().empty() && !as_before) checks.push_back(&check);
  }
  std::stable_sort(checks.begin(), checks.end(), [](const QuoteCheck* a, const QuoteCheck* b) {
    return a->document.id < b->document.id;
  });
  for (auto begin = checks.begin(); begin != checks.end();) {
    const auto end = std::find_if(begin, checks.end(), [&](const QuoteCheck* check) {
      return check->document != (*begin)->document;
    });
    HW_RETURN_IF_ERROR(CheckQuotesOf(absl::MakeConstSpan(&*begin, end - begin)));
    begin = end;
  }
  if (!violations_.empty()) return InvalidArgument(violations_);
  // Then those that it leaves alone, of documents whose text it changes.
  for (const keys::Name& document : retold_) HW_RETURN_IF_ERROR(CheckStillQuoted(document));
  return absl::OkStatus();
}

absl::Status Preparation::CheckQuotesOf(absl::Span<const QuoteCheck* const> checks) {
  const keys::Name& document = checks.front()->document;
  // A change of the text must be seen here, and the quotes by whoever changes it.
  RelyOnUnchanged(document);
  prepared_.reliance.live.push_back(HashOf(document));
  HW_ASSIGN_OR_RETURN(const records::QuotedText* const text, QuotedTextOf(document));
  if (text == nullptr) return absl::OkStatus();
  std::vector<keys::Name> untrue;
  for (const QuoteCheck* check : checks) {
    if (!MaySearch(*text, check->quote)) {
      return InvalidField(check->path.empty() ? "name" : "requests",
                          "quote without positions from so much text that looking for all of that "
                          "would take too long; give positions, or send fewer at a time");
    }
    if (text->Holds(check->quote)) continue;
    if (check->path.empty()) {
      untrue.push_back(check->attribution);
    } else if (violations_.size() < records::kMaxViolations) {
      records::Violation wrong = text->WhatIsWrongWith(check->quote);
      wrong.field = absl::StrCat(check->path, ".", wrong.field);
      violations_.push_back(std::move(wrong));
    }
  }
  return Told(document, std::move(untrue));
}

absl::Status Preparation::CheckStillQuoted(const keys::Name& document) {
  prepared_.reliance.unreferenced.push_back(HashOf(document));
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions, ToldIn(document));
  if (revisions.empty()) return absl::OkStatus();
  HW_ASSIGN_OR_RETURN(const std::unique_ptr<records::QuotedText> text, TextOf(document));
  std::vector<keys::Name> untrue;
  const absl::Span<const uint64_t> all(revisions);
  for (size_t i = 0; i < all.size() && untrue.size() <= kQuotesNamed; i += kLoadedAtOnce) {
    HW_ASSIGN_OR_RETURN(const std::vector<records::Stored> loaded,
                        reader().LoadAll(all.subspan(i, kLoadedAtOnce)));
    for (const records::Stored& stored : loaded) {
      v1::Attribution attribution;
      if (!attribution.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
        return records::Damaged("an attribution cannot be read");
      if (!attribution.has_quote()) continue;
      if (!MaySearch(*text, attribution.quote()))
        return TooManyQuotes(document, "it is quoted too often without positions");
      if (text->Holds(attribution.quote())) continue;
      const std::optional<keys::Name> name = keys::Name::Parse(attribution.name());
      if (!name) return records::Damaged("an attribution's name cannot be read");
      untrue.push_back(*name);
    }
  }
  return Told(document, std::move(untrue));
}

absl::StatusOr<std::vector<uint64_t>> Preparation::ToldIn(const keys::Name& document) {
  absl::flat_hash_set<std::string> made;
  for (const QuoteCheck& check : quotes_) made.insert(check.attribution.Key());
  Filter filter;
  filter.kind = keys::Kind::kAttribution;
  filter.terms = {
      keys::Term(keys::Index::kReference,
                 keys::ReferenceValue(document, keys::Reference::kAttributionDocument))};
  std::vector<uint64_t> revisions;
  std::string position;
  do {
    const bool on_the_spot = patience_ == kv::Patience::kCacheOnly;
    size_t budget = on_the_spot ? kMostRowsOnTheSpot : kMostExamined;
    HW_ASSIGN_OR_RETURN(
        position,
        Scan(filter).Run(reading().point, patience_, position, &budget, [&](Candidate candidate) {
          const std::string key = candidate.name.Key();
          if (!candidate.deleted && !deleted_.contains(key) && !made.contains(key))
            revisions.push_back(candidate.revision);
          return revisions.size() <= kMostToldIn;
        }));
    if (!position.empty() && on_the_spot) return kv::WouldBlock();
  } while (!position.empty() && revisions.size() <= kMostToldIn);
  if (revisions.size() <= kMostToldIn) return revisions;
  return TooManyQuotes(document,
                       absl::StrCat("more than ", kMostToldIn, " attributions are told in it"));
}

const v1::Document* Preparation::MadeDocument(const keys::Name& name) const {
  const std::string key = name.Key();
  if (auto made = documents_.find(key); made != documents_.end()) return &made->second;
  if (before_ == nullptr) return nullptr;
  auto made = before_->documents.find(key);
  return made == before_->documents.end() ? nullptr : &made->second;
}

const std::string* Preparation::BroughtText(const std::string& sha256) const {
  if (auto brought = texts_.find(sha256); brought != texts_.end()) return &brought->second;
  if (before_ == nullptr) return nullptr;
  auto brought = before_->texts.find(sha256);
  return brought == before_->texts.end() ? nullptr : &brought->second;
}

absl::StatusOr<std::unique_ptr<records::QuotedText>> Preparation::TextOf(
    const keys::Name& document) {
  v1::Document as_made;
  if (const v1::Document* made = MadeDocument(document); made != nullptr) {
    as_made = *made;
  } else {
    HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(document));
    if (!row) return nullptr;
    HW_ASSIGN_OR_RETURN(const Standing standing, StandAt(document, *row));
    as_made = static_cast<const v1::Document&>(*standing.resource);
  }
  if (!HasText(as_made)) return nullptr;
  std::string text;
  if (const std::string* brought = BroughtText(as_made.sha256()); brought != nullptr) {
    text = *brought;
  } else {
    // That long a text is unpacked elsewhere; it has at least as many bytes as code points.
    const bool is_long = static_cast<size_t>(as_made.text_length()) > kMostTextOnTheSpot;
    if (is_long && patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
    HW_ASSIGN_OR_RETURN(text, reader().Text(absl::HexStringToBytes(as_made.sha256())));
  }
  return std::make_unique<records::QuotedText>(std::move(text));
}

absl::StatusOr<const records::QuotedText*> Preparation::QuotedTextOf(const keys::Name& document) {
  if (quoted_document_ != document) {
    quoted_document_.reset();
    HW_ASSIGN_OR_RETURN(quoted_text_, TextOf(document));
    quoted_document_ = document;
  }
  return quoted_text_.get();
}

bool Preparation::MaySearch(const records::QuotedText& text, const v1::Quote& quote) {
  if (quote.has_position()) return true;
  searched_bytes_ += text.text().size();
  return searched_bytes_ <= kMostSearchedBytes;
}

}  // namespace headwater::database
