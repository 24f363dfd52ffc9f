// SPDX-License-Identifier: GPL-2.0-only
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

namespace stockcheck::explore::tests {

namespace {

class litmus_program final : public engine_program {
 public:
  explicit litmus_program(const litmus& test) : test_(test) { test.set_up(memory_); }
  litmus_program(const litmus_program&) = delete;
  litmus_program& operator=(const litmus_program&) = delete;
  ~litmus_program() override { test_.tear_down(memory_); }

  void task(std::size_t number) override { test_.tasks[number](memory_); }
  void settle() override { test_.settle(memory_); }
  [[nodiscard]] const outcome& registers() const { return memory_.r; }

 private:
  const litmus& test_;
  shared memory_;
};

class collector final : public observer {
 public:
  collector(observed& seen, const view_of_program& outcome_of, bool go_on_when_found)
      : seen_(seen), outcome_of_(outcome_of), go_on_when_found_(go_on_when_found) {}
  void completed(engine_program& settled, const execution_graph& graph) override {
    ++seen_.settled;
    seen_.graphs.insert(digest_of(graph));
    if (outcome_of_) ++seen_.outcomes[outcome_of_(settled)];
  }
  bool found(const engine_finding& what, const execution_graph& /*graph*/,
             const shower& /*show*/) override {
    seen_.findings.push_back(what);
    return go_on_when_found_;
  }

 private:
  observed& seen_;
  const view_of_program& outcome_of_;
  bool go_on_when_found_;
};

class mixer {
 public:
  void add(std::uint64_t word) {
    a_ = (a_ ^ word) * 0x9e3779b97f4a7c15U;
    a_ ^= a_ >> 32U;
    b_ = (b_ + word) * 0xc2b2ae3d27d4eb4fU;
    b_ ^= b_ >> 29U;
  }
  void add(event_id id) { add((std::uint64_t{id.thread} << 16U) | id.index); }
  [[nodiscard]] digest words() const { return {a_, b_}; }

 private:
  std::uint64_t a_ = 1;
  std::uint64_t b_ = 2;
};

}  // namespace

digest digest_of(const execution_graph& graph) {
  mixer d;
  for (std::size_t t = 0; t < graph.nr_threads(); ++t) {
    d.add(graph.size(t));
    for (const event& e : graph.thread(t)) {
      d.add(static_cast<std::uint64_t>(e.kind));
      d.add(is_access(e.op) ? e.location : no_location);
      d.add(e.reads() ? e.reads_from : no_event);
      d.add(e.reads() || e.kind == event_kind::choice ? e.read_value : 0);
      d.add(e.writes() ? e.written_value : 0);
    }
  }
  std::vector<location_id> used(graph.used_locations().begin(), graph.used_locations().end());
  std::ranges::sort(used);
  for (const location_id location : used) {
    d.add(location);
    for (const event_id write : graph.at(location).coherence) d.add(write);
  }
  return d.words();
}

observed observe(const code_under_test& code, const settings& how,
                 const view_of_program& outcome_of, bool go_on_when_found) {
  observed seen;
  collector watch{seen, outcome_of, go_on_when_found};
  seen.result = explore(code, how, watch);
  seen.proof = seen.result.is_proof(how);
  if (how.search == search::exhaustive) CHECK(seen.graphs.size() == seen.settled);
  if (seen.result.ended == exploration::end::exhausted && how.search == search::exhaustive)
    CHECK(seen.result.explored == doctest::Approx(1).epsilon(1e-6));
  return seen;
}

code_under_test subject_of(const litmus& test) {
  return {.nr_tasks = test.tasks.size(),
          .make = [&test] { return std::make_unique<litmus_program>(test); }};
}

namespace {
outcome registers_of(const engine_program& settled) {
  return static_cast<const litmus_program&>(settled).registers();
}
}  // namespace

observed run(const litmus& test, const settings& how) {
  return observe(subject_of(test), how, registers_of);
}
observed run_beyond_findings(const litmus& test) {
  return observe(subject_of(test), {}, registers_of, true);
}

std::string finding_of(const observed& seen) {
  return seen.result.finding ? std::string(name_of(seen.result.finding->kind)) : "nothing";
}
std::string finding_of(const litmus& test) { return finding_of(run(test)); }

namespace {

/// Returns the program with its tasks in several orders: in all of them if they are few.
std::vector<litmus> reordered(const litmus& test) {
  std::vector<litmus> all{test};
  if (test.tasks.size() > 4) {
    std::ranges::reverse(all.emplace_back(test).tasks);
    return all;
  }
  std::vector<std::size_t> order(test.tasks.size());
  std::iota(order.begin(), order.end(), 0);
  while (std::ranges::next_permutation(order).found) {
    litmus& other = all.emplace_back(test);
    for (std::size_t i = 0; i < order.size(); ++i) other.tasks[i] = test.tasks[order[i]];
  }
  return all;
}

}  // namespace

void expect(const litmus& test, const outcome& weak, const counts& all, const counts& with_weak,
            here at) {
  for (const litmus& same : reordered(test)) {
    for (std::size_t m = 0; m < all_models.size(); ++m) {
      const observed seen = run(same, all_models[m]);
      INFO(std::string(at.file_name()), ":", at.line(), " under ", std::string(model_names[m]));
      CHECK(finding_of(seen) == "nothing");
      CHECK(seen.proof);
      CHECK(seen.result.blocked == 0);
      CHECK(seen.result.complete == all[m]);
      CHECK(seen.executions_with(weak) == with_weak[m]);
    }
  }
}

}  // namespace stockcheck::explore::tests
