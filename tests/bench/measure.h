// What several benches measure by.
#ifndef HEADWATER_TESTS_BENCH_MEASURE_H_
#define HEADWATER_TESTS_BENCH_MEASURE_H_

#include <sys/types.h>

#include <vector>

namespace headwater::bench {

// Seconds of CPU that a process has used so far, all its threads together. Ends the bench where
// there is no such process.
double CpuSeconds(pid_t pid);

// Of an even number of values the upper of the two in the middle; there is one at least.
double Median(std::vector<double> values);

}  // namespace headwater::bench

#endif  // HEADWATER_TESTS_BENCH_MEASURE_H_
