// SPDX-License-Identifier: GPL-2.0-only
// stockcheck compare
#include "cli/command.hpp"
#include "cli/confined_jobs.hpp"
#include "cli/interrupt.hpp"
#include "cli/kernel_build.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/scenario_files.hpp"
#include "cli/selection.hpp"
#include "cli/shell_word.hpp"
#include "harness/programs.hpp"
#include "verify/kernel/agreement_checker.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::cli {

namespace {

struct compare_options {
  std::vector<std::string> scenarios;  ///< patterns and files
  kernel_options kernel;
  confined_job_options jobs;
  output_options out;
};

std::string command_of(const compare_options& chosen) {
  std::string text =
      fmt::format("stockcheck compare{}{}", arguments_of(chosen.kernel), arguments_of(chosen.jobs));
  for (const std::string& file : chosen.jobs.file_names) text += " " + shell_word(file);
  return text;
}

exit_code run(compare_options& chosen) {
  output out(chosen.out);
  catch_interrupts(chosen.jobs.limit);
  auto [patterns, file_names] = patterns_and_files(chosen.scenarios);
  chosen.jobs.scenarios = std::move(patterns);
  chosen.jobs.file_names = std::move(file_names);
  constexpr auto model = harness::scenario_subject::explored_model;
  constexpr auto kernel = harness::scenario_subject::explored_kernel;
  constexpr std::array both{model, kernel};
  chosen.jobs.files =
      std::make_shared<const scenario_files>(chosen.jobs.file_names, both, chosen.jobs.processors);
  const kernel_builds builds = build_kernels(chosen.kernel, {});
  verify::agreement_checker checker(builds.before.object, builds.release, command_of(chosen),
                                    programs_on(model, chosen.jobs),
                                    programs_on(kernel, chosen.jobs));
  std::vector<harness::job> jobs;
  add_confined_jobs(checker, builds.tree, chosen.jobs, jobs);
  const auto [results, seconds] = run_confined_jobs(jobs, chosen.jobs);
  out.write(results, seconds);
  return report::exit_code_of(results);
}

}  // namespace

command add_compare_command(CLI::App& app) {
  auto chosen = std::make_shared<compare_options>();
  CLI::App& compare = *app.add_subcommand(
      "compare", "Compares our model with the kernel's own source: both reach the same states");
  compare
      .add_option("SCENARIO", chosen->scenarios,
                  "Scenarios: names, algorithms, or patterns with * and ?, all by default; or a "
                  "file of yours that ends in .hpp")
      ->type_name("");
  add_kernel_flags(compare, chosen->kernel);
  add_confined_job_flags(compare, chosen->jobs);
  add_output_flags(compare, chosen->out);
  compare.footer(
      "Known properties and data races are passed over: what is compared is everything behind "
      "them.\n"
      "\n"
      "Examples:\n"
      "  stockcheck compare                          Debian's newest kernel source\n"
      "  stockcheck compare --linux 6.1 'page_counter/set_max*'\n"
      "  stockcheck compare --linux 6.12 my_idea.hpp  scenarios in a file of yours\n"
      "\n"
      "Exit code: 0 the same, 1 a difference, 2 wrong usage, 3 something stayed unknown, 4 the\n"
      "machine failed.");
  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
