// SPDX-License-Identifier: GPL-2.0-only
#include "explore/crashes.hpp"

#include "explore/runtime.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <system_error>

namespace stockcheck::explore {

namespace {

constexpr std::size_t signal_stack_bytes = std::size_t{64} * 1024;
struct sigaction handler_before;

/// Leaves the handler for good when a task was running: it is over, and its stack is not used any
/// more.
void handle(int, siginfo_t* info, void*) {
  runtime* const running = runtime::current_or_null();
  if (running != nullptr && running->runs_task()) running->crash(info->si_addr);
  // Returning runs the access again, now without us.
  ::sigaction(SIGSEGV, &handler_before, nullptr);
}

}  // namespace

void catch_crashes() {
  const auto check = [](int result, const char* what) {
    if (result != 0) throw std::system_error(errno, std::generic_category(), what);
  };
  // The handler cannot run on a stack that overflowed.
  static thread_local const auto memory = std::make_unique<std::array<char, signal_stack_bytes>>();
  stack_t stack{};
  stack.ss_sp = memory->data();
  stack.ss_size = memory->size();
  check(::sigaltstack(&stack, nullptr), "sigaltstack");

  // Somebody may have taken the signal since the last time: test frameworks do, for every test.
  struct sigaction now{};
  check(::sigaction(SIGSEGV, nullptr, &now), "sigaction");
  if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == &handle) return;
  struct sigaction action{};
  action.sa_sigaction = &handle;
  // SA_NODEFER: the handler does not return, so that nobody would unblock the signal.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  check(::sigaction(SIGSEGV, &action, &handler_before), "sigaction");
}

}  // namespace stockcheck::explore
