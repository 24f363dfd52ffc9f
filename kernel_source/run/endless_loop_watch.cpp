// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/endless_loop_watch.hpp"

#include <sys/time.h>

#include <csignal>

namespace stockcheck::kernel_source {

namespace {

/// Far more than the engine itself ever needs for one step.
constexpr int patience = 5;

volatile std::uint64_t calls_before = 0;
volatile std::sig_atomic_t seconds_without = 0;

void on_tick(int /*signal*/) {
  seconds_without = engine_calls == calls_before ? seconds_without + 1 : 0;
  calls_before = engine_calls;
  if (seconds_without < patience) return;
  std::signal(SIGVTALRM, SIG_DFL);
  std::raise(SIGVTALRM);
}

void tick_every(int seconds) {
  const itimerval timer{.it_interval = {.tv_sec = seconds, .tv_usec = 0},
                        .it_value = {.tv_sec = seconds, .tv_usec = 0}};
  ::setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

}  // namespace

endless_loop_watch::endless_loop_watch() {
  seconds_without = 0;
  std::signal(SIGVTALRM, on_tick);
  tick_every(1);
}

endless_loop_watch::~endless_loop_watch() { tick_every(0); }

}  // namespace stockcheck::kernel_source
