// A document's text and its SHA-256: they agree wherever both are on record.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/writing/preparation.h"
#include "records/text_frame.h"

namespace headwater::database {
namespace {

bool Names(const google::protobuf::FieldMask& mask, absl::string_view field) {
  return std::find(mask.paths().begin(), mask.paths().end(), field) != mask.paths().end();
}

// Whether the update says what the SHA-256 is to be, were it none.
bool SaysSha256(const Operation& operation) {
  if (operation.mask.paths().empty())
    return !static_cast<const v1::Document&>(*operation.resource).sha256().empty();
  return Names(operation.mask, "sha256") || Names(operation.mask, "*");
}

}  // namespace

const records::Message* Preparation::SettleText(const Operation& operation,
                                                const Standing& standing,
                                                records::Message* resource) {
  if (operation.kind != keys::Kind::kDocument) return nullptr;
  auto& document = static_cast<v1::Document&>(*resource);
  if (document.text().empty()) {
    // "*" leaves the text, since reads come without it.
    return Names(operation.mask, "text") ? nullptr : standing.resource.get();
  }
  // That on record is of another text, or of this one: then it is found again.
  if (!SaysSha256(operation)) document.clear_sha256();
  return nullptr;
}

absl::Status Preparation::MoveTextToBlobs(const std::string& path, const v1::Document* standing,
                                          Draft* draft) {
  auto& document = static_cast<v1::Document&>(*draft->resource);
  if (document.text().empty()) {
    // ClearServerMade has cleared the length of the text that stays.
    if (standing == nullptr || standing->text_length() == 0) return absl::OkStatus();
    if (document.sha256() != standing->sha256()) {
      violations_.push_back(
          {absl::StrCat(path, ".sha256"),
           absl::StrCat(document.sha256().empty() ? "cannot be cleared"
                                                  : absl::StrCat("is ", document.sha256()),
                        ", while the text on record stays, whose SHA-256 is ", standing->sha256(),
                        "; clear the text too (update_mask \"text,sha256\"), or give the text")});
    }
    document.set_text_length(standing->text_length());
    return absl::OkStatus();
  }
  // Packing a long text would hold up the caller's thread.
  if (patience_ == kv::Patience::kCacheOnly && document.text().size() > kMostTextOnTheSpot)
    return kv::WouldBlock();
  const Sha256Digest digest = Sha256(document.text());
  const std::string hex = ToHex(AsBytes(digest));
  if (!document.sha256().empty() && document.sha256() != hex) {
    violations_.push_back({absl::StrCat(path, ".sha256"),
                           absl::StrCat("is ", document.sha256(), ", but that of the text is ", hex,
                                        "; leave it out or mend the text")});
    return absl::OkStatus();
  }
  document.set_sha256(hex);
  document.set_text_length(static_cast<int32_t>(CodePoints(document.text())));
  HW_ASSIGN_OR_RETURN(const std::optional<std::string> there,
                      view_.snapshot->Get(kv::Keyspace::kBlobs, AsBytes(digest), patience_));
  if (!there)
    draft->blobs.push_back({std::string(AsBytes(digest)), records::Compress(document.text())});
  texts_.try_emplace(hex, std::move(*document.mutable_text()));
  document.clear_text();
  return absl::OkStatus();
}

}  // namespace headwater::database
