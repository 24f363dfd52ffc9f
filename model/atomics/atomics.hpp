// SPDX-License-Identifier: GPL-2.0-only
// The atomics policy: what an algorithm may use that another task can see.
//
// An algorithm is a template over a policy `A` and touches shared memory through `A` alone. The
// same source then runs on real threads (std_atomics) and under model checkers (explore_atomics,
// relacy_atomics).
#pragma once

#include "model/atomics/order.hpp"
#include "verdict/finding.hpp"

#include <concepts>
#include <cstddef>

namespace stockcheck {

/// A location with atomic accesses. Every operation is one indivisible access of the given order.
/// `order::full` is allowed for RMWs; for a failing compare-exchange the second order counts.
template <class Atomic, class T>
concept atomic_cell = requires(Atomic& a, const Atomic& c, T& expected, T v, order o, location at) {
  Atomic{};
  Atomic{v};
  { c.load(o, at) } -> std::same_as<T>;
  { a.store(v, o, at) } -> std::same_as<void>;
  { a.exchange(v, o, at) } -> std::same_as<T>;
  { a.compare_exchange_strong(expected, v, o, o, at) } -> std::same_as<bool>;
  { a.compare_exchange_weak(expected, v, o, o, at) } -> std::same_as<bool>;
};

/// An atomic location of integral type.
template <class Atomic, class T>
concept atomic_number = atomic_cell<Atomic, T> && requires(Atomic& a, T v, order o, location at) {
  { a.fetch_add(v, o, at) } -> std::same_as<T>;
  { a.fetch_sub(v, o, at) } -> std::same_as<T>;
  { a.fetch_and(v, o, at) } -> std::same_as<T>;
  { a.fetch_or(v, o, at) } -> std::same_as<T>;
};

/// Ordinary memory: two conflicting accesses that nothing orders are a data race, which a checker
/// reports. `racy()` gives the accesses that the kernel wraps in data_race(): never reported.
template <class Plain, class T>
concept plain_cell = requires(Plain& p, const Plain& c, T v, location at) {
  Plain{v};
  { c.load(at) } -> std::same_as<T>;
  { p.store(v, at) } -> std::same_as<void>;
  { c.racy().load(at) } -> std::same_as<T>;
  { p.racy().store(v, at) } -> std::same_as<void>;
};

/// The contract of a policy. Beside the cells:
///   fence(o)           a thread fence; `full` and `seq_cst` are the kernel's smp_mb()
///   mutex              known to the checker as a lock, so blocking is not spinning
///   await(pred)        returns once `pred` holds; a checker does not explore the spinning
///   make<T>, destroy   lifetime: use after destroy, double destroy and leak are findings
///   make_array<T>, destroy_array   the same for n value-initialised objects; what is made must
///                      have no memory from elsewhere
///   choose(n)          a number in [0, n) on which a checker branches; random on real threads
///   expect(c, ...)     an oracle; a false `c` is a finding and the execution ends there
///   label(x, o, n)     names the object `x` "o.n" in reports; no effect on the execution
///   nest(level)        what follows is done in that context nested on the task, 0 for itself
///   task()             the number of the running task of the scenario, from 0
template <class A>
concept atomics_policy =
    atomic_number<typename A::template atomic<int>, int> &&
    atomic_number<typename A::template atomic<long>, long> &&
    atomic_number<typename A::template atomic<unsigned long>, unsigned long> &&
    atomic_cell<typename A::template atomic<int*>, int*> &&
    plain_cell<typename A::template plain<unsigned long>, unsigned long> &&
    plain_cell<typename A::template plain<int*>, int*> &&
    requires(typename A::mutex& lock, order o, location at, unsigned n, int* object, bool held) {
      A::fence(o, at);
      lock.lock(at);
      lock.unlock(at);
      { lock.try_lock(at) } -> std::same_as<bool>;
      A::await([] { return true; }, at);
      { A::template make<int>(7) } -> std::same_as<int*>;
      A::destroy(object, at);
      { A::template make_array<int>(std::size_t{n}, at) } -> std::same_as<int*>;
      A::destroy_array(object, std::size_t{n}, at);
      { A::choose(n) } -> std::same_as<unsigned>;
      A::expect(held, oracle::scenario, "text", facts{{"number", 1}}, at);
      A::label(*object, "owner", "name");
      { A::task() } -> std::same_as<unsigned>;
      A::nest(n);
    };

}  // namespace stockcheck
