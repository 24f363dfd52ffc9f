// SPDX-License-Identifier: GPL-2.0-only
// The atomics policy on the exploration engine.
#pragma once

#include "explore/operations.hpp"
#include "model/atomics/atomics.hpp"
#include "model/atomics/expectation_judge.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace stockcheck {

/// See atomics_policy for the contract. Valid only in an execution of the engine, which runs in one
/// thread; engine and policy keep one execution at a time for each thread.
///
/// An object is a number of the engine's and no more: its value is in the execution graph.
struct explore_atomics {
  /// The engine's order of an access: the same names, one for one.
  static constexpr explore::memory_order to_explore(order o) {
    return static_cast<explore::memory_order>(static_cast<unsigned>(o) + 2);
  }

  /// The bits of a value as the engine keeps them.
  template <class T>
  struct representation {
    static_assert(std::is_trivially_copyable_v<T> && std::has_single_bit(sizeof(T)) &&
                      sizeof(T) <= sizeof(std::uint64_t),
                  "the engine keeps values of 1, 2, 4 or 8 bytes");
    using bits = std::conditional_t<
        sizeof(T) == 1, std::uint8_t,
        std::conditional_t<sizeof(T) == 2, std::uint16_t,
                           std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;

    static std::uint64_t of(T value) { return std::bit_cast<bits>(value); }
    static T value(std::uint64_t kept) { return std::bit_cast<T>(static_cast<bits>(kept)); }
  };

  /// Declares a location that begins to exist now. The object has to be initialised before, or the
  /// compiler warns of it.
  template <class T>
  static explore::location_id declare(const void* object, T value) {
    return explore::declare(object, sizeof(T), representation<T>::of(value));
  }

  template <class T>
  class atomic {
    using as = representation<T>;

   public:
    atomic() : atomic(T{}) {}
    explicit atomic(T value) { id_ = declare(this, value); }
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    T load(order o, location at = location::current()) const {
      return as::value(explore::load(id_, to_explore(o), at));
    }
    void store(T value, order o, location at = location::current()) {
      explore::store(id_, as::of(value), to_explore(o), at);
    }
    T exchange(T value, order o, location at = location::current()) {
      return modify(explore::operation::exchange, value, o, at);
    }
    bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                 location at = location::current()) {
      std::uint64_t seen = as::of(expected);
      const bool exchanged = explore::compare_exchange(
          id_, seen, as::of(desired), to_explore(success), to_explore(failure), at);
      expected = as::value(seen);
      return exchanged;
    }
    /// Never fails spuriously: the same as the strong one.
    bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                               location at = location::current()) {
      return compare_exchange_strong(expected, desired, success, failure, at);
    }
    T fetch_add(T value, order o, location at = location::current()) {
      return modify(explore::operation::fetch_add, value, o, at);
    }
    T fetch_sub(T value, order o, location at = location::current()) {
      return modify(explore::operation::fetch_sub, value, o, at);
    }
    T fetch_and(T value, order o, location at = location::current()) {
      return modify(explore::operation::fetch_and, value, o, at);
    }
    T fetch_or(T value, order o, location at = location::current()) {
      return modify(explore::operation::fetch_or, value, o, at);
    }

    [[nodiscard]] explore::location_id id() const { return id_; }

   private:
    T modify(explore::operation op, T value, order o, location at) {
      return as::value(explore::read_modify_write(op, id_, as::of(value), to_explore(o), at));
    }

    explore::location_id id_ = explore::no_location;
  };

  template <class T>
  class plain {
    /// Accesses of one order.
    template <explore::memory_order Order>
    class access {
     public:
      explicit access(explore::location_id id) : id_(id) {}
      T load(location at = location::current()) const {
        return representation<T>::value(explore::load(id_, Order, at));
      }
      void store(T value, location at = location::current()) const {
        explore::store(id_, representation<T>::of(value), Order, at);
      }

     private:
      explore::location_id id_;
    };
    using unmarked = access<explore::memory_order::plain>;

   public:
    using racy_access = access<explore::memory_order::racy>;

    plain() : plain(T{}) {}
    explicit plain(T value) { id_ = declare(this, value); }
    plain(const plain&) = delete;
    plain& operator=(const plain&) = delete;

    T load(location at = location::current()) const { return unmarked{id_}.load(at); }
    void store(T value, location at = location::current()) { unmarked{id_}.store(value, at); }
    racy_access racy() const { return racy_access{id_}; }
    [[nodiscard]] explore::location_id id() const { return id_; }

   private:
    explore::location_id id_ = explore::no_location;
  };

  class mutex {
   public:
    mutex() { id_ = declare(this, 0); }
    mutex(const mutex&) = delete;
    mutex& operator=(const mutex&) = delete;

    void lock(location at = location::current()) { explore::lock(id_, at); }
    void unlock(location at = location::current()) { explore::unlock(id_, at); }
    bool try_lock(location at = location::current()) { return explore::try_lock(id_, at); }
    [[nodiscard]] explore::location_id id() const { return id_; }

   private:
    explore::location_id id_ = explore::no_location;
  };

  static void fence(order o, location at = location::current()) {
    explore::fence(to_explore(o), at);
  }

  template <class Predicate>
  static void await(Predicate holds, location at = location::current()) {
    explore::await(explore::predicate(holds), at);
  }

  template <class T, class... Arguments>
  static T* make(Arguments&&... arguments) {
    return ::new (explore::allocate(sizeof(T), alignof(T), explore::site{}))
        T(std::forward<Arguments>(arguments)...);
  }
  template <class T>
  static void destroy(T* object, location at = location::current()) {
    if (object == nullptr) return;
    object->~T();
    explore::release(object, at);
  }
  template <class T>
  static T* make_array(std::size_t count, location at = location::current()) {
    T* const objects = static_cast<T*>(explore::allocate(count * sizeof(T), alignof(T), at));
    std::uninitialized_value_construct_n(objects, count);
    return objects;
  }
  template <class T>
  static void destroy_array(T* objects, std::size_t count, location at = location::current()) {
    if (objects == nullptr) return;
    std::destroy_n(objects, count);
    explore::release(objects, at);
  }

  /// The cell is an atomic, a plain or a mutex.
  template <class Cell>
  static bool is_contended(const Cell& cell) {
    return explore::is_contended(cell.id());
  }
  template <class Cell>
  static bool concerns_others(const Cell& cell) {
    return explore::concerns_others(cell.id());
  }
  static void nest(unsigned level) { explore::nest(level); }
  static unsigned task() { return static_cast<unsigned>(explore::task()); }
  static unsigned choose(unsigned n, location at = location::current()) {
    return explore::choose(n, at);
  }

  /// That of the calling thread; null: every failed expectation ends its execution.
  static expectation_judge*& judge();
  /// The expectation that failed last in this thread, for the runner to collect.
  static std::optional<failed_expectation>& failed();
  /// Notes it, and asks the judge.
  static bool goes_on_behind(const failed_expectation& failed);

  /// On a false `holds` it ends the execution, unless the judge lets that go on: then it does not
  /// return, and runs no destructor.
  static void expect(bool holds, oracle kind, const char* what, facts numbers = {},
                     location at = location::current()) {
    if (holds || goes_on_behind({kind, what, numbers, at})) [[likely]]
      return;
    explore::fail(what, at);
  }

  template <class T>
  static void label(const T& object, const char* owner, const char* name) {
    if (explore::is_tracing()) explore::name(&object, sizeof(T), owner, name);
  }
};

static_assert(explore_atomics::to_explore(order::relaxed) == explore::memory_order::relaxed &&
              explore_atomics::to_explore(order::acquire) == explore::memory_order::acquire &&
              explore_atomics::to_explore(order::release) == explore::memory_order::release &&
              explore_atomics::to_explore(order::acq_rel) == explore::memory_order::acq_rel &&
              explore_atomics::to_explore(order::seq_cst) == explore::memory_order::seq_cst &&
              explore_atomics::to_explore(order::full) == explore::memory_order::full);
static_assert(atomics_policy<explore_atomics>);

}  // namespace stockcheck
