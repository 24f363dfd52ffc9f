// SPDX-License-Identifier: GPL-2.0-only
#include "explore/operations.hpp"

#include "explore/runtime.hpp"

#include <new>

namespace stockcheck::explore {

location_id declare(const void* address, std::size_t width, std::uint64_t value) {
  return runtime::current().declare(address, width, value);
}

std::uint64_t load(location_id from, memory_order order, const site& at) {
  runtime& now = runtime::current();
  return now
      .perform(
          {.op = operation::load, .order = order, .width = now.width_of(from), .location = from},
          at)
      .value;
}

void store(location_id to, std::uint64_t value, memory_order order, const site& at) {
  runtime& now = runtime::current();
  const std::uint8_t width = now.width_of(to);
  now.perform({.op = operation::store,
               .order = order,
               .width = width,
               .location = to,
               .operand = truncated(value, width)},
              at);
}

std::uint64_t read_modify_write(operation op, location_id on, std::uint64_t operand,
                                memory_order order, const site& at) {
  runtime& now = runtime::current();
  const std::uint8_t width = now.width_of(on);
  return now
      .perform({.op = op,
                .order = order,
                .failure_order = order,
                .width = width,
                .location = on,
                .operand = truncated(operand, width)},
               at)
      .value;
}

bool compare_exchange(location_id on, std::uint64_t& expected, std::uint64_t desired,
                      memory_order success, memory_order failure, const site& at) {
  runtime& now = runtime::current();
  const std::uint8_t width = now.width_of(on);
  const runtime::outcome done = now.perform({.op = operation::compare_exchange,
                                             .order = success,
                                             .failure_order = failure,
                                             .width = width,
                                             .location = on,
                                             .operand = truncated(desired, width),
                                             .expected = truncated(expected, width)},
                                            at);
  expected = done.value;
  return done.wrote;
}

void fence(memory_order order, const site& at) {
  runtime::current().perform({.op = operation::fence, .order = order}, at);
}

namespace {

request mutex_request(operation op, memory_order order, location_id mutex, std::uint64_t operand) {
  return {.op = op, .order = order, .width = 4, .location = mutex, .operand = operand};
}

}  // namespace

void lock(location_id mutex, const site& at) {
  runtime::current().lock(mutex_request(operation::lock, memory_order::acquire, mutex, 1), at);
}

bool try_lock(location_id mutex, const site& at) {
  return runtime::current()
      .perform(mutex_request(operation::try_lock, memory_order::acquire, mutex, 1), at)
      .wrote;
}

void unlock(location_id mutex, const site& at) {
  runtime::current().perform(mutex_request(operation::unlock, memory_order::release, mutex, 0), at);
}

std::uint32_t choose(std::uint32_t n, const site& at) {
  return static_cast<std::uint32_t>(
      runtime::current().perform({.op = operation::choose, .operand = n}, at).value);
}

void await(predicate holds, const site& at) { runtime::current().await(holds, at); }

void* allocate(std::size_t size, std::size_t alignment, const site& at) {
  void* const memory = runtime::current().allocate(size, alignment, fresh_memory::constructed, at);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void release(void* memory, const site& at) { runtime::current().release(memory, at); }

void nest(unsigned context) { runtime::current().nest(context); }

bool is_contended(location_id location) {
  return runtime::current().known_contention().has(location);
}

bool concerns_others(location_id location) { return runtime::current().concerns_others(location); }

std::size_t task() { return runtime::current().task(); }

void fail(std::string_view what, const site& at) {
  runtime::current().fail(
      {.kind = finding_kind::assertion, .what = std::string(what), .at = at, .events = {}});
}

void note(std::size_t number) { runtime::current().note(number); }

bool is_tracing() { return runtime::current().is_tracing(); }

void name(const void* object, std::size_t size, const char* owner, const char* name) {
  runtime::current().name({reinterpret_cast<std::uintptr_t>(object), size, owner, name});
}

}  // namespace stockcheck::explore
