// SPDX-License-Identifier: GPL-2.0-only
// A fiber: a stack and a point of execution, switched by Boost.Context without a system call.
//
// boost::context::fiber unwinds the stack of a fiber that is dropped. A model checker drops
// executions in the middle, where no destructor of the code under test may run any more, so this
// uses the layer below it, fcontext, which leaves a dropped stack alone.
#pragma once

#include "explore/sanitizer_fiber.hpp"
#include "explore/stack_pool.hpp"

#include <boost/context/detail/fcontext.hpp>

namespace stockcheck::explore {

/// Where a switched-out fiber continues. A default-constructed fiber stands for the thread that
/// runs the others; it needs no stack of its own.
struct fiber {
  boost::context::detail::fcontext_t context = nullptr;
  boost::context::stack_context stack{};
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
  sanitizer_fiber sanitizer{};
};

namespace detail {

struct handover {
  fiber* from;
  fiber* to;
};

/// First thing on the stack that was switched to: remember where the other one continues.
inline const fiber& arrive(boost::context::detail::transfer_t transfer) {
  const handover switched = *static_cast<handover*>(transfer.data);
  switched.to->sanitizer.arrive(switched.from->sanitizer);
  switched.from->context = transfer.fctx;
  return *switched.to;
}

inline void start(boost::context::detail::transfer_t transfer) {
  const fiber& self = arrive(transfer);
  self.body(self.argument);
}

}  // namespace detail

/// Suspends `from`, which must be the running fiber, and continues `to`. Returns when some fiber
/// switches back to `from`.
inline void switch_fiber(fiber& from, fiber& to) {
  detail::handover handover{&from, &to};
  from.sanitizer.leave(to.sanitizer);
  detail::arrive(boost::context::detail::jump_fcontext(to.context, &handover));
}

/// Prepares `created` to run `body(argument)` on a stack of `pool` at the first switch to it.
/// `body` must not return.
inline void create_fiber(fiber& created, stack_pool& pool, void (*body)(void*), void* argument) {
  created.stack = pool.take();
  created.body = body;
  created.argument = argument;
  created.context =
      boost::context::detail::make_fcontext(created.stack.sp, created.stack.size, &detail::start);
  created.sanitizer.created(static_cast<char*>(created.stack.sp) - created.stack.size,
                            created.stack.size);
}

/// Gives the stack back. Nothing on it is destroyed.
inline void drop_fiber(fiber& dropped, stack_pool& pool) {
  dropped.sanitizer.dropped();
  pool.give_back(dropped.stack);
  dropped = fiber{};
}

}  // namespace stockcheck::explore
