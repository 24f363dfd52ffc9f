// SPDX-License-Identifier: GPL-2.0-only
// Includes Debian's Relacy without letting its macros out.
//
// relacy.hpp redefines new, delete, malloc, assert, errno, memory_order_* and $ as macros, which no
// other code of ours may see. It also replaces the global operator new of the program: while a
// simulation runs, every allocation belongs to it and is checked for leaks.
#pragma once

#include "model/atomics/relacy_platform.hpp"

// Standard headers that would break if first included while the macros are in force.
#include <atomic>
#include <cassert>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>

// Its imitations of Windows and of pthreads are not for us, and define macros such as EINVAL.
#define RL_WINDOWS_HPP
#define RL_PTHREAD_HPP

#pragma push_macro("assert")
#pragma push_macro("errno")
// Its current simulation is a static member of a template, of which scenarios that are loaded have
// the runner's.
#pragma GCC visibility push(default)
#include <relacy/relacy.hpp>
#pragma GCC visibility pop
#undef assert
#undef errno
#pragma pop_macro("assert")
#pragma pop_macro("errno")

#undef new
#undef delete
#undef malloc
#undef calloc
#undef realloc
#undef free
#undef memory_order_relaxed
#undef memory_order_consume
#undef memory_order_acquire
#undef memory_order_release
#undef memory_order_acq_rel
#undef memory_order_seq_cst
#undef VAR_T
#undef TLS_T
#undef VAR
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#endif
#undef $
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
