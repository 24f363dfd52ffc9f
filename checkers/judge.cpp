#include "checkers/judge.hpp"

#include "checkers/known_catalogue.hpp"

#include <fmt/format.h>

namespace stockcheck::checkers {

report::result begin_record(const checker& by, const checks::scenario_info& scenario,
                            const options& how) {
  report::result record;
  record.scenario = scenario.name;
  record.checker = by.name();
  record.seed = how.seed;
  for (const checks::task_info& task : scenario.tasks())
    record.tasks.push_back(fmt::format("{} on cpu {}{}", task.does, task.where.cpu,
                                       task.where.migrations > 0 ? ", may migrate" : ""));
  if (scenario.known) record.known = shipped_catalogue().property(scenario.known->id);
  return record;
}

bool can_pass_over(oracle kind) { return kind != oracle::memory && kind != oracle::progress; }

void judge(report::result& result, const checker& by, const checks::scenario_info& scenario) {
  using report::verdict;
  if (!scenario.known) {
    result.verdict = result.finding ? verdict::fail : verdict::pass;
  } else if (result.finding) {
    result.verdict = result.finding->kind == scenario.known->kind ? verdict::known : verdict::fail;
  } else if (by.finds_known_properties()) {
    result.verdict = verdict::fail;
    result.guarantee =
        fmt::format("no longer found, although {}; {}",
                    text_of(shipped_catalogue().property(scenario.known->id)), result.guarantee);
  } else {
    result.verdict = verdict::pass;
  }
}

}  // namespace stockcheck::checkers
