// An assessment as people read it.
#ifndef HEADWATER_CLI_ASSESS_VIEW_H_
#define HEADWATER_CLI_ASSESS_VIEW_H_

#include <ostream>
#include <string>

#include "cli/terminal.h"
#include "headwater/v1/assessment.pb.h"

namespace headwater::cli {

// A page: the claim's text, the sentence on its standing, the standing in a word, the lines as
// chains, who denies it and so on, flags with their reasons, and what else there is to say.
void PrintAssessment(std::ostream& out, const Terminal& terminal, const v1::Assessment& assessment);

// "2", "1 to 2", and which of them is not exact.
std::string LineCount(const v1::Lines& lines);

// "A ← B ← C"; "…" stands for steps that were cut.
std::string ChainOf(const v1::Line& line);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_ASSESS_VIEW_H_
