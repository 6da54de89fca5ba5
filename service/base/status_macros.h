// The two ways to pass an error on. Both work in functions that return absl::Status or
// absl::StatusOr<T>.
#ifndef HEADWATER_BASE_STATUS_MACROS_H_
#define HEADWATER_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the calling function when the absl::Status `expr` is not OK. Evaluates it once.
//   HW_RETURN_IF_ERROR(CheckName(name));
#define HW_RETURN_IF_ERROR(...)                                    \
  do {                                                             \
    if (absl::Status hw_status = (__VA_ARGS__); !hw_status.ok()) { \
      return hw_status;                                            \
    }                                                              \
  } while (false)

// Evaluates an absl::StatusOr<T> once; returns its status when not OK, else moves its value into
// `lhs`, which is a declaration or an assignable expression. A left side with a comma in it stands
// in parentheses, which are taken off again (so it cannot begin with parentheses of its own):
//   HW_ASSIGN_OR_RETURN(auto claim, ReadClaim(name));
//   HW_ASSIGN_OR_RETURN(*output, ReadClaim(name));
//   HW_ASSIGN_OR_RETURN((auto [parent, id]), SplitName(name));
// It is several statements, so it cannot be the lone body of an `if` without braces.
#define HW_ASSIGN_OR_RETURN(lhs, ...) \
  HW_INTERNAL_ASSIGN(HW_INTERNAL_JOIN(hw_status_or_, __COUNTER__), lhs, __VA_ARGS__)

#define HW_INTERNAL_ASSIGN(temporary, lhs, ...) \
  auto temporary = (__VA_ARGS__);               \
  if (!temporary.ok()) {                        \
    return std::move(temporary).status();       \
  }                                             \
  HW_INTERNAL_BARE(lhs) = *std::move(temporary)

#define HW_INTERNAL_JOIN(a, b) HW_INTERNAL_JOIN_NOW(a, b)
#define HW_INTERNAL_JOIN_NOW(a, b) a##b

// HW_INTERNAL_BARE(x) and HW_INTERNAL_BARE((x)) are both x. HW_INTERNAL_MARK is a macro call only
// where parentheses follow it; either way one bare mark is left in front, and pasting makes that
// one vanish.
#define HW_INTERNAL_BARE(x) HW_INTERNAL_UNMARK(HW_INTERNAL_MARK x)
#define HW_INTERNAL_MARK(...) HW_INTERNAL_MARK __VA_ARGS__
#define HW_INTERNAL_UNMARK(...) HW_INTERNAL_UNMARK_NOW(__VA_ARGS__)
#define HW_INTERNAL_UNMARK_NOW(...) HW_NOTHING_##__VA_ARGS__
#define HW_NOTHING_HW_INTERNAL_MARK

#endif  // HEADWATER_BASE_STATUS_MACROS_H_
