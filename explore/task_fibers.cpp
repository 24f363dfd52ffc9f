// SPDX-License-Identifier: GPL-2.0-only
#include "explore/task_fibers.hpp"

#include <cxxabi.h>

#include <utility>

namespace stockcheck::explore {

namespace {

constexpr std::size_t stack_bytes = std::size_t{64} * 1024;

}  // namespace

task_fibers::task_fibers() : stacks_(stack_bytes) {}

void task_fibers::drop(std::size_t thread) {
  fiber& dropped = threads_[thread].fiber;
  if (dropped.body != nullptr) drop_fiber(dropped, stacks_);
}

void task_fibers::reset(std::size_t nr_threads) {
  for (std::size_t t = 0; t < nr_threads; ++t) threads_[t] = place{};
}

void task_fibers::switch_between(std::size_t from, std::size_t to) {
  place& leaving = threads_[from];
  place& next = threads_[to];
  // An operation may stand in a catch block: what is caught belongs to the thread.
  auto& caught = *reinterpret_cast<caught_exceptions*>(abi::__cxa_get_globals());
  leaving.caught = std::exchange(caught, next.caught);
  runs_thread_ = to != scheduler;
  if (to != scheduler) {
    running_ = to;
    ++resumes_;
  }
  switch_fiber(leaving.fiber, next.fiber);
}

bool task_fibers::is_on_stack(const void* address) const {
  const auto& stack = threads_[running_].fiber.stack;
  const auto* const byte = static_cast<const char*>(address);
  const auto* const top = static_cast<const char*>(stack.sp);
  return byte < top && byte >= top - stack.size;
}

bool task_fibers::overflows_stack(const void* address) const {
  const auto& stack = threads_[running_].fiber.stack;
  if (stack.sp == nullptr) return false;
  const auto* const byte = static_cast<const char*>(address);
  const auto* const lowest = static_cast<const char*>(stack.sp) - stack.size;
  constexpr std::ptrdiff_t page = 4096;
  return byte >= lowest && byte < lowest + page;
}

}  // namespace stockcheck::explore
