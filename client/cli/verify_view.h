// What is on record about something, as people read it.
#ifndef HEADWATER_CLI_VERIFY_VIEW_H_
#define HEADWATER_CLI_VERIFY_VIEW_H_

#include <ostream>
#include <string>

#include "cli/terminal.h"
#include "headwater/v1/verification.pb.h"

namespace headwater::cli {

// The statements for which something was found, each with its claims, those for which nothing was
// found only where `show_all`; a last line counts them. Of a URI the document there, its claims and
// who cites them.
void PrintVerification(std::ostream& out, const Terminal& terminal,
                       const v1::VerifyResponse& response, bool show_all);

// Whether a claim was matched, or a document is on record.
bool FoundSomething(const v1::VerifyResponse& response);

// "very likely (0.94)".
std::string Likelihood(const v1::ClaimMatch& match);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_VERIFY_VIEW_H_
