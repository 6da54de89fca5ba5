#include "rounds.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "load.h"
#include "measure.h"

namespace headwater::bench {
namespace {

template <class Part>
double MedianOf(const Side& side, Part part) {
  std::vector<double> values;
  for (const Sample& sample : side.samples) values.push_back(part(sample));
  return Median(std::move(values));
}

nlohmann::json SideToJson(const Side& side) {
  std::vector<double> rates;
  for (const Sample& sample : side.samples) rates.push_back(sample.rate);
  return {{"name", side.name},
          {"rate", MedianRate(side)},
          {"cpu_micros", MedianCpuMicros(side)},
          {"cpu_micros_at_best", LeastCpuMicros(side)},
          {"rates", rates}};
}

}  // namespace

double MedianRate(const Side& side) {
  return MedianOf(side, [](const Sample& sample) { return sample.rate; });
}

double MedianCpuMicros(const Side& side) {
  return MedianOf(side, [](const Sample& sample) { return sample.cpu_micros; });
}

double LeastCpuMicros(const Side& side) {
  double least = side.samples.front().cpu_micros;
  for (const Sample& sample : side.samples) least = std::min(least, sample.cpu_micros);
  return least;
}

double MedianRatio(const Comparison& comparison, const Ratio& ratio) {
  const std::vector<Sample>& side = comparison.sides[ratio.side].samples;
  const std::vector<Sample>& base = comparison.sides[ratio.base].samples;
  std::vector<double> ratios;
  for (size_t i = 0; i < side.size(); ++i) ratios.push_back(side[i].rate / base[i].rate);
  return Median(std::move(ratios));
}

double CpuRatio(const Comparison& comparison, const Ratio& ratio) {
  return LeastCpuMicros(comparison.sides[ratio.base]) /
         LeastCpuMicros(comparison.sides[ratio.side]);
}

void RunRounds(int rounds, Comparison* comparison) {
  std::vector<Side>& sides = comparison->sides;
  for (Side& side : sides) side.measure();
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < sides.size(); ++i) {
      Side& side = sides[(i + static_cast<size_t>(round)) % sides.size()];
      // What the one before left to be done in the background must not fall into another's turn.
      WaitUntilQuiet();
      side.samples.push_back(side.measure());
    }
  }
}

void Print(const Comparison& comparison) {
  std::printf("%s\n", comparison.name.c_str());
  for (const Side& side : comparison.sides) {
    std::printf("  %-44s %9.0f /s  %7.1f us of CPU each, %7.1f at best\n", side.name.c_str(),
                MedianRate(side), MedianCpuMicros(side), LeastCpuMicros(side));
  }
  for (const Ratio& ratio : comparison.ratios) {
    std::printf("  %-44s %9.2f     %7.2f by CPU", ratio.name.c_str(),
                MedianRatio(comparison, ratio), CpuRatio(comparison, ratio));
    if (ratio.aim != 0) std::printf("     aim %.2f", ratio.aim);
    std::printf("\n");
  }
  std::fflush(stdout);
}

std::string ToJson(const std::vector<Comparison>& comparisons) {
  nlohmann::json all = nlohmann::json::array();
  for (const Comparison& comparison : comparisons) {
    nlohmann::json sides = nlohmann::json::array();
    for (const Side& side : comparison.sides) sides.push_back(SideToJson(side));
    nlohmann::json ratios = nlohmann::json::array();
    for (const Ratio& ratio : comparison.ratios) {
      ratios.push_back({{"name", ratio.name},
                        {"side", comparison.sides[ratio.side].name},
                        {"base", comparison.sides[ratio.base].name},
                        {"ratio", MedianRatio(comparison, ratio)},
                        {"cpu_ratio", CpuRatio(comparison, ratio)},
                        {"aim", ratio.aim}});
    }
    all.push_back({{"name", comparison.name}, {"sides", sides}, {"ratios", ratios}});
  }
  return all.dump(2) + "\n";
}

}  // namespace headwater::bench
