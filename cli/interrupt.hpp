// SPDX-License-Identifier: GPL-2.0-only
// Ctrl-C, a terminal that goes away, and the end of --limit: the first one ends the work with what
// there is, a second one ends the program.
#pragma once

#include "report/exit_code.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>

namespace stockcheck::cli {

/// Set by SIGINT, SIGTERM and SIGHUP, and when the limit of the run is over, once
/// catch_interrupts() was called.
inline std::atomic<bool>& interrupted() {
  static std::atomic<bool> flag{false};
  return flag;
}

namespace detail {

inline std::atomic<std::time_t>& first_interrupt() {
  static std::atomic<std::time_t> when{0};
  return when;
}

/// One key press may arrive as two signals, from the terminal and from a program like timeout; only
/// a later one is a second wish.
inline void on_interrupt(int /*signal*/) {
  constexpr std::time_t impatience = 2;  // seconds
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  if (!interrupted().exchange(true))
    first_interrupt() = now.tv_sec;
  else if (now.tv_sec - first_interrupt() >= impatience)
    ::_exit(static_cast<int>(exit_code::stayed_unknown));
}

}  // namespace detail

/// After so many seconds the run is interrupted, unless that is 0.
inline void catch_interrupts(double limit = 0) {
  // Constructs what the handler uses before it may need it.
  detail::first_interrupt() = 0;
  interrupted() = false;
  struct sigaction action{};
  action.sa_handler = &detail::on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  if (limit > 0) {
    sigaction(SIGALRM, &action, nullptr);
    const auto whole = static_cast<time_t>(limit);
    const auto rest = static_cast<suseconds_t>((limit - static_cast<double>(whole)) * 1e6);
    const itimerval once{.it_interval = {}, .it_value = {.tv_sec = whole, .tv_usec = rest}};
    setitimer(ITIMER_REAL, &once, nullptr);
  }
  // Under nohup it stays ignored.
  struct sigaction before{};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

}  // namespace stockcheck::cli
