// SPDX-License-Identifier: GPL-2.0-only
// Executions as they are shown: in an order that explains them, with places and names.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// Looks at every complete execution of a test.
template <class Look>
void for_each_graph(const litmus& test, memory_model model, Look look) {
  struct onlooker final : observer {
    explicit onlooker(Look& l) : look_(l) {}
    void completed(engine_program&, const execution_graph& graph) override { look_(graph); }
    Look& look_;
  } watch{look};
  const exploration seen = explore(subject_of(test), {.model = model}, watch);
  CHECK(seen.complete > 0);
}

litmus mixed() {
  return {.tasks = {[](shared& s) {
                      s.x.store(1, relaxed);
                      s.y.fetch_add(1, relaxed);
                      s.r[0] = s.z.load(relaxed);
                    },
                    [](shared& s) {
                      s.y.replace(1, 5, acq_rel);
                      barrier(seq_cst);
                      s.r[1] = s.x.load(relaxed);
                      s.x.store(2, relaxed);
                    },
                    [](shared& s) {
                      s.z.store(choose(2, here::current()) + 1, relaxed);
                      s.r[2] = s.x.load(relaxed);
                    }}};
}

/// Positions of the events, each of which is there once.
std::map<std::pair<unsigned, unsigned>, std::size_t> positions(const execution_graph& graph,
                                                               const std::vector<event_id>& order) {
  std::map<std::pair<unsigned, unsigned>, std::size_t> at;
  for (const event_id id : order) at.emplace(std::pair{id.thread, id.index}, at.size());
  CHECK(at.size() == order.size());
  CHECK(at.size() == graph.order().size());
  return at;
}

TEST_CASE("a sequence of events agrees with program order and reads-from under every model") {
  for (const memory_model model : all_models) {
    for_each_graph(mixed(), model, [](const execution_graph& graph) {
      const auto at = positions(graph, linearise(graph));
      for (const event_id id : graph.order()) {
        const event& e = graph[id];
        const std::size_t mine = at.at({id.thread, id.index});
        if (id.index > 0) CHECK(at.at({id.thread, id.index - 1U}) < mine);
        if (e.reads() && !e.reads_from.is_initial())
          CHECK(at.at({e.reads_from.thread, e.reads_from.index}) < mine);
      }
    });
  }
}

TEST_CASE("a sequence is an interleaving where the execution is sequentially consistent") {
  for_each_graph(mixed(), memory_model::sc, [](const execution_graph& graph) {
    std::map<location_id, value> memory;
    for (const event_id id : linearise(graph)) {
      const event& e = graph[id];
      if (e.reads()) CHECK(memory[e.location] == e.read_value);
      if (e.writes()) memory[e.location] = e.written_value;
    }
  });
}

TEST_CASE("a sequence has no more switches than it needs in a simple case") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                s.x.store(2, relaxed);
                              },
                              [](shared& s) {
                                s.y.store(1, relaxed);
                                s.y.store(2, relaxed);
                              }}};
  for_each_graph(test, memory_model::sc, [](const execution_graph& graph) {
    const std::vector<event_id> order = linearise(graph);
    REQUIRE(order.size() == 4);
    CHECK(order[0].thread == order[1].thread);
    CHECK(order[2].thread == order[3].thread);
  });
}

/// A message is missed, and the reader notices on a line of its own. The third task has nothing to
/// do with it.
litmus failing(std::array<unsigned, 5>& lines) {
  const auto noted = [&lines](std::size_t which, here at = here::current()) {
    lines[which] = at.line();
    return at;
  };
  return {.tasks = {[noted](shared& s) {
                      s.x.store(1, relaxed, noted(0));
                      s.y.store(1, relaxed, noted(1));
                    },
                    [noted](shared& s) {
                      if (s.y.load(relaxed, noted(2)) == 0) return;
                      if (s.x.load(relaxed, noted(3)) == 0) fail("missed", noted(4));
                    },
                    [](shared& s) { s.z.store(1, relaxed); }},
          .set_up = [](shared& s) {
            if (!is_tracing()) return;
            name(&s, sizeof s, "shared", "memory");
            name(&s.x, sizeof s.x, "shared", "message");
          }};
}

TEST_CASE("a counterexample has the lines of its events and the innermost names") {
  std::array<unsigned, 5> lines{};
  const litmus test = failing(lines);
  const observed seen = run(test);
  REQUIRE(finding_of(seen) == "assertion");
  CHECK(seen.result.finding->at.line == lines[4]);
  REQUIRE(seen.result.counterexample);
  const counterexample& shown = *seen.result.counterexample;
  const execution_graph& graph = *shown.graph;
  REQUIRE(graph.size(1) == 2);
  CHECK(graph.thread(1)[0].read_value == 1);
  CHECK(graph.thread(1)[1].read_value == 0);
  CHECK(shown.recording.site_of({0, 0}).line == lines[0]);
  CHECK(shown.recording.site_of({0, 1}).line == lines[1]);
  CHECK(shown.recording.site_of({1, 0}).line == lines[2]);
  CHECK(shown.recording.site_of({1, 1}).line == lines[3]);
  const auto called = [&](location_id location) -> std::string {
    const name_range* const range = shown.recording.name_of(location);
    return range == nullptr ? "" : range->name;
  };
  CHECK(called(graph.thread(0)[0].location) == "message");
  CHECK(called(graph.thread(0)[1].location) == "memory");
  CHECK(positions(graph, shown.order).size() == shown.order.size());
}

TEST_CASE("a counterexample of a race has what the two accesses depend on, and no more") {
  const litmus test{.tasks = {[](shared& s) {
                                s.y.store(1, relaxed);
                                s.x.store(1, plain);
                                s.z.store(1, relaxed);
                              },
                              [](shared& s) {
                                s.r[0] = s.x.load(plain);
                                s.z.store(2, relaxed);
                              },
                              [](shared& s) { s.w.store(1, relaxed); }}};
  const observed seen = run(test);
  REQUIRE(finding_of(seen) == "data race");
  const execution_graph& graph = *seen.result.counterexample->graph;
  CHECK(graph.size(0) == 2);
  CHECK(graph.size(1) == 1);
  CHECK(graph.size(2) == 0);
}

}  // namespace
