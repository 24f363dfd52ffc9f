// stockcheck verify
#include "checkers/kernel_checker.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/kernel_build.hpp"
#include "cli/kernel_jobs.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "report/verification.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::cli {

namespace {

struct verify_options {
  std::vector<std::string> patches;
  kernel_options kernel;
  kernel_job_options jobs;
  bool reply = false;
  output_options out;
};

/// The command line without what only says how results are shown.
std::string command_of(const verify_options& chosen) {
  std::string text = kernel_command("verify", chosen.kernel, chosen.jobs);
  for (const std::string& patch : chosen.patches) text += fmt::format(" {}", patch);
  return text;
}

std::vector<std::string> notes_of(const kernel_builds& builds) {
  std::vector<std::string> notes = builds.series.skipped;
  for (const source::applied_patch& patch : builds.applied) {
    for (const source::inexact_hunk& hunk : patch.inexact)
      notes.push_back(
          fmt::format("{}: hunk {} of {} went to line {}, {} lines from where it says, "
                      "with fuzz {}",
                      patch.origin, hunk.number, hunk.file, hunk.line, hunk.offset, hunk.fuzz));
    if (!patch.ignored.empty())
      notes.push_back(
          fmt::format("{}: no check looks at {}", patch.origin, fmt::join(patch.ignored, ", ")));
  }
  if (!builds.series.patches.empty() && builds.before.files == builds.after.files)
    notes.emplace_back("nothing that is checked differs: the verdict is about nothing");
  return notes;
}

/// The functions that the patches touch and that ran in no scenario.
std::vector<std::string> unexercised(const kernel_builds& builds,
                                     const std::vector<report::result>& after) {
  std::vector<std::string> left = touched_functions(builds);
  for (const report::result& r : after)
    std::erase_if(left, [&](const std::string& name) {
      return std::ranges::find(r.functions, name) != r.functions.end();
    });
  return left;
}

/// The same with the chosen scenarios.
std::string whole_command_of(const verify_options& chosen) {
  std::string text = command_of(chosen);
  if (!chosen.jobs.scenarios.empty())
    text += fmt::format(" --scenario '{}'", fmt::join(chosen.jobs.scenarios, "' '"));
  return text;
}

report::verification verification_of(const kernel_builds& builds, const verify_options& chosen,
                                     std::vector<report::result> results, double seconds) {
  report::verification v{.tree = builds.tree,
                         .notes = notes_of(builds),
                         .memory_models = results.front().model,
                         .command = whole_command_of(chosen),
                         .seconds = seconds};
  for (const source::patch& patch : builds.series.patches)
    v.patches.push_back(fmt::format("{} ({})", patch.subject, patch.origin));
  const auto half = static_cast<std::ptrdiff_t>(results.size() / 2);
  v.before.assign(std::make_move_iterator(results.begin()),
                  std::make_move_iterator(results.begin() + half));
  v.after.assign(std::make_move_iterator(results.begin() + half),
                 std::make_move_iterator(results.end()));
  v.unexercised = unexercised(builds, v.after);
  return v;
}

report::exit_code run(const verify_options& chosen) {
  output out(chosen.out);
  catch_interrupts();
  const kernel_builds builds = build_kernels(chosen.kernel, chosen.patches);
  const std::string command = fmt::format("{} --scenario", command_of(chosen));
  checkers::kernel_checker before(builds.before.object, builds.tree, command);
  checkers::kernel_checker after(builds.after.object, fmt::format("{}, patched", builds.tree),
                                 command);
  std::vector<checkers::job> jobs;
  add_kernel_jobs(before, chosen.jobs, jobs);
  if (!chosen.patches.empty()) add_kernel_jobs(after, chosen.jobs, jobs);
  auto [results, seconds] = run_kernel_jobs(jobs, chosen.jobs);
  if (chosen.patches.empty()) {
    out.write(results, seconds);
    return report::exit_code_of(results);
  }
  const report::verification v = verification_of(builds, chosen, std::move(results), seconds);
  out.write(v, chosen.reply);
  return report::exit_code_of(v);
}

}  // namespace

command add_verify_command(CLI::App& app) {
  auto chosen = std::make_shared<verify_options>();
  CLI::App& verify = *app.add_subcommand(
      "verify", "Checks the kernel's own source, as it stands or before and after patches");
  verify
      .add_option("PATCH", chosen->patches,
                  "Patches in their order: a diff, a mail, an mbox, a quilt series file, a commit "
                  "range A..B of TREE, or - for standard input; without any, the tree as it stands")
      ->type_name("");
  add_kernel_flags(verify, chosen->kernel);
  verify
      .add_option("--scenario", chosen->jobs.scenarios,
                  "Scenarios: names, algorithms, or patterns with * and ?; all by default")
      ->type_name("PATTERN");
  add_kernel_job_flags(verify, chosen->jobs);
  verify.add_flag("--reply", chosen->reply, "Print a plain-text message for a mailing list");
  verify.add_flag("--known", chosen->out.details_of_known,
                  "Without patches: show counterexamples of known properties too");
  verify.add_flag("--outcomes", chosen->out.outcomes,
                  "Without patches: show the final states of every scenario");
  add_output_flags(verify, chosen->out);
  verify.footer(
      "A patch is applied to a scratch copy, never to TREE. Its code is compiled and run, in\n"
      "processes with limits but with your rights: do not verify what you would not build.\n"
      "\n"
      "Examples:\n"
      "  stockcheck verify                                 Debian's kernel source as it stands\n"
      "  stockcheck verify --linux 6.12 fix.patch          before and after a patch\n"
      "  stockcheck verify --linux ~/linux v6.12..topic    the commits of a branch\n"
      "  b4 am -o - MESSAGE-ID | stockcheck verify --linux ~/linux --reply -\n"
      "  stockcheck verify --linux 6.1 --scenario '*set_max*' --memory-model all\n"
      "\n"
      "Exit code: 0 nothing newly fails (without patches: nothing fails), 1 something does, 2 "
      "wrong\n"
      "usage or a patch that does not apply or compile, 3 something stayed unknown.");
  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
