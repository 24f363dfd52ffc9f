// SPDX-License-Identifier: GPL-2.0-only
// What code under test may do: the operations that the engine sees.
//
// Valid within an execution only, that is, in what the engine calls of a program. While it is set
// up and settled it runs alone, and an access is an ordinary one.
#pragma once

#include "explore/request.hpp"
#include "explore/site.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>

namespace stockcheck::explore {

/// Declares a location that begins to exist now, with a value of `width` bytes.
location_id declare(const void* address, std::size_t width, std::uint64_t value);

std::uint64_t load(location_id from, memory_order order, const site& at);
void store(location_id to, std::uint64_t value, memory_order order, const site& at);
/// `op` is exchange or one of the fetch_ operations. Returns the value before.
std::uint64_t read_modify_write(operation op, location_id on, std::uint64_t operand,
                                memory_order order, const site& at);
/// Strong. On failure `expected` becomes the value that was read.
bool compare_exchange(location_id on, std::uint64_t& expected, std::uint64_t desired,
                      memory_order success, memory_order failure, const site& at);
void fence(memory_order order, const site& at);

/// A mutex is a location of its own, declared with the value 0. A free one is always taken.
void lock(location_id mutex, const site& at);
bool try_lock(location_id mutex, const site& at);
void unlock(location_id mutex, const site& at);

/// A number below n: all of them are explored.
std::uint32_t choose(std::uint32_t n, const site& at);

/// A reference to something that can be called and says whether what is awaited holds.
class predicate {
 public:
  template <class Function>
    requires(!std::is_same_v<std::remove_cvref_t<Function>, predicate>)
  explicit predicate(Function& holds)
      : object_(std::addressof(holds)), call_([](const void* object) -> bool {
          // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a Function may be const or not
          return (*static_cast<Function*>(const_cast<void*>(object)))();
        }) {}
  bool operator()() const { return call_(object_); }

 private:
  const void* object_;
  bool (*call_)(const void*);
};

/// Waits until the predicate holds, which may only load. The spinning is not explored: an execution
/// has the loads of the last round alone.
void await(predicate holds, const site& at);

/// Memory that lives until release(). Throws std::bad_alloc when a task's megabyte is used up.
void* allocate(std::size_t size, std::size_t alignment, const site& at);
/// Ends the life of what allocate() returned; nullptr is allowed.
void release(void* memory, const site& at);

/// Says who does what follows: the task itself (0), or something nested on it, in context 1 or 2.
/// This is of use only together with is_contended().
void nest(unsigned context);
/// Whether a location is accessed from several contexts, as far as earlier executions showed: what
/// nests on a task need not be tried before an access that concerns nobody else. When an
/// exploration shows more than was known, it is made again.
bool is_contended(location_id location);

/// As is_contended(), for what is done only if somebody else is concerned, and is about a location
/// that the running context does not access otherwise.
bool concerns_others(location_id location);

/// The number of the running task; the number of tasks while the program runs alone.
std::size_t task();
/// Ends the execution with a finding. No destructor of the task runs.
[[noreturn]] void fail(std::string_view what, const site& at);
/// Something happened here that the observer wants to know about, by its number for it; the
/// execution goes on. Once is enough.
void note(std::size_t number);
/// Whether the execution is run again to be shown: only then do names matter.
bool is_tracing();
/// Names what lies at an address "owner.name" in what is shown; the strings are literals.
void name(const void* object, std::size_t size, const char* owner, const char* name);

}  // namespace stockcheck::explore
