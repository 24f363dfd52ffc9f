#include "checkers/agreement_checker.hpp"

#include "checkers/explore_checker.hpp"
#include "checkers/explore_finding.hpp"
#include "checkers/explore_walk.hpp"
#include "checkers/judge.hpp"
#include "checkers/known_catalogue.hpp"
#include "checkers/programs.hpp"
#include "checkers/race_collector.hpp"
#include "report/verdict.hpp"
#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace stockcheck::checkers {

namespace {

/// One of the two that are compared.
struct side {
  std::string_view name;
  std::span<const checks::program_entry> programs;
  report::result result{};

  [[nodiscard]] std::set<std::string> states() const {
    std::set<std::string> all;
    for (const report::outcome& o : result.outcomes) all.insert(o.state);
    return all;
  }
};

/// The execution of one side that ends in a state.
report::finding witness(const side& of, const std::string& state, const options& how) {
  const checks::program_entry& program = find_program(of.programs, of.result.scenario);
  const explore_report found =
      run_explore({.program = &program,
                   .how = {.model = models_of(how.model).front(), .events = how.events},
                   .deadline = processor_deadline(how.time),
                   .without = how.without,
                   .sought = state},
                  {});
  report::finding finding;
  if (found.exploration.finding) finding = finding_of(found);
  finding.kind = oracle::scenario;
  finding.what = fmt::format("only {} ends like this: {}", of.name, state);
  return finding;
}

/// A state that `a` reaches and `b` does not; empty if there is none.
std::string only_in(const side& a, const side& b) {
  const std::set<std::string> others = b.states();
  for (const std::string& state : a.states())
    if (!others.contains(state)) return state;
  return "";
}

/// Who of the two reaches states alone.
ends_alone who_ends_alone(const side& ours, const side& kernels) {
  return {.model = !only_in(ours, kernels).empty(), .kernel = !only_in(kernels, ours).empty()};
}

/// What a kernel takes at random our model takes in turn: it reaches some of the kernel's states.
bool may_reach_more(const side& a, const side& kernels) {
  return &a == &kernels && source::code_has_drawn();
}

/// Compares two explorations that came to their ends.
void compare(const side& ours, const side& kernels, const options& how, report::result& into) {
  for (const auto& [a, b] : {std::pair{&kernels, &ours}, std::pair{&ours, &kernels}}) {
    if (a->result.finding && !b->result.finding) {
      into.finding = a->result.finding;
      into.finding->what = fmt::format("only {} finds: {}", a->name, a->result.finding->what);
      return;
    }
  }
  if (ours.result.finding) {
    if (ours.result.finding->kind != kernels.result.finding->kind) {
      into.finding = kernels.result.finding;
      into.finding->what = fmt::format("our model finds another thing ({}) than the kernel: {}",
                                       ours.result.finding->what, kernels.result.finding->what);
      return;
    }
    into.guarantee =
        fmt::format("both end with a finding about {}", name_of(ours.result.finding->kind));
    return;
  }
  for (const auto& [a, b] : {std::pair{&kernels, &ours}, std::pair{&ours, &kernels}})
    if (const std::string state = only_in(*a, *b); !state.empty() && !may_reach_more(*a, kernels)) {
      into.finding = witness(*a, state, how);
      return;
    }
  into.guarantee = fmt::format("the same {} final {} under {}; executions: model {}, kernel {}",
                               ours.result.outcomes.size(),
                               ours.result.outcomes.size() == 1 ? "state" : "states",
                               ours.result.model, ours.result.complete, kernels.result.complete);
  if (!only_in(kernels, ours).empty())
    into.guarantee = fmt::format(
        "the {} final states of our model, which chooses in turn, are among the {} of the kernel, "
        "which chooses at random, under {}; executions: model {}, kernel {}",
        ours.result.outcomes.size(), kernels.result.outcomes.size(), ours.result.model,
        ours.result.complete, kernels.result.complete);
  into.proof = ours.result.proof;
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
                                              const options& how, const progress_sink& sink) const {
  race_collector races;
  options past_known = how;
  if (scenario.known && can_pass_over(scenario.known->kind))
    past_known.without = scenario.known->kind;
  side ours{"our model", explore_programs()};
  side kernels{"the kernel's code", kernel_programs()};
  ours.result = explore_checker(ours.programs).check(scenario, past_known, sink);
  kernels.result = explorer(races).check(scenario, past_known, sink);

  report::result result = begin_record(*this, scenario, how);
  result.known.reset();
  result.model = kernels.result.model;
  result.executions = ours.result.executions + kernels.result.executions;
  result.events = ours.result.events + kernels.result.events;
  result.seconds = ours.result.seconds + kernels.result.seconds;
  if (!report::was_run(kernels.result.verdict)) {
    result.verdict = kernels.result.verdict;
    result.guarantee = kernels.result.guarantee;
    return result;
  }
  for (const side* s : {&ours, &kernels})
    if (!s->result.finding && s->result.proof.empty()) {
      judge_unknown(result, fmt::format("{}: {}", s->name, s->result.guarantee));
      return result;
    }
  if (const auto known = shipped_catalogue().failure(kernels.result, release())) {
    result.finding = kernels.result.finding;
    judge_difference(result, known);
    return result;
  }
  compare(ours, kernels, past_known, result);
  result.reach = report::reach::complete;
  const bool states_differ = result.finding && !ours.result.finding && !kernels.result.finding;
  judge_difference(result, states_differ
                               ? shipped_catalogue().difference(
                                     scenario.name, who_ends_alone(ours, kernels), release())
                               : std::nullopt);
  if (result.finding) result.replay = fmt::format("{} '{}'", command(), scenario.name);
  return result;
}

report::result agreement_checker::check(const checks::scenario_info& scenario, const options& how,
                                        const progress_sink& sink) {
  const source::kernel_object loaded(object(), source::explored_platform());
  if (how.model != model::all) return check_under(scenario, how, sink);
  options under = how;
  under.time = how.time / 3;
  report::result sum;
  for (const model one : {model::sc, model::tso, model::rc11}) {
    under.model = one;
    report::result result = check_under(scenario, under, sink);
    if (one != model::sc) add_to(result, sum);
    sum = std::move(result);
    if (sum.verdict != report::verdict::pass) break;
  }
  return sum;
}

}  // namespace stockcheck::checkers
