// SPDX-License-Identifier: GPL-2.0-only
// What the code under test asks for: one operation on shared memory, as data.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace stockcheck::explore {

/// Order of an access. `plain` is ordinary memory: relaxed, and an unordered conflicting access is
/// a data race. `racy` is relaxed and never part of a race. `full` is for read-modify-writes and
/// fences: a full barrier before and behind (Linux kernel memory model, `{mb}`); a failing
/// compare-exchange has its failure order alone.
enum class memory_order : std::uint8_t {
  plain,
  racy,
  relaxed,
  acquire,
  release,
  acq_rel,
  seq_cst,
  full,
};

enum class operation : std::uint8_t {
  load,
  store,
  exchange,
  fetch_add,
  fetch_sub,
  fetch_and,
  fetch_or,
  fetch_xor,
  compare_exchange,
  lock,      ///< takes a mutex: acquire, 0 -> 1, waits while it is 1
  try_lock,  ///< takes a mutex: acquire, 0 -> 1, fails relaxed
  unlock,    ///< frees a mutex: release, stores 0
  fence,
  choose,    ///< a number below `operand`
  allocate,  ///< block `operand` begins to live
  release,   ///< block `operand` ends
};

inline constexpr std::array operation_names{
    std::string_view{"load"},
    std::string_view{"store"},
    std::string_view{"exchange"},
    std::string_view{"fetch_add"},
    std::string_view{"fetch_sub"},
    std::string_view{"fetch_and"},
    std::string_view{"fetch_or"},
    std::string_view{"fetch_xor"},
    std::string_view{"compare_exchange"},
    std::string_view{"lock"},
    std::string_view{"try_lock"},
    std::string_view{"unlock"},
    std::string_view{"fence"},
    std::string_view{"choose"},
    std::string_view{"allocate"},
    std::string_view{"release"},
};
[[nodiscard]] constexpr std::string_view name_of(operation op) {
  return operation_names.at(static_cast<std::size_t>(op));
}

/// A location of shared memory, dense from 0.
using location_id = std::uint32_t;
inline constexpr location_id no_location = UINT32_MAX;

struct request {
  operation op = operation::load;
  memory_order order = memory_order::relaxed;
  memory_order failure_order = memory_order::relaxed;
  std::uint8_t width = 8;  ///< bytes: 1, 2, 4 or 8
  location_id location = no_location;
  std::uint64_t operand = 0;   ///< stored, added, desired, ...
  std::uint64_t expected = 0;  ///< what a compare-exchange compares with

  /// Compared at every replayed event.
  friend bool operator==(const request& a, const request& b) {
    using words = std::array<std::uint64_t, 3>;
    return std::bit_cast<words>(a) == std::bit_cast<words>(b);
  }
};

[[nodiscard]] constexpr bool has_read(operation op) {
  return op != operation::store && op < operation::fence && op != operation::unlock;
}
[[nodiscard]] constexpr bool is_access(operation op) { return op < operation::fence; }
[[nodiscard]] constexpr bool acquires(memory_order o) {
  return o == memory_order::acquire || o >= memory_order::acq_rel;
}
[[nodiscard]] constexpr bool releases(memory_order o) {
  return o == memory_order::release || o >= memory_order::acq_rel;
}
/// A value as it is kept: without the bits that an access of `width` bytes does not have.
[[nodiscard]] constexpr std::uint64_t truncated(std::uint64_t value, unsigned width) {
  return width >= 8 ? value : value & ((std::uint64_t{1} << (8 * width)) - 1);
}

/// Whether the operation writes when it reads `value`.
[[nodiscard]] constexpr bool writes_after(const request& q, std::uint64_t value) {
  switch (q.op) {
    case operation::load: return false;
    case operation::compare_exchange:
    case operation::try_lock:
    case operation::lock: return value == q.expected;
    default: return true;
  }
}

/// What the operation writes when it reads `value`.
[[nodiscard]] constexpr std::uint64_t written_after(const request& q, std::uint64_t value) {
  switch (q.op) {
    case operation::fetch_add: return truncated(value + q.operand, q.width);
    case operation::fetch_sub: return truncated(value - q.operand, q.width);
    case operation::fetch_and: return value & q.operand;
    case operation::fetch_or: return value | q.operand;
    case operation::fetch_xor: return value ^ q.operand;
    default: return q.operand;
  }
}

}  // namespace stockcheck::explore
