// SPDX-License-Identifier: GPL-2.0-only
// A policy whose every operation on shared memory is a point at which interrupts may come.
#pragma once

#include "model/kernel/machine.hpp"

namespace stockcheck::kernel {

/// A model checker's policy, which adds to the contract
///   is_contended(cell)  whether anybody else accesses the cell, as far as is known
template <class A>
concept decides_interrupts = atomics_policy<A> && requires(const typename A::mutex& cell) {
  { A::is_contended(cell) } -> std::same_as<bool>;
};

/// On real threads interrupts are signals, and the policy is used as it is.
template <decides_interrupts Base>
struct interruptible : Base {
  /// Handlers come before an operation or not; those that might come behind the last operation of a
  /// task come at its end.
  template <class Cell>
  static void point(const Cell& cell) {
    if (auto* const on = machine<interruptible>::current_or_null())
      on->interrupt_point([&cell] { return Base::is_contended(cell); });
  }
  static void point() {
    if (auto* const on = machine<interruptible>::current_or_null())
      on->interrupt_point([] { return true; });
  }

  template <class T>
  class atomic {
   public:
    atomic() = default;
    explicit atomic(T value) : cell_(value) {}

    T load(order o, location at = location::current()) const {
      point(cell_);
      return cell_.load(o, at);
    }
    void store(T value, order o, location at = location::current()) {
      point(cell_);
      cell_.store(value, o, at);
    }
    T exchange(T value, order o, location at = location::current()) {
      point(cell_);
      return cell_.exchange(value, o, at);
    }
    bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                 location at = location::current()) {
      point(cell_);
      return cell_.compare_exchange_strong(expected, desired, success, failure, at);
    }
    bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                               location at = location::current()) {
      point(cell_);
      return cell_.compare_exchange_weak(expected, desired, success, failure, at);
    }
    T fetch_add(T value, order o, location at = location::current()) {
      point(cell_);
      return cell_.fetch_add(value, o, at);
    }
    T fetch_sub(T value, order o, location at = location::current()) {
      point(cell_);
      return cell_.fetch_sub(value, o, at);
    }
    T fetch_and(T value, order o, location at = location::current()) {
      point(cell_);
      return cell_.fetch_and(value, o, at);
    }
    T fetch_or(T value, order o, location at = location::current()) {
      point(cell_);
      return cell_.fetch_or(value, o, at);
    }

    [[nodiscard]] bool concerns_others() const
      requires requires(const typename Base::template atomic<T>& cell) {
        Base::concerns_others(cell);
      }
    {
      return Base::concerns_others(cell_);
    }

   private:
    typename Base::template atomic<T> cell_;
  };

  template <class T>
  class plain {
    using base = typename Base::template plain<T>;

   public:
    plain() = default;
    explicit plain(T value) : cell_(value) {}

    T load(location at = location::current()) const {
      point(cell_);
      return cell_.load(at);
    }
    void store(T value, location at = location::current()) {
      point(cell_);
      cell_.store(value, at);
    }

    class racy_access {
     public:
      explicit racy_access(const base& cell) : cell_(cell) {}
      T load(location at = location::current()) const {
        point(cell_);
        return cell_.racy().load(at);
      }
      void store(T value, location at = location::current()) const {
        point(cell_);
        cell_.racy().store(value, at);
      }

     private:
      const base& cell_;
    };
    racy_access racy() const { return racy_access{cell_}; }

   private:
    base cell_;
  };

  class mutex {
   public:
    void lock(location at = location::current()) {
      point(lock_);
      lock_.lock(at);
    }
    void unlock(location at = location::current()) {
      point(lock_);
      lock_.unlock(at);
    }
    bool try_lock(location at = location::current()) {
      point(lock_);
      return lock_.try_lock(at);
    }

   private:
    typename Base::mutex lock_;
  };

  static void fence(order o, location at = location::current()) {
    point();
    Base::fence(o, at);
  }

  /// Handlers come before it or behind it. What is awaited is asked for again and again: a point in
  /// there would be one as often as the checker asks.
  template <class Predicate>
  static void await(Predicate holds, location at = location::current()) {
    point();
    machine<interruptible>* const on = machine<interruptible>::current_or_null();
    if (on == nullptr) return Base::await(holds, at);
    unsigned& irqs_off = on->self().interrupts.irqs_off;
    Base::await(
        [&] {
          ++irqs_off;
          const bool held = holds();
          --irqs_off;
          return held;
        },
        at);
  }
};

}  // namespace stockcheck::kernel
