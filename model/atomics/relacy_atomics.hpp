// SPDX-License-Identifier: GPL-2.0-only
// The atomics policy on Relacy's instrumented atomics.
#pragma once

#include "model/atomics/atomics.hpp"
#include "model/atomics/relacy_names.hpp"
#include "model/atomics/relacy_package.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace stockcheck {

/// See atomics_policy for the contract. Valid only inside a simulation, which Relacy runs on fibers
/// of one thread; it keeps a single current simulation per process.
///
/// What Relacy can show is bounded: it keeps the last three values of an atomic, and its full
/// search lets a load be at most one store stale.
struct relacy_atomics {
  static rl::debug_info where(location at) {
    return {at.function_name(), at.file_name(), at.line()};
  }

  /// The C++ order of an access; `full` is built from fences, see ordered().
  static rl::memory_order to_relacy(order o) {
    switch (o) {
      case order::relaxed: return rl::mo_relaxed;
      case order::acquire: return rl::mo_acquire;
      case order::release: return rl::mo_release;
      case order::acq_rel: return rl::mo_acq_rel;
      case order::seq_cst:
      case order::full: break;
    }
    return rl::mo_seq_cst;
  }

  /// Keeps Relacy from switching tasks while it lives: what happens meanwhile is one step.
  class one_step {
   public:
    one_step() { rl::ctx().disable_preemption(); }
    one_step(const one_step&) = delete;
    one_step& operator=(const one_step&) = delete;
    ~one_step() { rl::ctx().enable_preemption(); }
  };

  /// A fully ordered RMW is fence, relaxed RMW, fence, as in the kernel; one that is not going
  /// to write is relaxed and has no fence. The three are one step: a switch between them shows no
  /// value that a switch before or after them does not, and would triple the number of steps.
  template <class Rmw, class WillWrite>
  static auto ordered(order o, location at, Rmw rmw, WillWrite will_write) {
    if (o != order::full) return rmw(to_relacy(o));
    rl::ctx().sched();
    const one_step indivisible;
    if (!will_write()) return rmw(rl::mo_relaxed);
    rl::atomic_thread_fence(rl::mo_seq_cst, where(at));
    const auto result = rmw(rl::mo_relaxed);
    rl::atomic_thread_fence(rl::mo_seq_cst, where(at));
    return result;
  }
  template <class Rmw>
  static auto ordered(order o, location at, Rmw rmw) {
    return ordered(o, at, rmw, [] { return true; });
  }

  template <class T>
  class atomic {
   public:
    atomic() : atomic(T{}) {}
    explicit atomic(T value) { cell_.store(value, rl::mo_relaxed, where(location::current())); }

    T load(order o, location at = location::current()) const {
      return cell_.load(to_relacy(o), where(at));
    }
    void store(T value, order o, location at = location::current()) {
      cell_.store(value, to_relacy(o), where(at));
    }
    T exchange(T value, order o, location at = location::current()) {
      return ordered(o, at, [&](auto mo) { return cell_.exchange(value, mo, where(at)); });
    }
    bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                 location at = location::current()) {
      return exchange_if<false>(expected, desired, success, failure, at);
    }
    bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                               location at = location::current()) {
      return exchange_if<true>(expected, desired, success, failure, at);
    }
    T fetch_add(T value, order o, location at = location::current()) {
      return ordered(o, at, [&](auto mo) { return cell_.fetch_add(value, mo, where(at)); });
    }
    T fetch_sub(T value, order o, location at = location::current()) {
      return ordered(o, at, [&](auto mo) { return cell_.fetch_sub(value, mo, where(at)); });
    }
    T fetch_and(T value, order o, location at = location::current()) {
      return ordered(o, at, [&](auto mo) { return cell_.fetch_and(value, mo, where(at)); });
    }
    T fetch_or(T value, order o, location at = location::current()) {
      return ordered(o, at, [&](auto mo) { return cell_.fetch_or(value, mo, where(at)); });
    }

   private:
    template <bool MayFailSpuriously>
    bool exchange_if(T& expected, T desired, order success, order failure, location at) {
      const auto attempt = [&](auto mo) {
        return cell_.compare_exchange(rl::bool_t<MayFailSpuriously>{}, expected, desired, mo,
                                      to_relacy(failure), where(at));
      };
      // Relacy's RMWs always see the latest value, which tells whether this one will fail.
      return ordered(success, at, attempt, [&] { return cell_.debug_value() == expected; });
    }

    rl::atomic<T> cell_;
  };

  /// Two cells: a Relacy variable that detects the races of the unmarked accesses, and a relaxed
  /// atomic with the value, which marked accesses use alone. Neither adds a point of switching to
  /// an unmarked access: a race is found whatever the interleaving.
  template <class T>
  class plain {
   public:
    plain() : plain(T{}) {}
    explicit plain(T value) : race_detector_(0), value_(value) {}

    T load(location at = location::current()) const {
      const one_step indivisible;
      static_cast<void>(race_detector_(where(at)).load());
      return value_.load(order::relaxed, at);
    }
    void store(T value, location at = location::current()) {
      const one_step indivisible;
      race_detector_(where(at)).store(0);
      value_.store(value, order::relaxed, at);
    }

    class racy_access {
     public:
      explicit racy_access(atomic<T>& value) : value_(value) {}
      T load(location at = location::current()) const { return value_.load(order::relaxed, at); }
      void store(T value, location at = location::current()) const {
        value_.store(value, order::relaxed, at);
      }

     private:
      atomic<T>& value_;
    };
    racy_access racy() const { return racy_access{value_}; }

   private:
    rl::var<int> race_detector_;
    mutable atomic<T> value_;
  };

  /// As the kernel's: a free mutex is always taken, while rl::mutex, like std::mutex, may refuse
  /// it.
  class mutex {
   public:
    mutex() { lock_.init(false, false, false, false, where(location::current())); }
    mutex(const mutex&) = delete;
    mutex& operator=(const mutex&) = delete;
    ~mutex() { lock_.deinit(where(location::current())); }

    void lock(location at = location::current()) { lock_.lock_exclusive(where(at)); }
    void unlock(location at = location::current()) { lock_.unlock_exclusive(where(at)); }
    bool try_lock(location at = location::current()) { return lock_.try_lock_exclusive(where(at)); }

   private:
    rl::generic_mutex<rl::mutex_tag_std> lock_;
  };

  static void fence(order o, location at = location::current()) {
    rl::atomic_thread_fence(to_relacy(o), where(at));
  }

  /// Relacy has no blocking on a predicate: it yields, and its schedulers are fair to yields. That
  /// explores some spinning; the depth limit of an execution turns an endless one into a livelock.
  template <class Predicate>
  static void await(Predicate holds, location at = location::current()) {
    while (!holds()) rl::yield(1, where(at));
  }

  template <class T, class... Arguments>
  static T* make(Arguments&&... arguments) {
    const rl::debug_info at = where(location::current());
    return ::new (rl::ctx().alloc(sizeof(T), false, at)) T(std::forward<Arguments>(arguments)...);
  }
  /// Fails the execution on an object that is not alive.
  template <class T>
  static void destroy(T* object, location at = location::current()) {
    if (object == nullptr) return;
    object->~T();
    rl::ctx().free(object, false, where(at));
  }
  /// While Relacy simulates, every allocation is its own.
  template <class T>
  static T* make_array(std::size_t count, location = location::current()) {
    return std::make_unique<T[]>(count).release();
  }
  template <class T>
  static void destroy_array(T* objects, std::size_t, location = location::current()) {
    std::unique_ptr<T[]>{objects}.reset();
  }

  /// Relacy reduces nothing: whatever nests is tried at every operation.
  template <class Cell>
  static bool is_contended(const Cell&) {
    return true;
  }
  static void nest(unsigned) {}
  static unsigned task() { return rl::thread_index(); }
  static unsigned choose(unsigned n) { return rl::rand(n); }

  /// The expectation that ended the current execution, for the runner to collect. Code that is
  /// loaded has the runner's: it is no inline function.
  static std::optional<failed_expectation>& failed();

  /// Ends the execution on a false `holds`: does not return, and runs no destructor.
  static void expect(bool holds, oracle kind, const char* what, facts numbers = {},
                     location at = location::current()) {
    if (holds) return;
    failed().emplace(kind, what, numbers, at);
    rl::ctx().fail_test(what, rl::test_result_user_assert_failed, where(at));
  }

  template <class T>
  static void label(const T& object, const char* owner, const char* name) {
    if (rl::ctx().collecting_history())
      relacy_names::add({reinterpret_cast<std::uintptr_t>(&object), sizeof(T), owner, name});
  }
};

static_assert(atomics_policy<relacy_atomics>);

}  // namespace stockcheck
