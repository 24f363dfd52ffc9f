// SPDX-License-Identifier: GPL-2.0-only
// A pool of fiber stacks: each is mapped once, with a guard page, and handed out again and again.
#pragma once

#include <boost/context/protected_fixedsize_stack.hpp>
#include <boost/context/stack_context.hpp>

#include <cstddef>
#include <vector>

namespace stockcheck::explore {

/// Stacks of one size. Not thread-safe: one pool per thread that runs fibers. A stack that was
/// taken must be given back before the pool is destroyed; the pool unmaps what it holds.
class stack_pool {
 public:
  /// `bytes` is the usable size; a guard page below it turns an overflow into SIGSEGV.
  explicit stack_pool(std::size_t bytes) : stacks_(bytes) {}
  stack_pool(const stack_pool&) = delete;
  stack_pool& operator=(const stack_pool&) = delete;
  ~stack_pool() {
    for (boost::context::stack_context& stack : free_) stacks_.deallocate(stack);
  }

  /// Throws std::bad_alloc when no memory can be mapped.
  [[nodiscard]] boost::context::stack_context take() {
    if (free_.empty()) return stacks_.allocate();
    const boost::context::stack_context stack = free_.back();
    free_.pop_back();
    return stack;
  }
  void give_back(const boost::context::stack_context& stack) { free_.push_back(stack); }

 private:
  boost::context::protected_fixedsize_stack stacks_;
  std::vector<boost::context::stack_context> free_;
};

}  // namespace stockcheck::explore
