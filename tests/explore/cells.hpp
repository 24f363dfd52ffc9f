// SPDX-License-Identifier: GPL-2.0-only
// What the tests' programs share: cells and mutexes that the engine sees, and registers that it
// does not.
#pragma once

#include "explore/operations.hpp"

#include <array>
#include <cstdint>
#include <source_location>

namespace stockcheck::explore::tests {

using here = std::source_location;
using value = std::uint64_t;

/// A location of shared memory. Only within an execution.
class cell {
 public:
  explicit cell(value initial = 0, std::size_t width = sizeof(value)) {
    id_ = declare(this, width, initial);
  }

  value load(memory_order order, here at = here::current()) const {
    return explore::load(id_, order, at);
  }
  void store(value to, memory_order order, here at = here::current()) {
    explore::store(id_, to, order, at);
  }
  value exchange(value to, memory_order order, here at = here::current()) {
    return read_modify_write(operation::exchange, id_, to, order, at);
  }
  value fetch_add(value what, memory_order order, here at = here::current()) {
    return read_modify_write(operation::fetch_add, id_, what, order, at);
  }
  value fetch_sub(value what, memory_order order, here at = here::current()) {
    return read_modify_write(operation::fetch_sub, id_, what, order, at);
  }
  /// Whether it wrote; `expected` becomes what was read.
  bool compare_exchange(value& expected, value desired, memory_order success,
                        memory_order failure = memory_order::relaxed, here at = here::current()) {
    return explore::compare_exchange(id_, expected, desired, success, failure, at);
  }
  /// Says whether it wrote, for those who do not need what was read.
  bool replace(value expected, value desired, memory_order success,
               memory_order failure = memory_order::relaxed, here at = here::current()) {
    return explore::compare_exchange(id_, expected, desired, success, failure, at);
  }
  /// Waits until the value is, or is not, this one.
  void await_equal(value awaited, memory_order order, here at = here::current()) const {
    const auto holds = [&] { return load(order, at) == awaited; };
    await(predicate(holds), at);
  }
  void await_other_than(value unwanted, memory_order order, here at = here::current()) const {
    const auto holds = [&] { return load(order, at) != unwanted; };
    await(predicate(holds), at);
  }
  [[nodiscard]] location_id id() const { return id_; }

 private:
  // Not left for the constructor: GCC takes its address for a read of what is not initialised.
  location_id id_ = no_location;
};

class mutex {
 public:
  mutex() { id_ = declare(this, 4, 0); }

  void lock(here at = here::current()) { explore::lock(id_, at); }
  bool try_lock(here at = here::current()) { return explore::try_lock(id_, at); }
  void unlock(here at = here::current()) { explore::unlock(id_, at); }

 private:
  location_id id_ = no_location;
};

inline void barrier(memory_order order, here at = here::current()) { fence(order, at); }

/// What the registers hold at the end; those that a test does not use hold 0.
using outcome = std::array<value, 6>;

/// The memory of a litmus test.
struct shared {
  cell x;
  cell y;
  cell z;
  cell w;
  mutex m;
  mutex n;
  outcome r{};  ///< registers, each of one task: memory that the engine does not see
};

}  // namespace stockcheck::explore::tests
