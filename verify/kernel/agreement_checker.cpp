// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/agreement_checker.hpp"

#include "harness/explore/explore_checker.hpp"
#include "harness/explore/explore_finding.hpp"
#include "harness/explore/explore_walk.hpp"
#include "harness/judge.hpp"
#include "harness/programs.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "known/known_catalogue.hpp"
#include "report/exit_code.hpp"
#include "verify/kernel/race_collector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace stockcheck::verify {

namespace {

/// One of the two that are compared.
struct side {
  std::string_view name;
  harness::programs programs;
  const checks::scenario_info& scenario;
  report::result result{};

  [[nodiscard]] std::set<std::string> states() const {
    std::set<std::string> all;
    for (const report::outcome& o : result.outcomes) all.insert(o.state);
    return all;
  }
  /// Lists the states that some execution reaches without what is known of the code alone.
  [[nodiscard]] std::vector<std::string> own_states() const {
    std::vector<std::string> own;
    for (const report::outcome& o : result.outcomes)
      if (o.count > o.known_of_code) own.push_back(o.state);
    return own;
  }
  /// The property that the scenario declares, if it showed.
  [[nodiscard]] const report::finding* declared() const {
    const auto shown = std::ranges::find_if(result.known_findings, [&](const auto& one) {
      return scenario.known && one.known.id == scenario.known->id;
    });
    return shown == result.known_findings.end() ? nullptr : &shown->finding;
  }
  /// What was found and is not known.
  [[nodiscard]] const report::finding* news() const {
    return result.verdict == verdict::fail && result.finding ? &*result.finding : nullptr;
  }
};

/// The execution of one side that ends in a state.
report::finding witness(const side& of, const std::string& state,
                        const harness::expected_findings& expected, const harness::options& how) {
  const checks::program_entry& program = of.programs.find(of.result.scenario);
  const harness::explore_report found =
      harness::run_explore({.program = &program,
                            .how = {.model = how.models.front(),
                                    .events = how.events,
                                    .behind_misuse = expected.have_misuse()},
                            .deadline = harness::processor_deadline(how.time),
                            .expected = &expected,
                            .sought = state},
                           {});
  report::finding finding;
  if (found.exploration.finding) finding = harness::finding_of(found);
  finding.kind = oracle::scenario;
  finding.what = fmt::format("only {} ends like this: {}", of.name, state);
  return finding;
}

/// A state that `a` reaches and `b` does not; empty if there is none.
std::string only_in(const side& a, const side& b) {
  const std::set<std::string> others = b.states();
  for (const std::string& state : a.own_states())
    if (!others.contains(state)) return state;
  return "";
}

/// Who of the two reaches states alone, or has the declared property alone.
known::ends_alone who_ends_alone(const side& ours, const side& kernels) {
  const auto alone = [](const side& a, const side& b) {
    return !only_in(a, b).empty() || (a.declared() != nullptr && b.declared() == nullptr);
  };
  return {.model = alone(ours, kernels), .kernel = alone(kernels, ours)};
}

/// What a kernel takes at random our model takes in turn: it reaches some of the kernel's states.
bool may_reach_more(const side& a, const side& kernels) {
  return &a == &kernels && kernel_source::code_has_drawn();
}

/// What the code does that it is known for, it does in place of something that the model does: then
/// states of the model alone say nothing.
std::string agreement_of(const side& ours, const side& kernels, bool has_known) {
  const std::size_t states = kernels.result.outcomes.size();
  std::string what = fmt::format("the same {} final {}", states, states == 1 ? "state" : "states");
  if (has_known)
    what = fmt::format("but for what is known of the code, the model has all of its {} final {}",
                       states, states == 1 ? "state" : "states");
  else if (!only_in(kernels, ours).empty())
    what = fmt::format(
        "the {} final states of our model, which chooses in turn, are among the {} of the kernel, "
        "which chooses at random,",
        ours.result.outcomes.size(), states);
  return fmt::format("{} under {}; executions: model {}, kernel {}", what, ours.result.model,
                     ours.result.complete, kernels.result.complete);
}

/// Compares two explorations that came to their ends.
void compare(const side& ours, const side& kernels, const harness::expected_findings& expected,
             bool has_known, const harness::options& how, report::result& into) {
  for (const auto& [a, b] : {std::pair{&kernels, &ours}, std::pair{&ours, &kernels}}) {
    if (a->news() != nullptr && b->news() == nullptr) {
      into.finding = *a->news();
      into.finding->what = fmt::format("only {} finds: {}", a->name, a->news()->what);
      return;
    }
  }
  if (ours.news() != nullptr) {
    if (ours.news()->kind != kernels.news()->kind) {
      into.finding = *kernels.news();
      into.finding->what = fmt::format("our model finds another thing ({}) than the kernel: {}",
                                       ours.news()->what, kernels.news()->what);
      return;
    }
    into.guarantee = fmt::format("both end with a finding about {}", name_of(ours.news()->kind));
    return;
  }
  for (const auto& [a, b] : {std::pair{&kernels, &ours}, std::pair{&ours, &kernels}})
    if (const report::finding* const declared = a->declared();
        declared != nullptr && b->declared() == nullptr) {
      into.finding = *declared;
      into.finding->what =
          fmt::format("only {} has the known property: {}", a->name, declared->what);
      return;
    }
  for (const auto& [a, b] : {std::pair{&kernels, &ours}, std::pair{&ours, &kernels}})
    if (const std::string state = only_in(*a, *b);
        !state.empty() && (a != &ours || !has_known) && !may_reach_more(*a, kernels)) {
      into.finding = witness(*a, state, expected, how);
      return;
    }
  into.guarantee = agreement_of(ours, kernels, has_known);
  into.proof = ours.result.proof;
}

/// What the code showed that is known of it, and that the scenario does not declare.
std::vector<report::known_finding> shown_of_code(const side& kernels,
                                                 const checks::scenario_info& scenario) {
  std::vector<report::known_finding> known = kernels.result.known_findings;
  std::erase_if(known, [&](const report::known_finding& one) {
    return scenario.known && one.known.id == scenario.known->id;
  });
  return known;
}

/// What was compared before comes first.
void add_to(report::result& result, const report::result& before) {
  const auto joined = [](const std::string& a, const std::string& b, std::string_view separator) {
    return a.empty() || b.empty() ? b : fmt::format("{}{}{}", a, separator, b);
  };
  result.guarantee = joined(before.guarantee, result.guarantee, "; ");
  result.proof = joined(before.proof, result.proof, ", ");
  result.model = joined(before.model, result.model, ", ");
  result.executions += before.executions;
  result.events += before.events;
  result.seconds += before.seconds;
}

}  // namespace

report::result agreement_checker::check_under(const checks::scenario_info& scenario,
                                              const harness::options& how,
                                              const harness::progress_sink& sink) const {
  race_collector races;
  side ours{"our model", of_model_, scenario};
  side kernels{"the kernel's code", programs(), scenario};
  ours.result = harness::explore_checker(ours.programs).check(scenario, how, sink);
  kernels.result = explorer(races).check(scenario, how, sink);

  report::result result = harness::begin_record(*this, scenario, how);
  result.known.reset();
  result.model = kernels.result.model;
  result.executions = ours.result.executions + kernels.result.executions;
  result.events = ours.result.events + kernels.result.events;
  result.seconds = ours.result.seconds + kernels.result.seconds;
  if (!was_run(kernels.result.verdict)) {
    result.verdict = kernels.result.verdict;
    result.guarantee = kernels.result.guarantee;
    return result;
  }
  for (const side* s : {&ours, &kernels})
    if (s->news() == nullptr && s->result.proof.empty()) {
      harness::judge_unknown(result, fmt::format("{}: {}", s->name, s->result.guarantee));
      return result;
    }
  const harness::expected_findings expected(scenario, known());
  result.known_findings = shown_of_code(kernels, scenario);
  compare(ours, kernels, expected, !result.known_findings.empty(), how, result);
  result.reach = reach::complete;
  const bool states_differ = result.finding && ours.news() == nullptr && kernels.news() == nullptr;
  harness::judge_difference(
      result, states_differ ? known::shipped_catalogue().difference(
                                  scenario.name, who_ends_alone(ours, kernels), release())
                            : std::nullopt);
  if (result.finding) result.replay = fmt::format("{} '{}'", command(), scenario.name);
  return result;
}

report::result agreement_checker::check(const checks::scenario_info& scenario,
                                        const harness::options& how,
                                        const harness::progress_sink& sink) {
  const kernel_source::kernel_object loaded(object(), kernel_source::explored_platform());
  harness::options under = how;
  under.time = how.time / static_cast<double>(how.models.size());
  report::result sum;
  for (const explore::memory_model one : how.models) {
    under.models = {one};
    report::result result = check_under(scenario, under, sink);
    if (one != how.models.front()) add_to(result, sum);
    sum = std::move(result);
    if (sum.verdict != verdict::pass) break;
  }
  return sum;
}

}  // namespace stockcheck::verify
