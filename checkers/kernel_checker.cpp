#include "checkers/kernel_checker.hpp"

#include "checkers/behind_known.hpp"
#include "checkers/judge.hpp"
#include "checkers/kernel_finding.hpp"
#include "checkers/known_catalogue.hpp"
#include "source/subject/endless_loop_watch.hpp"
#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_object.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stockcheck::checkers {

report::result kernel_checker::check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) {
  const source::kernel_object loaded(object(), source::explored_platform());
  const source::endless_loop_watch watch;
  race_collector races;
  explore_checker inner = explorer(races);
  report::result result = inner.check(scenario, how, sink);
  name_by_cause(result.finding);
  const auto known = shipped_catalogue().failure(result, release());
  judge_known(result, known);
  const bool promise_is_known = result.verdict == report::verdict::known && result.finding &&
                                result.finding->kind == oracle::scenario;
  if (known || promise_is_known) {
    result = look_behind(std::move(result), inner, scenario, how, sink);
    name_by_cause(result.finding);
    // It may be what comes of the same.
    judge_known(result, shipped_catalogue().failure(result, release()));
  }
  result.races = races.take();
  result.functions = loaded.functions_run();
  for (const auto& [file, ran] : loaded.lines_run())
    if (const auto asked = lines().find(file); asked != lines().end())
      std::ranges::set_intersection(ran, asked->second,
                                    std::inserter(result.lines[file], result.lines[file].end()));
  std::erase_if(result.lines, [](const auto& of_file) { return of_file.second.empty(); });
  judge_races(result, scenario);
  return result;
}

}  // namespace stockcheck::checkers
