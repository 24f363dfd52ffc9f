// Ctrl-C: the first one ends the work with what there is, the second one ends the program.
#pragma once

#include <atomic>
#include <csignal>

namespace stockcheck::cli {

/// Set by SIGINT and SIGTERM once catch_interrupts() was called.
inline std::atomic<bool>& interrupted() {
  static std::atomic<bool> flag{false};
  return flag;
}

inline void catch_interrupts() {
  interrupted() = false;  // constructs the flag before a handler may need it
  struct sigaction action{};
  action.sa_handler = [](int) { interrupted() = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace stockcheck::cli
