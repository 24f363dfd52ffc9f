// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests whose numbers of executions are known.
#include "tests/explore/reference/explored.hpp"
#include "tests/explore/reference/instructions.hpp"

#include <doctest/doctest.h>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;

constexpr std::uint32_t x = 0;
constexpr std::uint32_t y = 1;
constexpr std::uint32_t z = 2;

litmus_program store_buffering(memory_order stores, memory_order loads) {
  return {.threads = {{store(x, 1, stores), load(y, loads)}, {store(y, 1, stores), load(x, loads)}},
          .locations = 2};
}

litmus_program message_passing(memory_order stores, memory_order loads) {
  return {
      .threads = {{store(x, 1, relaxed), store(y, 1, stores)}, {load(y, loads), load(x, relaxed)}},
      .locations = 2};
}

litmus_program independent_readers(memory_order stores, memory_order loads) {
  return {.threads = {{store(x, 1, stores)},
                      {store(y, 1, stores)},
                      {load(x, loads), load(y, loads)},
                      {load(y, loads), load(x, loads)}},
          .locations = 2};
}

/// `threads` times the same code.
litmus_program repeated(std::size_t threads, const std::vector<instruction>& code,
                        std::uint32_t locations) {
  return {.threads = {threads, code}, .locations = locations};
}

std::size_t factorial(std::size_t number) {
  return number < 2 ? 1 : number * factorial(number - 1);
}

TEST_CASE("store buffering shows under TSO and RC11, unless fences or seq_cst forbid it") {
  CHECK(complete_counts(store_buffering(relaxed, relaxed)) == counts{3, 4, 4});
  CHECK(complete_counts(store_buffering(release, acquire)) == counts{3, 4, 4});
  CHECK(complete_counts(store_buffering(seq_cst, seq_cst)) == counts{3, 3, 3});
  for (const memory_order order : {seq_cst, full}) {
    CHECK(complete_counts({.threads = {{store(x, 1, relaxed), fence(order), load(y, relaxed)},
                                       {store(y, 1, relaxed), fence(order), load(x, relaxed)}},
                           .locations = 2}) == counts{3, 3, 3});
  }
  CHECK(complete_counts({.threads = {{store(x, 1, relaxed), fence(acq_rel), load(y, relaxed)},
                                     {store(y, 1, relaxed), fence(acq_rel), load(x, relaxed)}},
                         .locations = 2}) == counts{3, 4, 4});
}

TEST_CASE("a full update orders a store before a load, one that is merely seq_cst does not") {
  const auto with = [](memory_order order) {
    return litmus_program{
        .threads = {{store(x, 1, relaxed), fetch_add(z, 1, order), load(y, relaxed)},
                    {store(y, 1, relaxed), fetch_add(z + 1, 1, order), load(x, relaxed)}},
        .locations = 4};
  };
  CHECK(complete_counts(with(full)) == counts{3, 3, 3});
  CHECK(complete_counts(with(seq_cst)) == counts{3, 3, 4});
}

TEST_CASE("a full CAS orders nothing where it fails") {
  const instruction failing = compare_exchange(z, 1, 2, full, relaxed);
  CHECK(complete_counts({.threads = {{store(x, 1, relaxed), failing, load(y, relaxed)},
                                     {store(y, 1, relaxed), failing, load(x, relaxed)}},
                         .locations = 3}) == counts{3, 4, 4});
}

TEST_CASE("messages pass in order under TSO, and under RC11 with release and acquire") {
  CHECK(complete_counts(message_passing(relaxed, relaxed)) == counts{3, 3, 4});
  CHECK(complete_counts(message_passing(release, relaxed)) == counts{3, 3, 4});
  CHECK(complete_counts(message_passing(release, acquire)) == counts{3, 3, 3});
}

TEST_CASE("load buffering never shows, as values out of thin air would") {
  CHECK(complete_counts({.threads = {{load(x, relaxed), store(y, 1, relaxed)},
                                     {load(y, relaxed), store(x, 1, relaxed)}},
                         .locations = 2}) == counts{3, 3, 3});
}

TEST_CASE("independent readers disagree about independent writers under RC11 without seq_cst") {
  CHECK(complete_counts(independent_readers(release, acquire)) == counts{15, 15, 16});
  CHECK(complete_counts(independent_readers(seq_cst, seq_cst)) == counts{15, 15, 15});
}

TEST_CASE("two pairs of writes contradict each other under RC11 alone") {
  CHECK(complete_counts({.threads = {{store(x, 1, relaxed), store(y, 2, relaxed)},
                                     {store(y, 1, relaxed), store(x, 2, relaxed)}},
                         .locations = 2}) == counts{3, 3, 4});
}

TEST_CASE("reads of one location are coherent under every model") {
  CHECK(complete_counts({.threads = {{store(x, 1, relaxed)},
                                     {store(x, 2, relaxed)},
                                     {load(x, relaxed), load(x, relaxed)}},
                         .locations = 1}) == same_under_all(12));
}

TEST_CASE("N writers of one location have N! orders, and N readers of one write 2^N views") {
  for (std::size_t writers = 1; writers <= 5; ++writers) {
    CHECK(complete_counts(repeated(writers, {store(x, 1, relaxed)}, 1)) ==
          same_under_all(factorial(writers)));
  }
  for (std::size_t readers = 1; readers <= 5; ++readers) {
    litmus_program program = repeated(readers, {load(x, relaxed)}, 1);
    program.threads.push_back({store(x, 1, relaxed)});
    CHECK(complete_counts(program) == same_under_all(std::size_t{1} << readers));
  }
}

TEST_CASE("N threads of K fetch_adds have (NK)! / (K!)^N executions") {
  struct row {
    std::size_t threads, each, executions;
  };
  for (const auto& [threads, each, executions] :
       {row{2, 1, 2}, row{3, 1, 6}, row{4, 1, 24}, row{5, 1, 120}, row{6, 1, 720}, row{2, 2, 6},
        row{3, 2, 90}, row{2, 3, 20}, row{2, 4, 70}}) {
    CAPTURE(threads);
    CAPTURE(each);
    CHECK(complete_counts(repeated(threads, {each, fetch_add(x, 1, relaxed)}, 1)) ==
          same_under_all(executions));
  }
}

TEST_CASE("updates of several locations multiply, increments in two steps lose updates") {
  const instruction add_x = fetch_add(x, 1, relaxed);
  const instruction add_y = fetch_add(y, 1, relaxed);
  const instruction add_z = fetch_add(z, 1, relaxed);
  CHECK(complete_counts(repeated(2, {add_x, add_y}, 2)) == same_under_all(4));
  CHECK(complete_counts(repeated(3, {add_x, add_y}, 2)) == same_under_all(36));
  CHECK(complete_counts(repeated(2, {add_x, add_y, add_z}, 3)) == same_under_all(8));
  const std::vector increment{load(x, relaxed), plus_last_read(store(x, 1, relaxed))};
  CHECK(complete_counts(repeated(2, increment, 1)) == same_under_all(4));
  CHECK(complete_counts(repeated(3, increment, 1)) == same_under_all(36));
}

TEST_CASE("threads that each pass a counter on by CAS have the published numbers of executions") {
  const std::array<std::size_t, 4> published{2, 5, 14, 43};
  litmus_program program{.threads = {{compare_exchange(x, 0, 1, relaxed, relaxed)}},
                         .locations = 1};
  for (value_type thread = 1; thread <= published.size(); ++thread) {
    program.threads.push_back({compare_exchange(x, thread, thread + 1, relaxed, relaxed)});
    CHECK(complete_counts(program) == same_under_all(published[thread - 1]));
  }
}

TEST_CASE("choices branch, and decide what follows") {
  CHECK(complete_counts(
            {.threads = {{choose(3), only_if(1, store(x, 1, relaxed))}, {load(x, relaxed)}},
             .locations = 1}) == same_under_all(4));
}

TEST_CASE("N critical sections on one mutex have N! executions, and none blocks for ever") {
  for (std::size_t threads = 1; threads <= 4; ++threads) {
    const auto program = repeated(
        threads, {lock(y), load(x, plain), plus_last_read(store(x, 1, plain)), unlock(y)}, 2);
    for (const memory_model model : all_models) {
      const enumeration found = enumerate(program, model);
      CHECK(found.complete.size() == factorial(threads));
      CHECK(found.deadlocked.empty());
      CHECK_FALSE(found.racy);
    }
  }
}

TEST_CASE("locks taken in opposite orders deadlock in one execution of three") {
  const litmus_program program{.threads = {{lock(x), lock(y), unlock(y), unlock(x)},
                                           {lock(y), lock(x), unlock(x), unlock(y)}},
                               .locations = 2};
  for (const memory_model model : all_models) {
    const enumeration found = enumerate(program, model);
    CHECK(found.complete.size() == 2);
    CHECK(found.deadlocked.size() == 1);
  }
}

TEST_CASE("a signal that is taken back may be missed") {
  const litmus_program program{
      .threads = {{store(x, 1, relaxed), store(x, 0, relaxed)}, {await_equal(x, 1)}},
      .locations = 1};
  for (const memory_model model : all_models) {
    const enumeration found = enumerate(program, model);
    CHECK(found.complete.size() == 1);
    CHECK(found.deadlocked.size() == 1);
  }
}

TEST_CASE("an await may be satisfied before and after a value that does not satisfy it") {
  const litmus_program program{
      .threads = {{await_not_equal(x, 1)}, {store(x, 1, relaxed), store(x, 2, relaxed)}},
      .locations = 1};
  for (const memory_model model : all_models) {
    const enumeration found = enumerate(program, model);
    CHECK(found.complete.size() == 2);
    CHECK(found.deadlocked.empty());
  }
}

}  // namespace
}  // namespace stockcheck::explore::reference
