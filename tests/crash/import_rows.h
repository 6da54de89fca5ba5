// What is imported, again and again.
#ifndef HEADWATER_TESTS_CRASH_IMPORT_ROWS_H_
#define HEADWATER_TESTS_CRASH_IMPORT_ROWS_H_

#include <random>
#include <vector>

#include "headwater/v1/record.pb.h"

namespace headwater::crash {

// Of each claim so many attributions.
inline constexpr int kCiters = 20;

// Sources, documents, claims and attributions that cite one another in circles, in no order, and
// some rows that are wrong: one claim of fifty, so that nothing of it can be made.
std::vector<v1::Record> MakeRows(int claims, std::mt19937* random);

}  // namespace headwater::crash

#endif  // HEADWATER_TESTS_CRASH_IMPORT_ROWS_H_
