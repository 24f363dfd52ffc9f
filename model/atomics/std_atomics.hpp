// SPDX-License-Identifier: GPL-2.0-only
// The atomics policy on std::atomic: real threads, no cost over hand-written std::atomic.
#pragma once

#include "model/atomics/atomics.hpp"
#include "model/atomics/expectation_judge.hpp"
#include "model/atomics/round_abandoned.hpp"
#include "model/atomics/std_full_order.hpp"
#include "model/atomics/violation.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

namespace stockcheck {

/// What a runner on real threads says about the thread it runs a task on.
struct std_task {
  unsigned number = 0;         ///< the task's number in its scenario
  std::minstd_rand random{1};  ///< source of choose(); seeded by the runner
  /// Called when the task moves to another CPU of the scenario's machine; null: nothing to do.
  void (*moved_to)(unsigned cpu) = nullptr;
  /// Whether the task's round was given up; null: it never is.
  const std::atomic<bool>* abandoned = nullptr;
  /// Asked about expectations that fail; null: they end what the thread does.
  expectation_judge* judge = nullptr;

  [[nodiscard]] bool is_abandoned() const noexcept { return abandoned != nullptr && *abandoned; }
};

/// See atomics_policy for the contract. A failed expectation throws `violation` in the thread that
/// found it, unless its judge lets it go on, and await() throws `round_abandoned` once nobody is
/// going to bring what is awaited; the runner catches both. Thread-safe as far as std::atomic is.
struct std_atomics {
  template <class T>
  class atomic {
   public:
    constexpr atomic() noexcept : cell_(T{}) {}
    constexpr explicit atomic(T value) noexcept : cell_(value) {}

    T load(order o, location = location::current()) const noexcept { return cell_.load(to_std(o)); }
    void store(T value, order o, location = location::current()) noexcept {
      cell_.store(value, to_std(o));
    }
    T exchange(T value, order o, location = location::current()) noexcept {
      return ordered(o, [&](std::memory_order m) { return cell_.exchange(value, m); });
    }
    bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                 location = location::current()) noexcept {
      return ordered(success, [&](std::memory_order m) {
        return cell_.compare_exchange_strong(expected, desired, m, to_std(failure));
      });
    }
    bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                               location = location::current()) noexcept {
      return ordered(success, [&](std::memory_order m) {
        return cell_.compare_exchange_weak(expected, desired, m, to_std(failure));
      });
    }
    T fetch_add(T value, order o, location = location::current()) noexcept {
      return ordered(o, [&](std::memory_order m) { return cell_.fetch_add(value, m); });
    }
    T fetch_sub(T value, order o, location = location::current()) noexcept {
      return ordered(o, [&](std::memory_order m) { return cell_.fetch_sub(value, m); });
    }
    T fetch_and(T value, order o, location = location::current()) noexcept {
      return ordered(o, [&](std::memory_order m) { return cell_.fetch_and(value, m); });
    }
    T fetch_or(T value, order o, location = location::current()) noexcept {
      return ordered(o, [&](std::memory_order m) { return cell_.fetch_or(value, m); });
    }

   private:
    std::atomic<T> cell_;
  };

  template <class T>
  class plain {
   public:
    constexpr plain() noexcept = default;
    constexpr explicit plain(T value) noexcept : value_(value) {}

    T load(location = location::current()) const noexcept { return value_; }
    void store(T value, location = location::current()) noexcept { value_ = value; }

    /// The accesses the kernel marks data_race(): relaxed atomics, so that they are defined here.
    class racy_access {
     public:
      explicit racy_access(T& value) noexcept : value_(value) {}
      T load(location = location::current()) const noexcept {
        return value_.load(std::memory_order_relaxed);
      }
      void store(T value, location = location::current()) const noexcept {
        value_.store(value, std::memory_order_relaxed);
      }

     private:
      std::atomic_ref<T> value_;
    };
    racy_access racy() const noexcept { return racy_access{value_}; }

   private:
    // mutable: a racy load needs an atomic_ref, which C++20 offers for non-const objects only.
    mutable T value_{};
  };

  class mutex {
   public:
    void lock(location = location::current()) { lock_.lock(); }
    void unlock(location = location::current()) { lock_.unlock(); }
    bool try_lock(location = location::current()) { return lock_.try_lock(); }

   private:
    std::mutex lock_;
  };

  static void fence(order o, location = location::current()) noexcept { std_fence(to_std(o)); }

  template <class Predicate>
  static void await(Predicate holds, location = location::current()) {
    while (!holds()) {
      if (current().is_abandoned()) throw round_abandoned{};
      std::this_thread::yield();
    }
  }

  template <class T, class... Arguments>
  static T* make(Arguments&&... arguments) {
    return std::make_unique<T>(std::forward<Arguments>(arguments)...).release();
  }
  template <class T>
  static void destroy(T* object, location = location::current()) {
    std::unique_ptr<T>{object}.reset();
  }
  template <class T>
  static T* make_array(std::size_t count, location = location::current()) {
    return std::make_unique<T[]>(count).release();
  }
  template <class T>
  static void destroy_array(T* objects, std::size_t, location = location::current()) {
    std::unique_ptr<T[]>{objects}.reset();
  }

  /// The task of the calling thread. Code that is loaded has the runner's: it is no inline
  /// function.
  static std_task& current() noexcept;
  static void nest(unsigned) noexcept {}
  static constexpr bool interrupts_are_signals = true;
  static void moved_to(unsigned cpu) {
    if (current().moved_to != nullptr) current().moved_to(cpu);
  }
  static unsigned task() noexcept { return current().number; }
  static unsigned choose(unsigned n) {
    return std::uniform_int_distribution<unsigned>{0, n - 1}(current().random);
  }

  static void expect(bool holds, oracle kind, const char* what, facts numbers = {},
                     location at = location::current()) {
    if (!holds) [[unlikely]]
      throw_unless_judged({kind, what, numbers, at});
  }
  /// Whether the judge of the thread lets it go on.
  static bool goes_on_behind(const failed_expectation& failed) {
    return current().judge != nullptr && current().judge->goes_on_behind(failed);
  }

  template <class T>
  static void label(const T&, const char*, const char*) noexcept {}

 private:
  static void throw_unless_judged(const failed_expectation& failed) {
    if (!goes_on_behind(failed)) throw violation{failed};
  }
};

static_assert(atomics_policy<std_atomics>);

}  // namespace stockcheck
