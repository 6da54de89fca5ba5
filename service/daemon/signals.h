// The signals that stop the server, taken by a thread that waits for them: no handler runs amid
// other code.
#ifndef HEADWATER_DAEMON_SIGNALS_H_
#define HEADWATER_DAEMON_SIGNALS_H_

namespace headwater::daemon {

// Holds back SIGTERM and SIGINT in this thread and in those it starts from now on. Before any other
// thread is started.
void HoldStopSignals();

// Waits for one of them and returns its name. From then on they are held back no more: a second one
// ends the process at once, which loses nothing that was acknowledged.
const char* WaitForStopSignal();

}  // namespace headwater::daemon

#endif  // HEADWATER_DAEMON_SIGNALS_H_
