#include "rpc/arrivals.h"

namespace headwater::rpc {
namespace {

// How often it is looked after messages, as long as there are any.
constexpr auto kTick = std::chrono::milliseconds(10);

}  // namespace

Arrivals::Arrivals(const Limits& limits) : limits_(limits), thread_([this] { Run(); }) {}

Arrivals::~Arrivals() { Stop(); }

void Arrivals::Enter(Message* message) {
  bool wake;
  {
    const std::lock_guard lock(mutex_);
    message->since_ = Clock::now();
    message->place_ = messages_.insert(messages_.end(), message);
    wake = idle_;
    idle_ = false;
  }
  if (wake) changed_.notify_all();
}

bool Arrivals::Leave(Message* message) {
  const std::lock_guard lock(mutex_);
  const bool refused = message->state_ == Message::State::kRefused;
  if (refused) {
    --refused_;
  } else {
    messages_.erase(message->place_);
    message->state_ = Message::State::kWaited;
  }
  if (stopping_ && messages_.empty() && refused_ == 0) changed_.notify_all();
  return !refused;
}

void Arrivals::Confirm(Message* message) {
  const std::lock_guard lock(mutex_);
  if (message->state_ == Message::State::kAsked) message->state_ = Message::State::kLate;
}

void Arrivals::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  const std::lock_guard lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

void Arrivals::WaitForNone() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return messages_.empty() && refused_ == 0; });
}

void Arrivals::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (messages_.empty()) {
      // Until one enters, though it may have left again by then.
      idle_ = true;
      changed_.wait(lock, [this] { return stopping_ || !idle_; });
    }
    changed_.wait_for(lock, kTick, [this] { return stopping_; });
    if (stopping_) return;
    const Steps steps = NextSteps(Clock::now());
    lock.unlock();
    Take(steps);
    lock.lock();
  }
}

Arrivals::Steps Arrivals::NextSteps(Clock::time_point now) {
  std::vector<Message*> slow;  // the oldest first
  for (Message* const message : messages_) {
    if (now - message->since_ < limits_.slow) break;
    slow.push_back(message);
  }
  Steps steps;
  size_t oldest = 0;
  size_t newest = slow.size();
  while (newest - oldest > limits_.most_slow) {
    const bool had_its_turn = now - slow[oldest]->since_ > limits_.turn;
    Message* const surplus = had_its_turn ? slow[oldest++] : slow[--newest];
    if (surplus->state_ == Message::State::kAsked) continue;
    surplus->Keep();
    if (surplus->state_ == Message::State::kWaited) {
      surplus->state_ = Message::State::kAsked;
      steps.ask.push_back(surplus);
    } else {
      messages_.erase(surplus->place_);
      surplus->state_ = Message::State::kRefused;
      ++refused_;
      steps.refuse.push_back(surplus);
    }
  }
  return steps;
}

void Arrivals::Take(const Steps& steps) {
  for (Message* const message : steps.ask) {
    message->AskWhetherArrived();
    message->Release();
  }
  for (Message* const message : steps.refuse) {
    message->Refuse();
    message->Release();
  }
}

}  // namespace headwater::rpc
