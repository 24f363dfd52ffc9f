// SPDX-License-Identifier: GPL-2.0-only
// Ends code under test that loops without touching shared memory: the engine never gets to see it.
#pragma once

#include <cstdint>

namespace stockcheck::kernel_source {

/// While it exists, some seconds of processor time without a call of engine_was_asked() end the
/// process by SIGVTALRM. At most one exists in a process, which has one thread.
class endless_loop_watch {
 public:
  endless_loop_watch();
  endless_loop_watch(const endless_loop_watch&) = delete;
  endless_loop_watch& operator=(const endless_loop_watch&) = delete;
  ~endless_loop_watch();
};

/// How often the code under test has asked the engine for something, or was begun anew.
inline volatile std::uint64_t engine_calls = 0;

inline void engine_was_asked() { engine_calls = engine_calls + 1; }

}  // namespace stockcheck::kernel_source
