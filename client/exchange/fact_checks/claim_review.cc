#include "exchange/fact_checks/claim_review.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/json_reader.h"
#include "exchange/unicode.h"

namespace headwater::exchange {
namespace {

using Party = ReviewedClaim::Party;

// The most that one row may hold. What its reviews refer to by @id is copied for each of them.
constexpr size_t kMostReviews = 10'000;
constexpr size_t kMostBytes = 4 * kMaxRow;

size_t SizeOf(const Party& party) {
  size_t size = party.name.size() + party.uri.size() + party.note.size();
  for (const std::string& link : party.same_as) size += link.size();
  return size;
}

// The bytes of those values that nodes may share.
size_t SizeOf(const ReviewedClaim& claim) {
  size_t size = claim.text.size() + claim.said_at.size() + claim.first_appearance.size() +
                claim.title.size() + claim.verdict.size() + claim.explanation.size() +
                claim.note.size() + SizeOf(claim.claimant) + SizeOf(claim.reviewer);
  for (const std::string& writer : claim.writers) size += writer.size();
  for (const std::string& link : claim.appearances) size += link.size();
  return size;
}

// What was found in a row.
class Found {
 public:
  bool full() const { return full_; }

  // Of what was copied for one review.
  void Count(size_t bytes) {
    bytes_ += bytes;
    full_ = full_ || bytes_ > kMostBytes;
  }

  void Add(const ReviewedClaim& claim) {
    Count(SizeOf(claim));
    full_ = full_ || claims_.size() == kMostReviews;
    if (!full_) claims_.push_back(claim);
  }

  absl::StatusOr<std::vector<ReviewedClaim>> Take() {
    if (!full_) return std::move(claims_);
    return absl::InvalidArgumentError(
        absl::StrCat("holds more than ", kMostReviews, " reviews, or says more than ",
                     kMostBytes >> 20, " MiB in them over what they refer to; give each its row"));
  }

 private:
  std::vector<ReviewedClaim> claims_;
  size_t bytes_ = 0;
  bool full_ = false;
};

// Whether the object's @type is `type`, in whatever case and with whatever is before it
// ("schema:ClaimReview", "https://schema.org/ClaimReview").
bool IsOfType(const Json& object, absl::string_view type) {
  for (absl::string_view member : {"@type", "type"}) {
    for (const Json* one : ItemsOf(Member(object, member))) {
      if (!one->is_string()) continue;
      const absl::string_view text = Trimmed(one->get_ref<const std::string&>());
      if (absl::EqualsIgnoreCase(text.substr(text.find_last_of(":/") + 1), type)) return true;
    }
  }
  return false;
}

bool IsClaimReview(const Json& object) {
  return object.is_object() &&
         (IsOfType(object, "ClaimReview") || Member(object, "claimReviewed") != nullptr);
}

v1::SourceKind KindOfParty(const Json& party) {
  if (IsOfType(party, "Person")) return v1::SOURCE_KIND_PERSON;
  if (IsOfType(party, "NewsMediaOrganization")) return v1::SOURCE_KIND_NEWS_OUTLET;
  if (IsOfType(party, "GovernmentOrganization")) return v1::SOURCE_KIND_GOVERNMENT;
  return v1::SOURCE_KIND_ORGANIZATION;
}

// The link that a value is: text, or an object's url or @id.
std::string LinkOf(const Json& value) {
  std::string link =
      value.is_object() ? TextOf(value, {"url", "@id", "contentUrl"}) : TextOf(&value);
  return std::string(Trimmed(link));
}

// Whether a link leads to something that somebody said, not to who they are.
bool IsPost(absl::string_view link) {
  const std::string key = UriKey(link);
  return IsSocialNetwork(link) &&
         (absl::StrContains(key, '?') || std::count(key.begin(), key.end(), '/') > 1);
}

class Finder {
 public:
  Finder(absl::string_view language, Found* found) : language_(language), found_(*found) {}

  void Index(const Json& value) {
    if (value.is_object()) {
      const Json* id = Member(value, "@id");
      // A reference is an object of nothing but @id.
      if (id != nullptr && id->is_string() && value.size() > 1) {
        nodes_.emplace(id->get<std::string>(), &value);
      }
    }
    if (!value.is_structured()) return;
    for (const Json& inner : value) Index(inner);
  }

  void Find(const Json& value) {
    if (found_.full()) return;
    if (IsClaimReview(value)) {
      Read(value);
      return;
    }
    if (!value.is_structured()) return;
    for (const Json& inner : value) Find(inner);
  }

 private:
  // The node that a value refers to, or the value itself.
  const Json& Resolve(const Json& value) const {
    if (!value.is_object() || value.size() != 1) return value;
    const Json* id = Member(value, "@id");
    if (id == nullptr || !id->is_string()) return value;
    const auto node = nodes_.find(id->get<std::string>());
    return node == nodes_.end() ? value : *node->second;
  }

  Party PartyOf(const Json& given) const {
    const Json& value = Resolve(given);
    Party party;
    if (!value.is_object()) {
      party.name = TextOf(&value);
      return party;
    }
    party.name = TextOf(value, {"name", "legalName", "alternateName"});
    party.kind = KindOfParty(value);
    party.uri = TextOf(value, {"url", "@id"});
    party.note = TextOf(value, {"jobTitle"});
    for (const Json* link : ItemsOf(Member(value, "sameAs"))) {
      if (std::string text = LinkOf(*link); !text.empty()) party.same_as.push_back(text);
    }
    found_.Count(SizeOf(party));
    return party;
  }

  // The body behind the review: the first author that is no person, or else the publisher, or else
  // the first author. Authors that are persons are its writers.
  void ReadReviewer(const Json& review, ReviewedClaim* claim) const {
    std::vector<Party> parties;
    for (absl::string_view member : {"author", "publisher", "sdPublisher"}) {
      for (const Json* one : ItemsOf(Member(review, member))) {
        if (found_.full()) return;
        Party party = PartyOf(*one);
        if (!party.name.empty() || !party.uri.empty()) parties.push_back(std::move(party));
      }
    }
    const auto body = std::find_if(parties.begin(), parties.end(), [](const Party& party) {
      return party.kind != v1::SOURCE_KIND_PERSON;
    });
    if (body != parties.end()) {
      claim->reviewer = *body;
    } else if (!parties.empty()) {
      claim->reviewer = parties.front();
    }
    for (const Party& party : parties) {
      if (party.kind == v1::SOURCE_KIND_PERSON) claim->writers.push_back(party.name);
    }
  }

  void ReadClaimant(const Json& item, ReviewedClaim* claim) const {
    std::vector<std::string> names;
    for (absl::string_view member : {"author", "creator"}) {
      for (const Json* one : ItemsOf(Member(item, member))) {
        if (found_.full()) return;
        Party party = PartyOf(*one);
        for (const std::string& link : party.same_as) {
          if (IsPost(link)) claim->appearances.push_back(link);
        }
        std::erase_if(party.same_as, IsPost);
        if (party.name.empty()) continue;
        names.push_back(party.name);
        if (names.size() == 1) claim->claimant = std::move(party);
      }
      if (!names.empty()) break;
    }
    if (names.size() > 1) {
      // Several named together speak as one here; who they are stands in the review.
      claim->claimant = Party{absl::StrJoin(names, ", "), v1::SOURCE_KIND_ORGANIZATION};
    }
  }

  void ReadItem(const Json& given, ReviewedClaim* claim) const {
    const Json& item = Resolve(given);
    if (!item.is_object()) return;
    claim->claim_date = TextOf(item, {"datePublished", "dateCreated", "datePosted"});
    if (const Json* first = Member(item, "firstAppearance"); first != nullptr) {
      claim->first_appearance = LinkOf(Resolve(*first));
    }
    for (absl::string_view member : {"appearance", "url", "sameAs"}) {
      for (const Json* one : ItemsOf(Member(item, member))) {
        if (found_.full()) return;
        if (std::string link = LinkOf(Resolve(*one)); !link.empty()) {
          found_.Count(link.size());
          claim->appearances.push_back(link);
        }
      }
    }
    ReadClaimant(item, claim);
    claim->said_at = TextOf(item, {"name"});
    // Some put the claim's own words there.
    if (claim->text.empty()) claim->text = TextOf(item, {"text", "description", "name"});
  }

  void ReadRating(const Json& review, ReviewedClaim* claim) const {
    for (const Json* given : ItemsOf(Member(review, "reviewRating"))) {
      const Json& rating = Resolve(*given);
      if (!rating.is_object()) {
        claim->verdict = TextOf(&rating);
        return;
      }
      claim->verdict = TextOf(rating, {"alternateName", "name", "description"});
      claim->value = TextOf(rating, {"ratingValue"});
      claim->best = TextOf(rating, {"bestRating"});
      claim->worst = TextOf(rating, {"worstRating"});
      claim->explanation = TextOf(rating, {"ratingExplanation"});
      return;  // of several, the first
    }
  }

  void Read(const Json& review) {
    ReviewedClaim claim;
    for (const Json* given : ItemsOf(Member(review, "itemReviewed"))) {
      ReadItem(*given, &claim);
      break;
    }
    claim.language = TextOf(review, {"inLanguage"});
    for (const Json* language : ItemsOf(Member(review, "inLanguage"))) {
      if (!language->is_object()) continue;
      claim.language = TextOf(*language, {"alternateName", "name"});
    }
    if (claim.language.empty()) claim.language = std::string(language_);
    ReadReviewer(review, &claim);
    claim.title = TextOf(review, {"name", "headline", "title"});
    claim.uri = TextOf(review, {"url", "mainEntityOfPage", "@id"});
    claim.review_date = TextOf(review, {"datePublished", "dateCreated", "dateModified"});
    claim.note = TextOf(review, {"reviewBody"});
    ReadRating(review, &claim);
    std::vector<std::string> texts;
    for (const Json* text : ItemsOf(Member(review, "claimReviewed"))) {
      if (std::string one = TextOf(text); !one.empty()) texts.push_back(std::move(one));
    }
    if (texts.empty()) texts.push_back(claim.text);
    for (std::string& text : texts) {
      claim.text = std::move(text);
      if (!found_.full()) found_.Add(claim);
    }
  }

  absl::string_view language_;
  absl::flat_hash_map<std::string, const Json*> nodes_;
  Found& found_;
};

// The markup in texts of an object: of pages that somebody fetched and kept in JSON.
absl::StatusOr<std::vector<ReviewedClaim>> InTexts(const Json& value, absl::string_view language) {
  Found found;
  if (!value.is_object()) return found.Take();
  for (const Json& inner : value) {
    if (!inner.is_string()) continue;
    const auto& text = inner.get_ref<const std::string&>();
    if (!absl::StrContains(text, "laimReview")) continue;
    const absl::StatusOr<Json> parsed = ParseJson(text);
    if (!parsed.ok()) continue;
    Finder finder(language, &found);
    finder.Index(*parsed);
    finder.Find(*parsed);
  }
  return found.Take();
}

void Convert(const Json& value, const std::string& text, const std::string& language, Row* row) {
  absl::StatusOr<std::vector<ReviewedClaim>> claims = ClaimReviewsIn(value, language);
  if (!claims.ok()) return row->Reject("too many", "", std::string(claims.status().message()));
  if (claims->empty()) {
    return row->Reject("no ClaimReview", "",
                       "there is no object with claimReviewed or of @type ClaimReview in it");
  }
  RowBuilder builder("claim-review");
  size_t kept = 0;
  for (ReviewedClaim& claim : *claims) {
    if (Trimmed(HtmlToText(ToUtf8(claim.text))).empty()) {
      return row->Reject("claimReviewed is missing", "claimReviewed",
                         "says nothing, and itemReviewed does not say what is reviewed either");
    }
    // The whole row beside each of many reviews would be a hundred times the file.
    kept += text.size();
    if (kept <= kMaxRow || &claim == &claims->front()) claim.record = text;
    AddReviewedClaim(claim, &builder);
  }
  builder.Finish(row);
}

}  // namespace

absl::StatusOr<std::vector<ReviewedClaim>> ClaimReviewsIn(const Json& value,
                                                          absl::string_view default_language) {
  Found found;
  Finder finder(default_language, &found);
  finder.Index(value);
  finder.Find(value);
  absl::StatusOr<std::vector<ReviewedClaim>> claims = found.Take();
  return claims.ok() && claims->empty() ? InTexts(value, default_language) : claims;
}

std::unique_ptr<Reader> NewClaimReviewReader(std::unique_ptr<Input> input, std::string language) {
  return NewJsonReader(
      std::move(input), {"dataFeedElement"},
      [language = std::move(language)](const Json& value, const std::string& text, Row* row) {
        Convert(value, text, language, row);
      });
}

}  // namespace headwater::exchange
