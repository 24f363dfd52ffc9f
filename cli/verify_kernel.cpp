// SPDX-License-Identifier: GPL-2.0-only
#include "cli/verify_kernel.hpp"

#include "cli/confined_jobs.hpp"
#include "cli/series_steps.hpp"
#include "cli/touched_code.hpp"
#include "cli/witnesses.hpp"
#include "harness/programs.hpp"
#include "report/series.hpp"
#include "verify/kernel/kernel_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::cli {

namespace {

/// Says why nothing is run for patches that change no code of the files that checks look at.
std::string why_nothing(const kernel_builds& of) {
  return of.before.files == of.after.files
             ? "Nothing was run: no check looks at a file that the patches change"
             : "Nothing was run: the patches change no code, of the files that checks look at";
}

std::string what_was_compiled(const kernel_builds& of) {
  const auto compiled = [](const built_kernel& side) {
    return side.lacks_counters ? "nothing of the kernel"
           : side.lacks.empty()
               ? "the kernel's own mm/page_counter.c and what scenarios call of mm/memcontrol.c"
               : "the kernel's own mm/page_counter.c, and nothing of mm/memcontrol.c,";
  };
  const std::string before = compiled(of.before);
  const std::string after = compiled(of.after);
  if (before == after) return fmt::format("It compiled {} before and after the patches.", before);
  return fmt::format("It compiled {} before the patches, and {} with them.", before, after);
}

/// The functions that the patches touch and that ran in no scenario.
std::vector<std::string> unexercised(const kernel_builds& builds,
                                     const std::vector<report::result>& after) {
  std::vector<std::string> left = touched_functions(builds.before.files, builds.after.files);
  for (const report::result& r : after)
    std::erase_if(left, [&](const std::string& name) {
      return std::ranges::find(r.functions, name) != r.functions.end();
    });
  return left;
}

std::string command_for(const verify_options& chosen) {
  return fmt::format("{} --scenario", command_of(chosen));
}

harness::programs programs_for(const verify_options& chosen) {
  return programs_on(harness::scenario_subject::explored_kernel, chosen.jobs);
}

/// Completes the verification of patches that change code, of which there are results.
void finish(report::verification& v, const kernel_builds& builds, const touched_code& touched) {
  v.compiled = what_was_compiled(builds);
  v.unexercised = unexercised(builds, v.after);
  touched.judge(v);
}

exit_code verify_tree(const kernel_builds& builds, const verify_options& chosen, output& out) {
  verify::kernel_checker checker(builds.before.object, builds.release, command_for(chosen),
                                 programs_for(chosen));
  std::vector<harness::job> jobs;
  add_confined_jobs(checker, builds.tree, chosen.jobs, jobs);
  const auto [results, seconds] = run_confined_jobs(jobs, chosen.jobs);
  out.write(results, seconds);
  return report::exit_code_of(results);
}

exit_code verify_whole(const kernel_builds& builds, const verify_options& chosen, output& out) {
  const touched_code touched(builds);
  report::verification v;
  if (touched.has_code()) {
    const harness::programs programs = programs_for(chosen);
    verify::kernel_checker before(builds.before.object, builds.release, command_for(chosen),
                                  programs);
    verify::kernel_checker after(builds.after.object, builds.release, command_for(chosen),
                                 programs);
    before.ask_about(touched.before().asked());
    after.ask_about(touched.after().asked());
    v = compare(before, after, builds, chosen);
    finish(v, builds, touched);
  } else {
    v = verification_of(builds, chosen);
    v.nothing_to_check = why_nothing(builds);
  }
  std::ranges::move(notes_on_steps(builds, v, chosen.jobs), std::back_inserter(v.notes));
  out.write(v, chosen.reply);
  return report::exit_code_of(v);
}

void add(kernel_source::file_lines& to, const kernel_source::file_lines& more) {
  for (const auto& [file, lines] : more) to[file].insert(lines.begin(), lines.end());
}

/// Every version of the kernel in a series is run once, however many patches lie next to it.
exit_code verify_each(const kernel_builds& whole, const verify_options& chosen, output& out) {
  struct patch_of_series {
    std::size_t from;
    std::size_t to;
    kernel_builds builds;
    std::unique_ptr<touched_code> touched{};
  };
  const std::vector<series_step> steps = steps_of(whole);
  std::vector<kernel_source::file_lines> asked(steps.size());
  std::vector<bool> is_run(steps.size());
  std::deque<patch_of_series> patches;
  std::size_t from = 0;
  for (std::size_t to = 1; to < steps.size(); ++to) {
    patch_of_series& p = patches.emplace_back(from, to, part_of(whole, steps, from, to));
    if (!steps[to].kernel) continue;
    p.touched = std::make_unique<touched_code>(p.builds);
    if (p.touched->has_code()) {
      add(asked[from], p.touched->before().asked());
      add(asked[to], p.touched->after().asked());
      is_run[from] = is_run[to] = true;
    }
    from = to;
  }
  std::deque<verify::kernel_checker> checkers;
  std::vector<verify::kernel_checker*> checker_of(steps.size());
  std::vector<harness::job> jobs;
  harness::programs programs;
  if (std::ranges::find(is_run, true) != is_run.end()) programs = programs_for(chosen);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!is_run[i]) continue;
    auto& checker = checkers.emplace_back(steps[i].kernel->object, whole.release,
                                          command_for(chosen), programs);
    checker_of[i] = &checker;
    checker.ask_about(asked[i]);
    add_confined_jobs(checker, whole.tree + (i == 0 ? "" : fmt::format(", patch {}", i)),
                      chosen.jobs, jobs);
  }
  std::vector<std::vector<report::result>> results(steps.size());
  double seconds = 0;
  if (!jobs.empty()) {
    confined_results ran = run_confined_jobs(jobs, chosen.jobs);
    seconds = ran.seconds;
    const std::size_t each = jobs.size() / checkers.size();
    auto next = std::make_move_iterator(ran.results.begin());
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (is_run[i]) {
        const auto end = next + static_cast<std::ptrdiff_t>(each);
        results[i].assign(next, end);
        next = end;
      }
  }
  std::vector<report::verification> all;
  for (const patch_of_series& p : patches) {
    report::verification& v = all.emplace_back(verification_of(p.builds, chosen));
    v.no_code = steps[p.to].no_code;
    v.seconds = seconds / static_cast<double>(patches.size());
    if (!v.no_code.empty()) continue;
    if (!p.touched->has_code()) {
      v.nothing_to_check = why_nothing(p.builds);
      continue;
    }
    v.before = results[p.from];
    v.after = results[p.to];
    finish(v, p.builds, *p.touched);
    add_witnesses(v, *checker_of[p.from], *checker_of[p.to], chosen.jobs);
  }
  out.write(all, chosen.reply);
  return report::exit_code_of(all);
}

}  // namespace

exit_code verify_kernel(const verify_options& chosen, output& out) {
  const kernel_builds builds = build_kernels(chosen.kernel, chosen.patches);
  if (chosen.patches.empty()) return verify_tree(builds, chosen, out);
  return chosen.each ? verify_each(builds, chosen, out) : verify_whole(builds, chosen, out);
}

}  // namespace stockcheck::cli
