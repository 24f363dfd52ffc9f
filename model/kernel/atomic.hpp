// SPDX-License-Identifier: GPL-2.0-only
// The kernel's atomic_t and atomic_long_t with the orderings of the kernel's memory model.
//
// Orderings follow tools/memory-model/linux-kernel.def of 6.12: a read-modify-write that returns a
// value is fully ordered unless its name says otherwise, one that returns nothing is relaxed, and a
// failed cmpxchg orders nothing.
#pragma once

#include "model/atomics/atomics.hpp"

namespace stockcheck::kernel {

/// atomic_t for T = int, atomic_long_t for T = long. Names are those of the kernel's functions
/// without the atomic_ prefix.
template <atomics_policy A, class T>
class basic_atomic {
 public:
  basic_atomic() = default;
  explicit basic_atomic(T value) : cell_(value) {}

  T read(location at = location::current()) const { return cell_.load(order::relaxed, at); }
  T read_acquire(location at = location::current()) const { return cell_.load(order::acquire, at); }
  void set(T value, location at = location::current()) { cell_.store(value, order::relaxed, at); }
  void set_release(T value, location at = location::current()) {
    cell_.store(value, order::release, at);
  }

  void add(T value, location at = location::current()) {
    cell_.fetch_add(value, order::relaxed, at);
  }
  void sub(T value, location at = location::current()) {
    cell_.fetch_sub(value, order::relaxed, at);
  }

  T add_return(T value, location at = location::current()) {
    return cell_.fetch_add(value, order::full, at) + value;
  }
  T add_return_relaxed(T value, location at = location::current()) {
    return cell_.fetch_add(value, order::relaxed, at) + value;
  }
  T add_return_acquire(T value, location at = location::current()) {
    return cell_.fetch_add(value, order::acquire, at) + value;
  }
  T add_return_release(T value, location at = location::current()) {
    return cell_.fetch_add(value, order::release, at) + value;
  }

  T sub_return(T value, location at = location::current()) {
    return cell_.fetch_sub(value, order::full, at) - value;
  }
  T sub_return_relaxed(T value, location at = location::current()) {
    return cell_.fetch_sub(value, order::relaxed, at) - value;
  }
  T sub_return_acquire(T value, location at = location::current()) {
    return cell_.fetch_sub(value, order::acquire, at) - value;
  }
  T sub_return_release(T value, location at = location::current()) {
    return cell_.fetch_sub(value, order::release, at) - value;
  }

  /// Returns the value before.
  T xchg(T value, location at = location::current()) {
    return cell_.exchange(value, order::full, at);
  }
  T xchg_relaxed(T value, location at = location::current()) {
    return cell_.exchange(value, order::relaxed, at);
  }
  T xchg_acquire(T value, location at = location::current()) {
    return cell_.exchange(value, order::acquire, at);
  }
  T xchg_release(T value, location at = location::current()) {
    return cell_.exchange(value, order::release, at);
  }

  /// True if the value was `old` and is now `desired`; otherwise `old` becomes the value seen.
  bool try_cmpxchg(T& old, T desired, location at = location::current()) {
    return cell_.compare_exchange_strong(old, desired, order::full, order::relaxed, at);
  }
  bool try_cmpxchg_relaxed(T& old, T desired, location at = location::current()) {
    return cell_.compare_exchange_strong(old, desired, order::relaxed, order::relaxed, at);
  }
  bool try_cmpxchg_acquire(T& old, T desired, location at = location::current()) {
    return cell_.compare_exchange_strong(old, desired, order::acquire, order::relaxed, at);
  }
  bool try_cmpxchg_release(T& old, T desired, location at = location::current()) {
    return cell_.compare_exchange_strong(old, desired, order::release, order::relaxed, at);
  }
  /// Returns the value seen; the exchange happened if that is `old`.
  T cmpxchg(T old, T desired, location at = location::current()) {
    try_cmpxchg(old, desired, at);
    return old;
  }

 private:
  typename A::template atomic<T> cell_;
};

template <atomics_policy A>
using atomic_t = basic_atomic<A, int>;
template <atomics_policy A>
using atomic_long_t = basic_atomic<A, long>;

}  // namespace stockcheck::kernel
