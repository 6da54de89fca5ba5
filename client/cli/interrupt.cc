#include "cli/interrupt.h"

namespace headwater::cli {
namespace {

volatile sig_atomic_t came = 0;

void Note(int signal) { came = signal; }

}  // namespace

InterruptWatch::InterruptWatch() {
  came = 0;
  struct sigaction action {};
  action.sa_handler = Note;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, &old_int_);
  sigaction(SIGTERM, &action, &old_term_);
}

InterruptWatch::~InterruptWatch() {
  sigaction(SIGINT, &old_int_, nullptr);
  sigaction(SIGTERM, &old_term_, nullptr);
}

int InterruptWatch::signal() { return came; }

}  // namespace headwater::cli
