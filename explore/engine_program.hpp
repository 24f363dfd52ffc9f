// SPDX-License-Identifier: GPL-2.0-only
// The code under test, as the engine runs it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace stockcheck::explore {

/// One execution. It is made alone, then its tasks run concurrently, each once; then, if all of
/// them ended, it is settled, alone again; then it is destroyed. It must do the same whenever it is
/// run with the same values read: no time, no randomness, no use of addresses as numbers.
///
/// What a task owns outside of the engine (a vector on its stack, say) is lost in executions in
/// which the task waits for ever: use allocate() of operations.hpp for what must not be.
class engine_program {
 public:
  engine_program() = default;
  engine_program(const engine_program&) = delete;
  engine_program& operator=(const engine_program&) = delete;
  virtual ~engine_program() = default;

  virtual void task(std::size_t number) = 0;
  virtual void settle() {}
};

struct code_under_test {
  std::size_t nr_tasks = 1;  ///< at most max_tasks of view.hpp
  std::function<std::unique_ptr<engine_program>()> make;
};

}  // namespace stockcheck::explore
