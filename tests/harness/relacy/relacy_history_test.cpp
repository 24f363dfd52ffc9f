// SPDX-License-Identifier: GPL-2.0-only
#include "harness/relacy/relacy_history.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck;
using harness::parse_relacy_history;

namespace {

/// A history with the given lines between the start of the tasks and their end.
std::string history(const std::string& lines) {
  return "OVERCHARGE\niteration: 3\n\nexecution history (9):\n"
         "[0] 0: <root.max> atomic store, value=9, (prev value=0), order=relaxed, in f, a.hpp(1)\n"
         "[1] 0: [BEFORE END], in fiber_proc_impl, context.hpp(470)\n" +
         lines +
         "[8] 0: [AFTER BEGIN], in fiber_proc_impl, context.hpp(520)\n"
         "[9] 0: <root.usage> atomic load, value=3, order=relaxed, in settle, b.hpp(7)\n"
         "\nthread 0:\n[2] 0: <x> atomic load, value=1, order=relaxed, in g, c.hpp(2)\n";
}

std::vector<report::step> steps_of(const std::string& lines) {
  return parse_relacy_history(history(lines)).steps;
}

}  // namespace

TEST_CASE("only what the tasks do is a step, once") {
  const auto steps =
      steps_of("[2] 1: <root.max> atomic load, value=4, order=acquire, in g, a/b.hpp(12)\n");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0] == report::step{1, "read root.max = 4 (acquire)", false, {"a/b.hpp", 12, "g"}});
}

TEST_CASE("a read of an old value is stale") {
  const auto steps = steps_of(
      "[2] 0: <root.max> atomic load, value=4 [NOT CURRENT], order=relaxed, in g, b.hpp(12)\n");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].stale);
  CHECK(steps[0].what == "read root.max = 4");
}

TEST_CASE("read-modify-writes show the change they make") {
  const auto steps = steps_of(
      "[2] 0: <c.usage> fetch_add , prev=2, arg=1, new=3, order=relaxed, in f, a.hpp(1)\n"
      "[3] 0: <c.usage> fetch_sub , prev=3, arg=1, new=2, order=seq_cst, in f, a.hpp(2)\n"
      "[4] 1: <c.max> exchange , prev=9, arg=2, new=2, order=relaxed, in f, a.hpp(3)\n"
      "[5] 1: <c.stock> CAS succ orig=3, cmp=3, xchg=2, order=relaxed, in f, a.hpp(4)\n"
      "[6] 1: <c.stock> CAS fail orig=0, cmp=3, xchg=2, order=relaxed, in f, a.hpp(5)\n");
  REQUIRE(steps.size() == 5);
  CHECK(steps[0].what == "c.usage += 1: 2 -> 3");
  CHECK(steps[1].what == "c.usage -= 1: 3 -> 2 (seq_cst)");
  CHECK(steps[2].what == "xchg c.max: 9 -> 2");
  CHECK(steps[3].what == "cmpxchg c.stock: 3 -> 2");
  CHECK(steps[4].what == "cmpxchg c.stock fails: 0, not 3");
}

TEST_CASE("a fully ordered operation is one step, not three") {
  const auto steps = steps_of(
      "[2] 0: seq_cst fence, in f, a.hpp(1)\n"
      "[3] 0: <c.usage> fetch_add , prev=2, arg=1, new=3, order=relaxed, in f, a.hpp(1)\n"
      "[4] 0: seq_cst fence, in f, a.hpp(1)\n"
      "[5] 0: seq_cst fence, in f, a.hpp(9)\n");
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].what == "c.usage += 1: 2 -> 3 (fully ordered)");
  CHECK(steps[1].what == "full barrier");
}

TEST_CASE("an unmarked access is a step of its own only where it races") {
  const auto quiet = steps_of(
      "[2] 0: <c.stock> load, value=0, in f, a.hpp(1)\n"
      "[3] 0: <c.stock> atomic load, value=5, order=relaxed, in f, a.hpp(1)\n");
  REQUIRE(quiet.size() == 1);
  CHECK(quiet[0].what == "read c.stock = 5");

  const auto racing =
      parse_relacy_history(history("[2] 0: <c.stock> load, value=0, in f, a.hpp(1)\n"
                                   "[3] 0: DATA RACE (data race detected), in f, a.hpp(1)\n"));
  REQUIRE(racing.steps.size() == 1);
  CHECK(racing.steps[0].what == "read c.stock (unmarked)");
  CHECK(racing.failed_at == report::source_line{"a.hpp", 1, "f"});
}

TEST_CASE("signatures are shortened to the name of the function") {
  const auto steps = steps_of(
      "[2] 0: <x> atomic load, value=4, order=relaxed, in bool stockcheck::memcg::page_counter<A>::"
      "try_charge(unsigned long, page_counter<A>*&) [with A = stockcheck::relacy_atomics], "
      "m.hpp(5)\n");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].at == report::source_line{"m.hpp", 5, "try_charge"});
}

TEST_CASE("memory is allocated and freed in steps") {
  const auto steps = steps_of(
      "[2] 0: memory allocation: addr=0x1, size=8, in f, a.hpp(1)\n"
      "[3] 0: memory deallocation: addr=0x1, in f, a.hpp(2)\n");
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].what == "allocate 8 bytes at 0x1");
  CHECK(steps[1].what == "free 0x1");
}

TEST_CASE("an event that is not understood keeps Relacy's words") {
  const auto steps = steps_of("[2] 0: yield(1), in f, a.hpp(1)\n");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].what == "yield(1)");
}

TEST_CASE("text that is no history has no steps") { CHECK(parse_relacy_history("").steps.empty()); }
