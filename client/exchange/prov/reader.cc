#include "exchange/prov/reader.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/loops.h"
#include "exchange/prov/records.h"
#include "exchange/prov/statements.h"
#include "exchange/prov/terms.h"
#include "exchange/prov/thing.h"
#include "exchange/spool.h"
#include "google/protobuf/wrappers.pb.h"

namespace headwater::exchange {
namespace {

// Of the activities that generated an entity, so many are asked for their agent.
constexpr int kMaxActivities = 10;
// Statements of who is associated with one of these, and how long they may be: they are read for
// every entity that it generated.
constexpr int kMaxAssociations = 10;
constexpr size_t kMaxAssociation = size_t{16} << 10;

class ProvReader : public Reader {
 public:
  explicit ProvReader(std::unique_ptr<Input> input) : input_(std::move(input)) {}

  absl::StatusOr<bool> Next(Row* row) override {
    row->Clear();
    if (!std::exchange(read_, true)) {
      if (absl::Status status = ReadAll(); !status.ok()) return status;
    }
    while (at_ < entries_.size() && !leads_[at_]) ++at_;
    if (at_ == entries_.size()) return false;
    const uint32_t first = at_++;
    row->number = static_cast<int64_t>(first) + 1;
    absl::StatusOr<std::vector<ProvStatement>> statements = Gather(entries_[first].thing);
    if (!statements.ok()) return statements.status();
    if (statements->empty()) {
      row->Reject("too long", "",
                  absl::StrCat("what is told of it is longer than ", kMaxRow, " bytes"));
      return true;
    }
    if (absl::Status status = Fill(*statements, row); !status.ok()) return status;
    return true;
  }

 private:
  // A statement that was put by.
  struct Entry {
    uint64_t thing;  // the hash of what it is told of
    SpoolPlace place;
    bool is_element;
    bool is_entity;
    bool is_agent;
  };

  absl::Status ReadAll() {
    absl::StatusOr<Spool> spool = Spool::Open();
    if (!spool.ok()) return spool.status();
    spool_.emplace(*std::move(spool));
    ProvPrefixes prefixes;
    const absl::Status status = ReadProvStatements(
        input_.get(), [&](ProvStatement statement) { return PutBy(std::move(statement)); },
        &prefixes);
    if (!status.ok()) return status;
    names_.emplace(std::move(prefixes));
    order_.resize(entries_.size());
    for (uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
      return std::make_pair(entries_[a].thing, a) < std::make_pair(entries_[b].thing, b);
    });
    SettleThings();
    std::stable_sort(associations_.begin(), associations_.end(),
                     [&](uint32_t a, uint32_t b) { return entries_[a].thing < entries_[b].thing; });
    return absl::OkStatus();
  }

  absl::Status PutBy(ProvStatement statement) {
    const ProvSection* section = FindProvSection(statement.section);
    std::string of = statement.id;
    if (section != nullptr && !section->is_element && statement.attributes.is_object()) {
      const auto subject = statement.attributes.find(std::string(section->attributes[0].name));
      if (subject != statement.attributes.end()) of = ProvText(*subject);
    }
    const bool told_by =
        statement.section == "wasAssociatedWith" && statement.attributes.is_object();
    google::protobuf::StringValue line;
    line.set_value(ProvLine(
        {statement.section, statement.id, statement.bundle, std::move(statement.attributes)}));
    const absl::StatusOr<SpoolPlace> place = spool_->Write(line);
    if (!place.ok()) return place.status();
    const bool is_element = section != nullptr && section->is_element;
    if (told_by && place->length <= kMaxAssociation) {
      associations_.push_back(static_cast<uint32_t>(entries_.size()));
    }
    entries_.push_back({HashOfName(of), *place, is_element, is_element && section->word == "entity",
                        is_element && section->word == "agent"});
    return absl::OkStatus();
  }

  // Where a thing's entries begin in order_; at its end where it has none.
  size_t BeginOf(uint64_t thing) const {
    const auto begin = std::lower_bound(
        order_.begin(), order_.end(), thing,
        [&](uint32_t entry, uint64_t wanted) { return entries_[entry].thing < wanted; });
    const bool found = begin != order_.end() && entries_[*begin].thing == thing;
    return found ? begin - order_.begin() : order_.size();
  }

  // For each thing, settles which entry stands for it: its first description, or its first
  // statement where none describes it. The first of a thing's entries in order_ then says as what
  // it is described.
  void SettleThings() {
    leads_.assign(entries_.size(), false);
    for (size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
      Entry& first = entries_[order_[begin]];
      std::optional<uint32_t> leader;
      for (end = begin; end < order_.size() && entries_[order_[end]].thing == first.thing; ++end) {
        const Entry& entry = entries_[order_[end]];
        if (entry.is_element && !leader.has_value()) leader = order_[end];
        first.is_entity |= entry.is_entity;
        first.is_agent |= entry.is_agent;
      }
      leads_[leader.value_or(order_[begin])] = true;
    }
  }

  // The statements of a thing, up to kMaxRow bytes of them; empty where it has more than that.
  absl::StatusOr<std::vector<ProvStatement>> Gather(uint64_t thing) {
    std::vector<ProvStatement> statements;
    size_t bytes = 0;
    for (size_t i = BeginOf(thing); i < order_.size() && entries_[order_[i]].thing == thing; ++i) {
      bytes += entries_[order_[i]].place.length;
      if (bytes > kMaxRow) return std::vector<ProvStatement>();
      absl::StatusOr<ProvStatement> statement = ReadStatement(entries_[order_[i]].place);
      if (!statement.ok()) return statement.status();
      statements.push_back(*std::move(statement));
    }
    return statements;
  }

  absl::StatusOr<ProvStatement> ReadStatement(SpoolPlace place) {
    google::protobuf::StringValue line;
    if (absl::Status status = spool_->Read(place, &line); !status.ok()) return status;
    ProvJson parts = ProvJson::parse(line.value(), nullptr, false);
    if (!parts.is_array() || parts.size() != 4) {
      return absl::UnavailableError("the temporary file has changed under us");
    }
    return ProvStatement{parts[0], parts[1], parts[2], std::move(parts[3])};
  }

  absl::Status Fill(const std::vector<ProvStatement>& statements, Row* row) {
    row->raw = ProvDocument(statements, names_->prefixes());
    ProvThing thing;
    for (const ProvStatement& statement : statements) {
      const ProvSection* section = FindProvSection(statement.section);
      const std::string where = absl::StrCat(statement.section, " ", statement.id);
      if (section == nullptr) {
        row->Reject("no section of PROV-JSON", where, "is no section of PROV-JSON");
        return absl::OkStatus();
      }
      if (!statement.attributes.is_object()) {
        row->Reject("no attributes", where, "must be an object of attributes");
        return absl::OkStatus();
      }
      if (section->is_element) {
        thing.id = statement.id;
        thing.elements.push_back(names_->Ours(statement));
      } else {
        if (thing.id.empty()) thing.id = ProvTextOf(statement, section->attributes[0].name);
        thing.relations.push_back(names_->Ours(statement));
      }
    }
    thing.uri = names_->Uri(thing.id);
    thing.id = names_->Ours(thing.id);
    // Evidence stands among the entities besides, for its author alone.
    if (IsOurs(thing)) {
      AddOurRecord(thing, row);
      return absl::OkStatus();
    }
    if (absl::Status status = AddActivities(&thing); !status.ok()) return status;
    AddForeignRecords(
        thing, *names_,
        [&](absl::string_view id, absl::string_view section) { return Described(id, section); },
        row);
    return absl::OkStatus();
  }

  // Adds who is associated with the activities that generated it.
  absl::Status AddActivities(ProvThing* thing) {
    int count = 0;
    for (const ProvStatement& relation : thing->relations) {
      if (relation.section != "wasGeneratedBy" || ++count > kMaxActivities) continue;
      const uint64_t activity = HashOfName(ProvTextOf(relation, "prov:activity"));
      auto at = std::lower_bound(
          associations_.begin(), associations_.end(), activity,
          [&](uint32_t entry, uint64_t wanted) { return entries_[entry].thing < wanted; });
      for (int told = 0;
           told < kMaxAssociations && at != associations_.end() && entries_[*at].thing == activity;
           ++told, ++at) {
        absl::StatusOr<ProvStatement> statement = ReadStatement(entries_[*at].place);
        if (!statement.ok()) return statement.status();
        thing->of_activities.push_back(names_->Ours(*std::move(statement)));
      }
    }
    return absl::OkStatus();
  }

  bool Described(absl::string_view id, absl::string_view section) const {
    const size_t begin = BeginOf(HashOfName(id));
    if (begin == order_.size()) return false;
    const Entry& first = entries_[order_[begin]];
    return section == "agent" ? first.is_agent : first.is_entity;
  }

  const std::unique_ptr<Input> input_;  // stays: whoever opened it may ask how far it is
  bool read_ = false;
  std::optional<Spool> spool_;
  std::optional<ProvNames> names_;
  std::vector<Entry> entries_;          // in the order of the document
  std::vector<uint32_t> order_;         // the same by thing, then by order
  std::vector<uint32_t> associations_;  // short entries of wasAssociatedWith, by activity
  std::vector<bool> leads_;             // whether an entry stands for its thing
  uint32_t at_ = 0;
};

}  // namespace

std::unique_ptr<Reader> NewProvReader(std::unique_ptr<Input> input) {
  return std::make_unique<ProvReader>(std::move(input));
}

}  // namespace headwater::exchange
