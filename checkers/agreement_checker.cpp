#include "checkers/agreement_checker.hpp"

#include "checkers/explore_checker.hpp"
#include "checkers/explore_finding.hpp"
#include "checkers/judge.hpp"
#include "checkers/known_differences.hpp"
#include "checkers/known_of_kernel.hpp"
#include "checkers/programs.hpp"
#include "checkers/race_collector.hpp"
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

explore::memory_model engine_model(model chosen) {
  switch (chosen) {
    case model::sc: return explore::memory_model::sc;
    case model::tso: return explore::memory_model::tso;
    default: return explore::memory_model::rc11;
  }
}

/// The execution of one side that ends in a state.
report::finding witness(const side& of, const std::string& state, const options& how) {
  const checks::program_entry& program = find_program(of.programs, of.result.scenario);
  const explore_report found =
      run_explore({.program = &program,
                   .how = {.model = engine_model(how.model)},
                   .deadline = std::chrono::steady_clock::now() +
                               std::chrono::ceil<std::chrono::steady_clock::duration>(how.time),
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
    if (const std::string state = only_in(*a, *b); !state.empty()) {
      into.finding = witness(*a, state, how);
      return;
    }
  into.guarantee = fmt::format("the same {} final {} under {}; executions: model {}, kernel {}",
                               ours.result.outcomes.size(),
                               ours.result.outcomes.size() == 1 ? "state" : "states",
                               ours.result.model, ours.result.complete, kernels.result.complete);
  into.proof = ours.result.proof;
}

}  // namespace

agreement_checker::agreement_checker(std::filesystem::path object, std::string subject,
                                     std::string command)
    : object_(std::move(object)), subject_(std::move(subject)), command_(std::move(command)) {}

bool agreement_checker::can_check(const checks::scenario_info& scenario) const {
  return std::ranges::any_of(kernel_programs(),
                             [&](const auto& entry) { return entry.info->name == scenario.name; });
}

report::result agreement_checker::check(const checks::scenario_info& scenario, const options& how,
                                        const progress_sink& sink) {
  const source::kernel_object object(object_, source::explored_memory());
  race_collector races;
  options past_known = how;
  if (scenario.known && can_pass_over(scenario.known->kind))
    past_known.without = scenario.known->kind;
  side ours{"our model", explore_programs()};
  side kernels{"the kernel's code", kernel_programs()};
  ours.result = explore_checker(ours.programs).check(scenario, past_known, sink);
  kernels.result = explore_checker(kernels.programs, command_, [&races](const explore_report& r) {
                     return races.add(r);
                   }).check(scenario, past_known, sink);

  report::result result = begin_record(*this, scenario, how);
  result.subject = subject_;
  result.known.reset();
  result.model = kernels.result.model;
  result.executions = ours.result.executions + kernels.result.executions;
  result.seconds = ours.result.seconds + kernels.result.seconds;
  if (kernels.result.verdict == report::verdict::skipped) {
    result.verdict = report::verdict::skipped;
    result.guarantee = kernels.result.guarantee;
    return result;
  }
  for (const side* s : {&ours, &kernels})
    if (!s->result.finding && s->result.proof.empty()) {
      result.guarantee = fmt::format("{}: {}", s->name, s->result.guarantee);
      return result;
    }
  if (const auto known = known_of_kernel(kernels.result)) {
    result.finding = kernels.result.finding;
    result.known = known;
    result.verdict = report::verdict::known;
    return result;
  }
  compare(ours, kernels, past_known, result);
  result.verdict = result.finding ? report::verdict::fail : report::verdict::pass;
  const bool states_differ = result.finding && !ours.result.finding && !kernels.result.finding;
  if (const auto known = known_difference(scenario.name); states_differ && known) {
    result.verdict = report::verdict::known;
    result.known = known;
  }
  if (result.finding) result.replay = fmt::format("{} '{}'", command_, scenario.name);
  return result;
}

}  // namespace stockcheck::checkers
