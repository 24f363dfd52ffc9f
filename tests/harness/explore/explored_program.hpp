// SPDX-License-Identifier: GPL-2.0-only
// Small programs of our own for the explore checker.
#pragma once

#include "checks/base/program.hpp"
#include "harness/explore/explore_checker.hpp"
#include "model/atomics/explore_atomics.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace stockcheck::tests {

using policy = explore_atomics;

/// `Body` has a static `info` and the members task(number) and, as it likes, settle() and
/// outcome().
template <class Body>
class explored_program final : public checks::program {
 public:
  void task(unsigned number) override { body_.task(number); }
  void settle() override {
    if constexpr (requires { body_.settle(); }) body_.settle();
    if constexpr (requires { body_.outcome(); })
      outcome_.add("program", "outcome", body_.outcome());
  }
  [[nodiscard]] const checks::final_state& outcome() const override { return outcome_; }

 private:
  Body body_;
  checks::final_state outcome_;
};

template <class Body>
constexpr checks::program_entry entry_of{&Body::info, []() -> std::unique_ptr<checks::program> {
                                           return std::make_unique<explored_program<Body>>();
                                         }};

/// What the checker says of a program.
template <class Body>
report::result check(const harness::options& how = {.time = std::chrono::seconds(60)}) {
  const checks::program_entry& entry = entry_of<Body>;
  return harness::explore_checker{std::span{&entry, 1}}.check(*entry.info, how, {});
}

/// The steps of a counterexample as "task: what", stale ones marked.
inline std::vector<std::string> steps_of(const report::result& result) {
  std::vector<std::string> steps;
  if (result.finding)
    for (const report::step& step : result.finding->steps)
      steps.push_back(std::to_string(step.task) + ": " + step.what + (step.stale ? " STALE" : ""));
  return steps;
}

using step_list = std::vector<std::string>;

/// A scenario of two tasks.
constexpr checks::scenario_info two_tasks(std::string_view name) {
  return {.name = name,
          .summary = "",
          .task_list = {{{"this"}, {"that", {.cpu = 1, .migrations = 0}}}}};
}

}  // namespace stockcheck::tests
