// SPDX-License-Identifier: GPL-2.0-only
#include "cli/series_steps.hpp"

#include "cli/usage_error.hpp"
#include "report/comparison.hpp"
#include "report/counterexample.hpp"
#include "report/exit_code.hpp"
#include "verify/kernel/kernel_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace stockcheck::cli {

namespace {

series_step compiled(const kernel_source::tree_files& files) {
  try {
    return {.kernel = build_step(files)};
  } catch (const usage_error& error) {
    return {.no_code = error.what()};
  }
}

/// The scenarios that may run what differs: those that ran a function of it, those of which is not
/// known what they ran, and all that ran if it is of no function.
std::vector<std::string> scenarios_that_may_run(const kernel_source::tree_files& before,
                                                const kernel_source::tree_files& after,
                                                const report::verification& of) {
  const std::vector<std::string> functions = touched_functions(before, after);
  const bool is_of_any = touches_more_than_functions(before, after);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < of.after.size(); ++i) {
    const auto runs = [&](const report::result& r) {
      if (!was_run(r.verdict)) return false;
      if (is_of_any || r.functions.empty()) return true;
      return std::ranges::any_of(functions, [&](const std::string& name) {
        return std::ranges::find(r.functions, name) != r.functions.end();
      });
    };
    if (runs(of.before[i]) || runs(of.after[i])) names.push_back(of.after[i].scenario);
  }
  return names;
}

std::set<std::string> signatures(const report::compared& of) {
  std::set<std::string> all;
  for (const report::finding& news : of.news) all.insert(news.signature);
  return all;
}

/// What fails on a version in the middle of a series alone, in one line; empty if nothing does.
std::string failing_alone(const built_kernel& kernel, const kernel_builds& whole,
                          const report::verification& of, const confined_job_options& how) {
  confined_job_options chosen = how;
  chosen.scenarios = scenarios_that_may_run(whole.before.files, kernel.files, of);
  if (chosen.scenarios.empty()) return "";
  verify::kernel_checker checker(kernel.object, whole.release, "",
                                 programs_on(harness::scenario_subject::explored_kernel, chosen));
  std::vector<harness::job> jobs;
  add_confined_jobs(checker, whole.tree, chosen, jobs);
  // What ran none of these functions ends as it did before.
  std::vector<report::result> middle = of.before;
  for (report::result& ran : run_confined_jobs(jobs, chosen).results)
    *std::ranges::find(middle, ran.scenario, &report::result::scenario) = std::move(ran);
  const std::vector<report::compared> to_middle = report::compare(of.before, middle);
  const std::vector<report::compared> to_end = report::compare(of.before, of.after);
  std::string first;
  std::size_t more = 0;
  for (std::size_t i = 0; i < middle.size(); ++i) {
    if (to_middle[i].change != report::change::newly_failing &&
        to_middle[i].change != report::change::new_failing)
      continue;
    const std::set<std::string> in_the_end = signatures(to_end[i]);
    const auto gone = std::ranges::find_if(to_middle[i].news, [&](const report::finding& news) {
      return !in_the_end.contains(news.signature);
    });
    if (gone == to_middle[i].news.end()) continue;
    if (first.empty())
      first = fmt::format("{}: {}", middle[i].scenario, report::summary_of(*gone));
    else
      ++more;
  }
  return more == 0 ? first : fmt::format("{}, and {} scenarios more", first, more);
}

}  // namespace

std::vector<series_step> steps_of(const kernel_builds& whole) {
  std::vector<series_step> steps{{.kernel = whole.before}};
  for (std::size_t i = 0; i < whole.steps.size(); ++i) {
    const bool is_last = i + 1 == whole.steps.size();
    const bool is_same = steps.back().kernel && steps.back().kernel->files == whole.steps[i];
    steps.push_back(is_last   ? series_step{.kernel = whole.after}
                    : is_same ? steps.back()
                              : compiled(whole.steps[i]));
  }
  return steps;
}

kernel_builds part_of(const kernel_builds& whole, const std::vector<series_step>& steps,
                      std::size_t from, std::size_t to) {
  kernel_builds part;
  part.tree = whole.tree;
  part.release = whole.release;
  part.series.patches = {whole.series.patches.at(to - 1)};
  part.applied = {whole.applied.at(to - 1)};
  part.before = *steps[from].kernel;
  part.after = steps[to].kernel ? *steps[to].kernel : part.before;
  part.is_changed = part.before.object != part.after.object;
  return part;
}

std::vector<std::string> notes_on_steps(const kernel_builds& whole, const report::verification& of,
                                        const confined_job_options& how) {
  std::vector<std::string> notes;
  if (whole.steps.size() < 2) return notes;
  const std::vector<series_step> steps = steps_of(whole);
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
    const auto note = [&](const std::string& what) {
      notes.push_back(fmt::format("after patch {} of {} ({}) {}; after a later one no more", i,
                                  steps.size() - 1, whole.series.patches[i - 1].origin, what));
    };
    if (!steps[i].kernel) {
      note(fmt::format("it does not compile: {}", steps[i].no_code));
      continue;
    }
    const built_kernel& kernel = *steps[i].kernel;
    if (!kernel.lacks.empty() && whole.after.lacks.empty())
      note(fmt::format("{} could not be checked: {}",
                       kernel.lacks_counters ? "mm/page_counter.c" : "mm/memcontrol.c",
                       kernel.lacks));
    const bool is_other =
        kernel.object != whole.before.object && kernel.object != whole.after.object &&
        (i == 1 || !steps[i - 1].kernel || kernel.object != steps[i - 1].kernel->object);
    if (!is_other) continue;
    if (const std::string failing = failing_alone(kernel, whole, of, how); !failing.empty())
      note(fmt::format("this fails: {}", failing));
  }
  return notes;
}

}  // namespace stockcheck::cli
