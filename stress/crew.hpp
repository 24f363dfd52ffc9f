// SPDX-License-Identifier: GPL-2.0-only
// Threads that work at the same time and, when told to, all stand still.
#pragma once

#include "model/atomics/std_atomics.hpp"
#include "model/kernel/machine.hpp"
#include "stress/topology.hpp"

#include <atomic>
#include <barrier>
#include <cstdint>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace stockcheck::stress {

/// What one thread of a crew does. Only that thread calls it.
class crew_member {
 public:
  crew_member() = default;
  crew_member(const crew_member&) = delete;
  crew_member& operator=(const crew_member&) = delete;
  virtual ~crew_member() = default;

  /// Does a short, bounded piece of work and returns how many operations that was. A broken promise
  /// is thrown as `violation`, which ends the work of the whole crew; nothing else may be thrown.
  virtual std::uint64_t work() = 0;
};

/// Member i runs as task i of the machine, which must have a CPU for it, on the i-th unit of the
/// topology. Everything is called from one thread. While the crew stands still, that thread sees
/// all that members wrote and may write what they read.
class crew {
 public:
  /// The crew stands still at first. Members and machine must outlive it. `seed` is for
  /// std_atomics::choose(). Throws std::system_error if a thread cannot be started.
  crew(const topology& units, kernel::machine<std_atomics>& machine,
       std::vector<crew_member*> members, std::uint64_t seed);
  crew(const crew&) = delete;
  crew& operator=(const crew&) = delete;
  /// Waits until every thread has ended.
  ~crew();

  /// Lets everybody work. The crew must stand still.
  void resume();
  /// Makes everybody stand still and waits for it. Each has worked at least once since resume().
  void assemble();

  /// True from when a member found a violation, until the next resume().
  [[nodiscard]] bool wants_to_stop() const { return pause_.load(std::memory_order_relaxed); }
  /// Operations so far, a little behind while the crew works.
  [[nodiscard]] std::uint64_t operations() const;
  /// Members whose thread is bound to its unit. The crew must stand still.
  [[nodiscard]] unsigned pinned() const;
  /// The violation of the first member that has one. The crew must stand still.
  [[nodiscard]] std::optional<failed_expectation> failed() const;

 private:
  /// On cache lines of its own: its thread writes it all the time.
  struct alignas(64) seat {
    std::atomic<std::uint64_t> operations{0};
    bool pinned = false;
    std::optional<failed_expectation> failed{};
  };

  void serve(unsigned i);
  void work_until_paused(unsigned i);
  void abandon();  ///< ends the threads of a crew that is not complete
  void dismiss();

  const topology& units_;
  kernel::machine<std_atomics>& machine_;
  std::vector<crew_member*> members_;
  std::uint64_t seed_;
  std::vector<seat> seats_;
  std::atomic<bool> pause_{false};
  bool standing_ = true;
  bool dismissed_ = false;
  std::barrier<> meeting_;  ///< of all members and the thread that owns the crew
  std::vector<std::jthread> threads_;
};

}  // namespace stockcheck::stress
