// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/interrupter.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <unistd.h>

namespace stockcheck::harness {

namespace {

// Nanoseconds.
constexpr long first_delay = 5'000;
constexpr long shortest_delay = 200;
constexpr long longest_delay = 1'000'000;

/// What a thread's signals find, and leave.
struct thread_signals {
  checks::program* running = nullptr;  ///< whose task the thread runs, as long as it does
  unsigned early = 0;                  ///< those that came before the task
  unsigned in_time = 0;
};
thread_signals& mine() {
  thread_local thread_signals signals;
  return signals;
}

void on_signal(int, siginfo_t* info, void*) {
  const int before = errno;
  thread_signals& here = mine();
  if (here.running == nullptr) {
    ++here.early;
  } else {
    ++here.in_time;
    here.running->interrupt(static_cast<std::size_t>(info->si_value.sival_int));
  }
  errno = before;
}

[[noreturn]] void raise_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

interrupter::interrupter(const kernel::placement& where,
                         std::span<const kernel::interrupt_handler> handlers, std::uint64_t seed)
    : random_(static_cast<std::minstd_rand::result_type>(seed + 1)), delay_(first_delay) {
  struct sigaction action{};
  action.sa_sigaction = on_signal;
  // Not deferred: an interrupt may interrupt the handler of a lower one.
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
  if (sigaction(SIGRTMIN, &action, nullptr) != 0) raise_errno("sigaction for interrupts");
  for (std::size_t h = 0; h < handlers.size(); ++h)
    if (where.cpu == handlers[h].cpu || where.migrations > 0)
      for (unsigned time = 0; time < handlers[h].times; ++time) add_timer(h);
}

interrupter::~interrupter() {
  for (const timer_t timer : timers_) timer_delete(timer);
}

void interrupter::add_timer(std::size_t handler) {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGRTMIN;
  event.sigev_value.sival_int = static_cast<int>(handler);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): glibc has no other name for it
  event._sigev_un._tid = gettid();
  timer_t timer{};
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) raise_errno("timer for interrupts");
  timers_.push_back(timer);
}

void interrupter::arm() {
  mine() = {};
  for (const timer_t timer : timers_) {
    const long after = delay_ * 3 / 4 + static_cast<long>(random_()) % (delay_ / 2);
    const itimerspec once{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = after}};
    timer_settime(timer, 0, &once, nullptr);
  }
}

void interrupter::begin(checks::program& running) {
  mine().running = &running;
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

/// How long a signal is on its way, and how far the task is then, is another on every machine, and
/// changes: the delay follows.
void interrupter::end() {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  const thread_signals came = mine();
  mine().running = nullptr;
  if (came.early + came.in_time < timers_.size()) delay_ -= delay_ / 8;
  if (came.early > 0) delay_ += delay_ / 8;
  delay_ = std::clamp(delay_, shortest_delay, longest_delay);
}

}  // namespace stockcheck::harness
