#include "checkers/kernel_threads_checker.hpp"

#include "checkers/judge.hpp"
#include "checkers/kernel_finding.hpp"
#include "checkers/programs.hpp"
#include "checkers/threads_checker.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/threaded_memory.hpp"
#include "kernel_source/run/unsupported.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace stockcheck::checkers {

bool kernel_threads_checker::can_check(const checks::scenario_info& scenario) const {
  return threads_checker(threaded_kernel_programs()).can_check(scenario) &&
         std::ranges::any_of(threaded_kernel_programs(),
                             [&](const auto& entry) { return entry.info->name == scenario.name; });
}

unsigned kernel_threads_checker::processors(const checks::scenario_info& scenario) const {
  return threads_checker(threaded_kernel_programs()).processors(scenario);
}

report::result kernel_threads_checker::check(const checks::scenario_info& scenario,
                                             const options& how, const progress_sink& sink) {
  // It stays loaded: a task that does not come to an end is still in there.
  static std::optional<kernel_source::kernel_object> loaded;
  loaded.emplace(object(), kernel_source::threaded_platform());
  report::result result;
  try {
    result = threads_checker(threaded_kernel_programs(), patience_with_rounds, known())
                 .check(scenario, how, sink);
  } catch (const kernel_source::absent& lacking) {
    result = begin_record(*this, scenario, how);
    judge_skipped(result, lacking.what());
  } catch (const kernel_source::unsupported& why) {
    result = begin_record(*this, scenario, how);
    judge_unchecked(result, why.what());
  }
  name_by_cause(result);
  if (result.finding) result.replay = fmt::format("{} '{}'", command(), scenario.name);
  return result;
}

}  // namespace stockcheck::checkers
