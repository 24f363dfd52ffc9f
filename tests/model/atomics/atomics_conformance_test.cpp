// SPDX-License-Identifier: GPL-2.0-only
// What holds on every policy: the same checks on real threads, in the engine and in Relacy.
#include "model/atomics/std_atomics.hpp"
#include "tests/model/atomics/exploration.hpp"
#include "tests/model/atomics/simulation.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>

namespace {

using namespace stockcheck;

/// Remembers the first check that failed. Allocates nothing: it is used inside simulations.
class checks {
 public:
  void that(bool holds, location at = location::current()) {
    ++done_;
    if (!holds && first_failed_line_ == 0) first_failed_line_ = at.line();
  }
  [[nodiscard]] unsigned first_failed_line() const { return first_failed_line_; }
  [[nodiscard]] unsigned done() const { return done_; }

 private:
  unsigned first_failed_line_ = 0;
  unsigned done_ = 0;
};

struct on_std_atomics {
  template <template <class> class Body>
  static checks run() {
    checks c;
    Body<std_atomics>::run(c);
    return c;
  }
};
struct on_explore_atomics {
  template <template <class> class Body>
  struct suite : tests::explored_suite<1> {
    static inline checks c{};
    void task(std::size_t) override { Body<explore_atomics>::run(c); }
  };
  template <template <class> class Body>
  static checks run() {
    suite<Body>::c = {};
    CHECK(tests::explore_all<suite<Body>>().is_proof());
    return suite<Body>::c;
  }
};
struct on_relacy_atomics {
  template <template <class> class Body>
  struct suite : rl::test_suite<suite<Body>, 1> {
    static inline checks c{};
    void thread(unsigned) { Body<relacy_atomics>::run(c); }
  };
  template <template <class> class Body>
  static checks run() {
    suite<Body>::c = {};
    const auto outcome = tests::simulate_all<suite<Body>>();
    CHECK(outcome.result == rl::test_result_success);
    return suite<Body>::c;
  }
};

template <class Runner, template <class> class Body>
void conforms() {
  const checks c = Runner::template run<Body>();
  CHECK(c.done() > 0);
  CHECK_MESSAGE(c.first_failed_line() == 0, "the check in line ", c.first_failed_line());
}

constexpr std::array rmw_orders{order::relaxed, order::acquire, order::release,
                                order::acq_rel, order::seq_cst, order::full};

template <class A>
struct loads_and_stores {
  static void run(checks& c) {
    typename A::template atomic<long> cell;
    c.that(cell.load(order::relaxed) == 0);
    cell.store(1, order::relaxed);
    c.that(cell.load(order::acquire) == 1);
    cell.store(-2, order::release);
    c.that(cell.load(order::seq_cst) == -2);
    cell.store(std::numeric_limits<long>::max(), order::seq_cst);
    c.that(cell.load(order::relaxed) == std::numeric_limits<long>::max());

    const typename A::template atomic<int> constant{3};
    c.that(constant.load(order::relaxed) == 3);
    int object = 0;
    typename A::template atomic<int*> pointer;
    c.that(pointer.load(order::relaxed) == nullptr);
    c.that(pointer.exchange(&object, order::full) == nullptr);
    c.that(pointer.load(order::relaxed) == &object);
  }
};

template <class A>
struct rmw_results {
  template <class T>
  static void with(checks& c, order o) {
    typename A::template atomic<T> cell{T{12}};
    c.that(cell.fetch_add(T{5}, o) == T{12});
    c.that(cell.fetch_sub(T{7}, o) == T{17});
    c.that(cell.fetch_and(T{6}, o) == T{10});
    c.that(cell.fetch_or(T{9}, o) == T{2});
    c.that(cell.exchange(T{4}, o) == T{11});
    c.that(cell.load(order::relaxed) == T{4});
  }
  static void run(checks& c) {
    for (const order o : rmw_orders) {
      with<int>(c, o);
      with<long>(c, o);
      with<unsigned long>(c, o);
    }
    typename A::template atomic<long> negative{0};
    c.that(negative.fetch_sub(1, order::full) == 0);
    c.that(negative.load(order::relaxed) == -1);
    typename A::template atomic<unsigned long> wraps{0};
    wraps.fetch_sub(1, order::relaxed);
    c.that(wraps.load(order::relaxed) == std::numeric_limits<unsigned long>::max());
  }
};

template <class A>
struct compare_exchange {
  static void run(checks& c) {
    for (const order o : rmw_orders) {
      typename A::template atomic<int> cell{1};
      int expected = 2;
      c.that(!cell.compare_exchange_strong(expected, 3, o, order::relaxed));
      c.that(expected == 1);
      c.that(cell.load(order::relaxed) == 1);
      c.that(cell.compare_exchange_strong(expected, 3, o, order::relaxed));
      c.that(expected == 1);
      c.that(cell.load(order::relaxed) == 3);
    }
    typename A::template atomic<int> cell{1};
    int expected = 2;
    c.that(!cell.compare_exchange_weak(expected, 3, order::full, order::relaxed));
    c.that(expected == 1);
    while (!cell.compare_exchange_weak(expected, 3, order::full, order::relaxed))
      c.that(expected == 1);
    c.that(cell.load(order::relaxed) == 3);
  }
};

template <class A>
struct plain_objects {
  static void run(checks& c) {
    typename A::template plain<unsigned long> number{7UL};
    c.that(number.load() == 7);
    number.store(8);
    c.that(number.load() == 8);
    c.that(number.racy().load() == 8);
    number.racy().store(9);
    c.that(number.load() == 9);
    int object = 0;
    typename A::template plain<int*> pointer{nullptr};
    pointer.store(&object);
    c.that(pointer.load() == &object);
  }
};

template <class A>
struct locking {
  static void run(checks& c) {
    typename A::mutex lock;
    lock.lock();
    lock.unlock();
    const bool taken = lock.try_lock();
    c.that(taken);
    if (taken) lock.unlock();
    lock.lock();
    lock.unlock();
  }
};

template <class A>
struct waiting {
  static void run(checks& c) {
    typename A::template atomic<int> flag{1};
    int asked = 0;
    A::await([&] {
      ++asked;
      return flag.load(order::acquire) == 1;
    });
    c.that(asked > 0);
  }
};

/// Where waiting is asking again and again.
template <class A>
struct spinning {
  static void run(checks& c) {
    int asked = 0;
    A::await([&] { return ++asked == 3; });
    c.that(asked == 3);
  }
};

/// Counts how often it is destroyed.
struct mortal {
  mortal(int first, int second, int& deaths_of_all) : sum(first + second), deaths(deaths_of_all) {}
  mortal(const mortal&) = delete;
  mortal& operator=(const mortal&) = delete;
  ~mortal() { ++deaths; }
  int sum;
  int& deaths;
};

template <class A>
struct lifetime {
  static void run(checks& c) {
    int deaths = 0;
    auto* const object = A::template make<mortal>(1, 2, deaths);
    c.that(object->sum == 3);
    c.that(deaths == 0);
    A::destroy(object);
    c.that(deaths == 1);
    A::destroy(static_cast<mortal*>(nullptr));
    c.that(deaths == 1);
    long* const numbers = A::template make_array<long>(3);
    for (int i = 0; i < 3; ++i) c.that(numbers[i] == 0);
    A::destroy_array(numbers, 3);
    A::destroy_array(static_cast<long*>(nullptr), 0);
  }
};

template <class A>
struct choosing {
  static void run(checks& c) {
    c.that(A::choose(1) == 0);
    for (unsigned n = 1; n < 5; ++n) c.that(A::choose(n) < n);
  }
};

template <class A>
struct expecting {
  static void run(checks& c) {
    A::expect(true, oracle::scenario, "never told", {{"number", 1}});
    c.that(A::task() == 0);
    for (const order o : rmw_orders)
      if (o != order::relaxed) A::fence(o);
    int object = 0;
    A::label(object, "owner", "name");
    c.that(object == 0);
  }
};

#define POLICIES on_std_atomics, on_explore_atomics, on_relacy_atomics
TEST_CASE_TEMPLATE("cells keep what is stored", Runner, POLICIES) {
  conforms<Runner, loads_and_stores>();
}
TEST_CASE_TEMPLATE("RMWs of every order return the old value and leave the new one", Runner,
                   POLICIES) {
  conforms<Runner, rmw_results>();
}
TEST_CASE_TEMPLATE("compare-exchange exchanges on equality and otherwise tells what it saw", Runner,
                   POLICIES) {
  conforms<Runner, compare_exchange>();
}
TEST_CASE_TEMPLATE("plain objects keep what is stored, marked racy or not", Runner, POLICIES) {
  conforms<Runner, plain_objects>();
}
TEST_CASE_TEMPLATE("a mutex can be locked again after each unlock", Runner, POLICIES) {
  conforms<Runner, locking>();
}
TEST_CASE_TEMPLATE("await returns when its predicate holds", Runner, POLICIES) {
  conforms<Runner, waiting>();
}
TEST_CASE_TEMPLATE("await asks until its predicate holds", Runner, on_std_atomics,
                   on_relacy_atomics) {
  conforms<Runner, spinning>();
}
TEST_CASE_TEMPLATE("make constructs with its arguments and destroy destructs once", Runner,
                   POLICIES) {
  conforms<Runner, lifetime>();
}
TEST_CASE_TEMPLATE("a choice is below its bound", Runner, POLICIES) {
  conforms<Runner, choosing>();
}
TEST_CASE_TEMPLATE("a kept expectation, a label and a fence change nothing", Runner, POLICIES) {
  conforms<Runner, expecting>();
}
#undef POLICIES

}  // namespace
