// Sides that take turns, and the table of what came out.
#ifndef HEADWATER_TESTS_BENCH_ROUNDS_H_
#define HEADWATER_TESTS_BENCH_ROUNDS_H_

#include <functional>
#include <string>
#include <vector>

#include "load.h"

namespace headwater::bench {

struct Side {
  std::string name;
  std::function<Sample()> measure;
  std::vector<Sample> samples;
};

// One side's rate over another's, each round by itself, for the machine is not as fast in every.
struct Ratio {
  std::string name;
  size_t side;
  size_t base;
  double aim = 0;  // what it is to be at least; 0 for none
};

struct Comparison {
  std::string name;
  std::vector<Side> sides;
  std::vector<Ratio> ratios;
};

double MedianRate(const Side& side);
double MedianCpuMicros(const Side& side);
double LeastCpuMicros(const Side& side);
double MedianRatio(const Comparison& comparison, const Ratio& ratio);
// What the rates' ratio would be where nothing but CPU bounds both, of each side's best round:
// steadier where others share the machine, who can only make a round worse.
double CpuRatio(const Comparison& comparison, const Ratio& ratio);

// Measures every side once a round, after one that does not count. Who goes first changes with
// every round.
void RunRounds(int rounds, Comparison* comparison);

void Print(const Comparison& comparison);

// All of it as JSON.
std::string ToJson(const std::vector<Comparison>& comparisons);

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_ROUNDS_H_
