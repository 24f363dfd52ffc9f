// SPDX-License-Identifier: GPL-2.0-only
// Stands in for Relacy's platform.hpp: its fibers on Boost.Context with pooled stacks.
//
// Relacy's own fibers allocate 64 KiB of stack each with malloc and never free it, and switch by
// setjmp/longjmp. This header defines the include guard of <relacy/platform.hpp> and everything
// that file offers to the rest of Relacy, so that the package itself stays as Debian ships it.
// Include it before any other Relacy header.
#pragma once

#if defined(RL_PLATFORM_HPP)
#error "relacy_platform.hpp must be included before any header of Relacy"
#endif
#define RL_PLATFORM_HPP

#include "explore/fiber.hpp"

#include <relacy/pch.hpp>

using fiber_t = stockcheck::explore::fiber;

/// The stacks of all fibers that Relacy runs in this process. Relacy itself is single-threaded: it
/// keeps its current simulation in a global.
inline stockcheck::explore::stack_pool& relacy_stacks() {
  static constexpr std::size_t stack_bytes = std::size_t{64} * 1024;
  static stockcheck::explore::stack_pool pool{stack_bytes};
  return pool;
}

inline unsigned get_tick_count() {
  struct tms unused{};
  return static_cast<unsigned>(::times(&unused) * (1000 / ::sysconf(_SC_CLK_TCK)));
}
inline void set_low_thread_prio() {}

inline void create_main_fiber(fiber_t& fiber) { fiber = fiber_t{}; }
inline void delete_main_fiber(fiber_t&) {}
inline void create_fiber(fiber_t& fiber, void (*body)(void*), void* argument) {
  stockcheck::explore::create_fiber(fiber, relacy_stacks(), body, argument);
}
inline void delete_fiber(fiber_t& fiber) {
  stockcheck::explore::drop_fiber(fiber, relacy_stacks());
}
inline void switch_to_fiber(fiber_t& to, fiber_t& from) {
  if (&to != &from) stockcheck::explore::switch_fiber(from, to);
}

#define RL_INLINE inline
#define RL_NOINLINE
#define RL_STRINGIZE_I(text) #text
#define RL_STRINGIZE(text) RL_STRINGIZE_I(text)
#define RL_STDCALL
#define RL_THROW_SPEC(exception) noexcept(false)
#define RL_RESTRICT
