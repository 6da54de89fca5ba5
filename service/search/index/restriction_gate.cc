#include "search/index/restriction_gate.h"

#include <algorithm>

namespace headwater::search {
namespace {

// Looking a number up takes as long as going through so many postings.
constexpr uint64_t kLookup = 4;

void SetBit(uint64_t offset, WindowBits* bits) {
  (*bits)[offset / 64] |= uint64_t{1} << (offset % 64);
}

// Sets the bits of what the reader has in the window, on which it then stands or behind it.
void AddAll(const Window& window, PostingReader* reader, WindowBits* bits) {
  if (reader->at_end()) return;
  reader->SkipTo(static_cast<uint32_t>(window.begin));
  while (!reader->at_end() && reader->page().first < window.end()) {
    for (const uint32_t number : reader->postings().numbers) {
      if (number >= window.begin && number < window.end()) SetBit(number - window.begin, bits);
    }
    if (reader->at_end() || reader->page().last >= window.end()) return;
    reader->NextPage();
  }
}

// The same of those that are asked for.
void AddAsked(const Window& window, const WindowBits& asked, PostingReader* reader,
              WindowBits* bits) {
  ForEachBit(asked, [&](uint32_t offset) {
    if (reader->at_end()) return;
    if (reader->ImpactOf(static_cast<uint32_t>(window.begin + offset)) >= 0) SetBit(offset, bits);
  });
}

uint64_t CountOf(const WindowBits& bits) {
  uint64_t count = 0;
  for (const uint64_t word : bits) count += static_cast<uint64_t>(std::popcount(word));
  return count;
}

}  // namespace

RestrictionGate::RestrictionGate(const kv::Snapshot& snapshot, keys::Corpus corpus,
                                 const Restriction& restriction, kv::Patience patience) {
  const auto add = [&](const FoundTerm& found, Group* group) {
    group->readers.push_back(
        std::make_unique<PostingReader>(snapshot, corpus, found.term, found.head, patience));
    group->count += group->readers.back()->count();
    group->last = std::max<uint64_t>(group->last, group->readers.back()->last());
  };
  for (const std::vector<FoundTerm>& terms : restriction.groups) {
    Group& group = groups_.emplace_back();
    for (const FoundTerm& found : terms) add(found, &group);
  }
  std::stable_sort(groups_.begin(), groups_.end(),
                   [](const Group& a, const Group& b) { return a.count < b.count; });
  for (const FoundTerm& found : restriction.excluded) add(found, &excluded_);
}

WindowBits RestrictionGate::Having(const Window& window, const Group& group,
                                   const WindowBits& asked) {
  WindowBits having{};
  const uint64_t here = group.count * Window::kSize / (group.last + 1);
  const bool looks_up = CountOf(asked) * group.readers.size() * kLookup < here;
  for (const auto& reader : group.readers) {
    looks_up ? AddAsked(window, asked, reader.get(), &having)
             : AddAll(window, reader.get(), &having);
  }
  return having;
}

bool RestrictionGate::Apply(const Window& window, WindowBits* bits) {
  for (const Group& group : groups_) {
    const WindowBits having = Having(window, group, *bits);
    uint64_t left = 0;
    for (size_t i = 0; i < kWindowWords; ++i) left |= (*bits)[i] &= having[i];
    if (left == 0) return false;
  }
  if (!excluded_.readers.empty()) {
    const WindowBits having = Having(window, excluded_, *bits);
    for (size_t i = 0; i < kWindowWords; ++i) (*bits)[i] &= ~having[i];
  }
  return true;
}

absl::Status RestrictionGate::status() const {
  for (const auto& reader : excluded_.readers) {
    if (!reader->status().ok()) return reader->status();
  }
  for (const Group& group : groups_) {
    for (const auto& reader : group.readers) {
      if (!reader->status().ok()) return reader->status();
    }
  }
  return absl::OkStatus();
}

}  // namespace headwater::search
