// All paths of a stance, uncut, and what they amount to, by trying everything.
#ifndef HEADWATER_PROVENANCE_TESTING_PATHS_H_
#define HEADWATER_PROVENANCE_TESTING_PATHS_H_

#include <cstdint>
#include <set>
#include <vector>

#include "provenance/assessment.h"
#include "provenance/testing/record.h"

namespace headwater::provenance::testing {

enum class Bound : uint8_t { kAtLeast, kAtMost };

// Paths of one stance that count towards one bound. The record must outlive it.
class Paths {
 public:
  Paths(const Record& record, v1::Stance stance, Bound bound)
      : record_(record), stance_(stance), bound_(bound) {}

  // Every path: none rests on the same attribution twice. Exponential in their number.
  std::set<Line> All() const;
  // Whether this is one; link by link, however it was found.
  bool Holds(const Line& line) const;

  // Whose voice (by its first source) or, towards at_least, unit each step has.
  std::set<Index> SpokenBy(const Line& line) const;
  std::set<Index> VoicesOf(const Line& line) const;
  // Whether two may be counted beside each other.
  bool Independent(const Line& one, const Line& other) const;
  // The most that may be counted, trying every choice.
  uint32_t Most(const std::set<Line>& lines) const;

  Index SourceOf(const Step& step) const;
  Index VoiceOf(const Step& step) const;

 private:
  bool Admits(Index attribution) const;
  bool IsOrigin(Index attribution) const;
  std::vector<Line> Starts() const;
  bool MayStart(const Step& step) const;
  bool HeardThroughPublisher(Index attribution) const;
  std::vector<Line> WaysIn(Index attribution) const;
  std::vector<Line> Continuations(Index attribution) const;
  void Follow(const Line& so_far, const std::set<Index>& rested_on, std::set<Line>* found) const;
  bool HoldsFrom(const Line& line, size_t at) const;

  const Record& record_;
  const v1::Stance stance_;
  const Bound bound_;
};

}  // namespace headwater::provenance::testing

#endif  // HEADWATER_PROVENANCE_TESTING_PATHS_H_
