#include "exchange/severed.h"

#include <algorithm>
#include <tuple>

#include "absl/hash/hash.h"

namespace headwater::exchange {
namespace {

uint64_t Hash(const std::string& name) { return absl::Hash<std::string>()(name); }

}  // namespace

void SeveredReferences::Add(const std::string& name, const std::vector<std::string>& references) {
  names_.insert(Hash(name));
  open_.erase(name);
  for (const std::string& reference : references) {
    if (!names_.contains(Hash(reference))) open_[reference].push_back(name);
  }
}

std::vector<SeveredReference> SeveredReferences::Found() const {
  std::vector<SeveredReference> found;
  for (const auto& [to, froms] : open_) {
    for (const std::string& from : froms) found.push_back({from, to});
  }
  const auto key = [](const SeveredReference& one) { return std::tie(one.from, one.to); };
  std::sort(found.begin(), found.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

}  // namespace headwater::exchange
