// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/kernel_threads_checker.hpp"

#include "harness/judge.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/threaded_memory.hpp"
#include "kernel_source/run/unsupported.hpp"
#include "verify/kernel/kernel_finding.hpp"

#include <fmt/format.h>

#include <optional>

namespace stockcheck::verify {

harness::threads_checker kernel_threads_checker::inner() const {
  return harness::threads_checker(programs(), harness::patience_with_rounds, known());
}

bool kernel_threads_checker::can_check(const checks::scenario_info& scenario) const {
  return kernel_code_checker::can_check(scenario) && inner().can_check(scenario);
}

unsigned kernel_threads_checker::processors(const checks::scenario_info& scenario) const {
  return inner().processors(scenario);
}

report::result kernel_threads_checker::check(const checks::scenario_info& scenario,
                                             const harness::options& how,
                                             const harness::progress_sink& sink) {
  // It stays loaded: a task that does not come to an end is still in there.
  static std::optional<kernel_source::kernel_object> loaded;
  loaded.emplace(object(), kernel_source::threaded_platform());
  report::result result;
  try {
    result = inner().check(scenario, how, sink);
  } catch (const kernel_source::absent& lacking) {
    result = harness::begin_record(*this, scenario, how);
    harness::judge_skipped(result, lacking.what());
  } catch (const kernel_source::unsupported& why) {
    result = harness::begin_record(*this, scenario, how);
    harness::judge_unchecked(result, why.what());
  }
  name_by_cause(result);
  if (result.finding) result.replay = fmt::format("{} '{}'", command(), scenario.name);
  return result;
}

}  // namespace stockcheck::verify
