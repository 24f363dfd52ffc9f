#include "checkers/behind_known.hpp"

#include "checkers/judge.hpp"

#include <utility>

namespace stockcheck::checkers {

namespace {

void add_effort(report::result& to, const report::result& of) {
  to.executions += of.executions;
  to.events += of.events;
  to.complete += of.complete;
  to.blocked += of.blocked;
  to.seconds += of.seconds;
}

}  // namespace

report::result look_behind(report::result found, explore_checker& by,
                           const checks::scenario_info& scenario, const options& how,
                           const progress_sink& sink) {
  if (!found.finding || found.finding->kind == oracle::memory) return found;
  options past_it = how;
  past_it.without = found.finding->kind;
  // What is passed over is not missed.
  checks::scenario_info rest_of_it = scenario;
  if (scenario.known && scenario.known->kind == *past_it.without) rest_of_it.known.reset();
  report::result rest = by.check(rest_of_it, past_it, sink);
  if (!rest.finding && !rest.proof.empty()) {
    add_effort(found, rest);
    return found;
  }
  add_effort(rest, found);
  if (!rest.known) rest.known = std::move(found.known);
  rest.passed_over = std::move(found.finding);
  if (!rest.finding) judge_rest(rest);
  return rest;
}

}  // namespace stockcheck::checkers
