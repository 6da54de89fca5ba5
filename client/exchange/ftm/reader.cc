#include "exchange/ftm/reader.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "exchange/ftm/claims.h"
#include "exchange/ftm/rows.h"
#include "exchange/ftm/statement.h"
#include "exchange/json_text.h"
#include "exchange/loops.h"
#include "exchange/spool.h"
#include "exchange/unicode.h"
#include "google/protobuf/wrappers.pb.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMostCaption = 500;  // characters, as a source's display_name

class FtmReader : public Reader {
 public:
  explicit FtmReader(std::unique_ptr<Input> input) : input_(std::move(input)) {}

  absl::StatusOr<bool> Next(Row* row) override {
    row->Clear();
    if (!std::exchange(read_, true)) {
      if (absl::Status status = ReadAll(); !status.ok()) return status;
    }
    while (ready_.empty()) {
      if (at_ == entries_.size()) return false;
      if (absl::Status status = ReadEntity(); !status.ok()) return status;
    }
    *row = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }

  std::string RawHeader() const override { return header_; }

 private:
  // A row that was put by.
  struct Entry {
    uint64_t entity;  // the hash of its id; of a rejected row 0
    SpoolPlace place;
    uint32_t number;
  };
  // Where an entity's name stands.
  struct Caption {
    int rank;
    SpoolPlace place;
  };

  absl::Status ReadAll() {
    absl::StatusOr<Spool> spool = Spool::Open();
    if (!spool.ok()) return spool.status();
    spool_.emplace(*std::move(spool));
    FtmRows rows(input_.get());
    Row row;
    FtmStatement statement;
    while (true) {
      const absl::StatusOr<bool> more = rows.Next(&row, &statement);
      if (!more.ok()) return more.status();
      if (!*more) break;
      if (absl::Status status = PutBy(row, statement); !status.ok()) return status;
    }
    header_ = rows.header();
    SortByEntity();
    return absl::OkStatus();
  }

  // A row as it stands in the spool: its text, then its statement as JSON, or why it is rejected.
  absl::Status PutBy(const Row& row, const FtmStatement& statement) {
    Json parts = {row.raw};
    if (row.rejected()) {
      const Rejection& rejection = row.rejections[0];
      parts.push_back({rejection.reason, rejection.field, rejection.text});
    } else {
      parts.push_back(FtmJsonLine(statement));
      parts.push_back(statement.prop_type);
    }
    google::protobuf::StringValue text;
    text.set_value(parts.dump(-1, ' ', false, Json::error_handler_t::replace));
    const absl::StatusOr<SpoolPlace> place = spool_->Write(text);
    if (!place.ok()) return place.status();
    const std::string& entity =
        statement.canonical_id.empty() ? statement.entity_id : statement.canonical_id;
    const uint64_t hash = row.rejected() ? 0 : HashOfName(entity) | 1U;
    entries_.push_back({hash, *place, static_cast<uint32_t>(row.number)});
    if (row.rejected()) return absl::OkStatus();
    if (const int rank = CaptionRank(statement); rank >= 0) {
      for (const std::string& id : {entity, statement.entity_id}) {
        const auto [found, added] = captions_.try_emplace(HashOfName(id), Caption{rank, {}});
        if (!added && rank >= found->second.rank) continue;
        // By itself and cut: it is read for every statement that leads to the entity.
        const absl::StatusOr<SpoolPlace> name =
            spool_->WriteBytes(Shortened(ToUtf8(statement.value), kMostCaption));
        if (!name.ok()) return name.status();
        found->second = {rank, *name};
      }
    }
    return absl::OkStatus();
  }

  // Entities in the order of their first statements, each one's statements together; rejected rows
  // stay where they stood.
  void SortByEntity() {
    absl::flat_hash_map<uint64_t, uint32_t> first;
    std::vector<std::pair<uint32_t, uint32_t>> order;
    order.reserve(entries_.size());
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const uint64_t entity = entries_[i].entity;
      order.emplace_back(entity == 0 ? i : first.try_emplace(entity, i).first->second, i);
    }
    std::sort(order.begin(), order.end());
    std::vector<Entry> sorted;
    sorted.reserve(entries_.size());
    for (const auto& [unused, i] : order) sorted.push_back(entries_[i]);
    entries_ = std::move(sorted);
  }

  absl::StatusOr<Json> Read(SpoolPlace place) {
    google::protobuf::StringValue text;
    if (absl::Status status = spool_->Read(place, &text); !status.ok()) return status;
    Json parts = Json::parse(text.value(), nullptr, false);
    if (!parts.is_array() || parts.size() < 2) {
      return absl::UnavailableError("the temporary file has changed under us");
    }
    return parts;
  }

  static FtmStatement StatementIn(const Json& parts) {
    // What stands in the spool was written by us.
    FtmStatement statement =
        FtmFromJson(Json::parse(parts[1].get<std::string>(), nullptr, false)).value();
    statement.prop_type = parts[2].get<std::string>();
    return statement;
  }

  // Makes the rows of the next entity, or the next rejected row.
  absl::Status ReadEntity() {
    const size_t begin = at_;
    size_t bytes = 0;
    do {
      bytes += entries_[at_++].place.length;
    } while (at_ < entries_.size() && entries_[begin].entity != 0 &&
             entries_[at_].entity == entries_[begin].entity);
    std::vector<Row> rows;
    std::vector<FtmStatement> statements;
    for (size_t i = begin; i < at_; ++i) {
      absl::StatusOr<Json> parts = Read(entries_[i].place);
      if (!parts.ok()) return parts.status();
      rows.emplace_back();
      rows.back().number = entries_[i].number;
      rows.back().raw = (*parts)[0].get<std::string>();
      if (entries_[i].entity == 0) {
        const Json& why = (*parts)[1];
        rows.back().Reject(why[0], why[1], why[2]);
      } else if (bytes > kMaxRow) {
        rows.back().raw.resize(std::min(rows.back().raw.size(), kMaxRawOfLong));
        rows.back().Reject(
            "too long", "",
            absl::StrCat("statements of one entity have at most ", kMaxRow, " bytes"));
      } else {
        statements.push_back(StatementIn(*parts));
      }
    }
    AddFtmRecords(
        statements, [this](absl::string_view entity) { return CaptionOf(entity); }, &rows);
    for (Row& row : rows) ready_.push_back(std::move(row));
    return absl::OkStatus();
  }

  // Empty also where the temporary file cannot be read, which the next row will say.
  std::string CaptionOf(absl::string_view entity) {
    const auto found = captions_.find(HashOfName(entity));
    if (found == captions_.end()) return "";
    std::string caption;
    return spool_->ReadBytes(found->second.place, &caption).ok() ? caption : "";
  }

  const std::unique_ptr<Input> input_;  // stays: whoever opened it may ask how far it is
  bool read_ = false;
  std::optional<Spool> spool_;
  std::string header_;
  std::vector<Entry> entries_;
  absl::flat_hash_map<uint64_t, Caption> captions_;  // by the hash of the entity's id
  size_t at_ = 0;
  std::deque<Row> ready_;
};

}  // namespace

std::unique_ptr<Reader> NewFtmReader(std::unique_ptr<Input> input) {
  return std::make_unique<FtmReader>(std::move(input));
}

}  // namespace headwater::exchange
