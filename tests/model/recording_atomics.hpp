// SPDX-License-Identifier: GPL-2.0-only
// A policy for tests: std_atomics that notes every atomic access and every failed expectation, and
// makes the choices it is told to make.
#pragma once

#include "model/atomics/std_atomics.hpp"

#include <deque>
#include <vector>

namespace stockcheck::tests {

enum class operation { load, store, exchange, compare_exchange, add, sub, bit_and, bit_or };

struct noted_access {
  operation what = operation::load;
  order how = order::relaxed;
  order on_failure = order::relaxed;  ///< for compare_exchange

  bool operator==(const noted_access&) const = default;
};

/// What was recorded, and what is to be chosen. For tests of one thread.
struct recording {
  std::vector<noted_access> accesses;
  std::vector<failed_expectation> failed;
  std::deque<unsigned> choices;  ///< taken from the front; 0 when there are none

  static recording& current() {
    static recording now;
    return now;
  }
  static void clear() { current() = {}; }
};

/// An expectation that fails does not end the execution: what comes after it can be tested.
struct recording_atomics : std_atomics {
  template <class T>
  class atomic {
   public:
    atomic() = default;
    explicit atomic(T value) : cell_(value) {}

    T load(order o, location = location::current()) const {
      return note(operation::load, o), cell_.load(o);
    }
    void store(T value, order o, location = location::current()) {
      note(operation::store, o), cell_.store(value, o);
    }
    T exchange(T value, order o, location = location::current()) {
      return note(operation::exchange, o), cell_.exchange(value, o);
    }
    bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                                 location = location::current()) {
      note(operation::compare_exchange, success, failure);
      return cell_.compare_exchange_strong(expected, desired, success, failure);
    }
    bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                               location = location::current()) {
      note(operation::compare_exchange, success, failure);
      return cell_.compare_exchange_weak(expected, desired, success, failure);
    }
    T fetch_add(T value, order o, location = location::current()) {
      return note(operation::add, o), cell_.fetch_add(value, o);
    }
    T fetch_sub(T value, order o, location = location::current()) {
      return note(operation::sub, o), cell_.fetch_sub(value, o);
    }
    T fetch_and(T value, order o, location = location::current()) {
      return note(operation::bit_and, o), cell_.fetch_and(value, o);
    }
    T fetch_or(T value, order o, location = location::current()) {
      return note(operation::bit_or, o), cell_.fetch_or(value, o);
    }

   private:
    static void note(operation what, order how, order on_failure = order::relaxed) {
      recording::current().accesses.push_back({what, how, on_failure});
    }
    std_atomics::atomic<T> cell_;
  };

  static unsigned choose(unsigned n) {
    auto& choices = recording::current().choices;
    if (choices.empty()) return 0;
    const unsigned choice = choices.front();
    choices.pop_front();
    return choice % n;
  }

  static void expect(bool holds, oracle kind, const char* what, facts numbers = {},
                     location at = location::current()) {
    if (!holds) recording::current().failed.emplace_back(kind, what, numbers, at);
  }
};

static_assert(atomics_policy<recording_atomics>);

}  // namespace stockcheck::tests
