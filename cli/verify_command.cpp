// stockcheck verify
#include "checkers/explore_walk.hpp"
#include "checkers/kernel_checker.hpp"
#include "checkers/model_checker.hpp"
#include "cli/command.hpp"
#include "cli/confined_jobs.hpp"
#include "cli/interrupt.hpp"
#include "cli/kernel_build.hpp"
#include "cli/memory_models.hpp"
#include "cli/model_build.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/selection.hpp"
#include "cli/shell_word.hpp"
#include "cli/usage_error.hpp"
#include "cli/witnesses.hpp"
#include "report/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace stockcheck::cli {

namespace {

struct verify_options {
  std::vector<std::string> patches;
  bool of_model = false;  ///< of ours, not of a kernel
  kernel_options kernel;
  confined_job_options jobs;
  bool reply = false;
  output_options out;
};

/// The command line without what only says how results are shown, and without the scenarios.
std::string command_of(const verify_options& chosen) {
  std::string text = fmt::format("stockcheck verify{}{}{}", chosen.of_model ? " --model" : "",
                                 arguments_of(chosen.kernel), arguments_of(chosen.jobs));
  for (const std::string& patch : chosen.patches) text += ' ' + shell_word(patch);
  return text;
}

/// The same with the scenarios.
std::string whole_command_of(const verify_options& chosen) {
  std::string text = command_of(chosen);
  for (const std::string& pattern : chosen.jobs.scenarios)
    text += " --scenario " + shell_word(pattern);
  return text;
}

/// Runs the scenarios on what was there before and on what is there after.
report::verification compare(checkers::checker& before, checkers::checker& after,
                             const patched_tree& of, const verify_options& chosen) {
  std::vector<checkers::job> jobs;
  add_confined_jobs(before, of.tree, chosen.jobs, jobs);
  const auto half = static_cast<std::ptrdiff_t>(jobs.size());
  add_confined_jobs(after, of.tree + ", patched", chosen.jobs, jobs);
  auto [results, seconds] = run_confined_jobs(jobs, chosen.jobs);
  report::verification v{
      .tree = of.tree,
      .patches = patch_lines(of),
      .notes = patch_notes(of),
      .is_changed = of.is_changed,
      .has_fuzz = has_fuzz(of),
      .not_included = of.not_included,
      .memory_models = checkers::model_names_of(memory_models().at(chosen.jobs.model)),
      .command = whole_command_of(chosen),
      .seconds = seconds};
  v.before.assign(std::make_move_iterator(results.begin()),
                  std::make_move_iterator(results.begin() + half));
  v.after.assign(std::make_move_iterator(results.begin() + half),
                 std::make_move_iterator(results.end()));
  if (!std::ranges::equal(v.before, v.after, {}, &report::result::scenario,
                          &report::result::scenario))
    throw std::logic_error("other scenarios can be run with the patches than without");
  add_witnesses(v, before, after, chosen.jobs);
  return v;
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

report::exit_code verify_kernel(const verify_options& chosen, output& out) {
  const kernel_builds builds = build_kernels(chosen.kernel, chosen.patches);
  const std::string command = fmt::format("{} --scenario", command_of(chosen));
  checkers::kernel_checker before(builds.before.object, builds.release, command);
  if (chosen.patches.empty()) {
    std::vector<checkers::job> jobs;
    add_confined_jobs(before, builds.tree, chosen.jobs, jobs);
    const auto [results, seconds] = run_confined_jobs(jobs, chosen.jobs);
    out.write(results, seconds);
    return report::exit_code_of(results);
  }
  checkers::kernel_checker after(builds.after.object, builds.release, command);
  report::verification v = compare(before, after, builds, chosen);
  v.unexercised = unexercised(builds, v.after);
  out.write(v, chosen.reply);
  return report::exit_code_of(v);
}

report::exit_code verify_model(const verify_options& chosen, output& out) {
  if (chosen.patches.empty())
    throw usage_error("--model wants a patch: 'stockcheck check' checks the model as it stands");
  const auto scenarios = select_scenarios(chosen.jobs.scenarios);
  const model_builds builds = build_models(chosen.patches, scenarios, chosen.jobs.processors);
  const std::string command = fmt::format("{} --scenario", command_of(chosen));
  checkers::model_checker before(command);
  checkers::model_checker after(command, builds.after);
  report::verification v = compare(before, after, builds, chosen);
  v.compiled =
      "It compiled stockcheck's model of the kernel's algorithms with them; without them\n"
      "it is built in.";
  out.write(v, chosen.reply);
  return report::exit_code_of(v);
}

void refuse_what_does_not_fit(const verify_options& chosen) {
  if (chosen.patches.empty() && chosen.reply)
    throw usage_error("--reply wants a patch to answer to");
  if (!chosen.patches.empty() && (chosen.out.details_of_known || chosen.out.outcomes))
    throw usage_error(fmt::format("{} shows a kernel as it stands: leave the patches out",
                                  chosen.out.outcomes ? "--outcomes" : "--known"));
}

report::exit_code run(const verify_options& chosen) {
  refuse_what_does_not_fit(chosen);
  output out(chosen.out);
  catch_interrupts(chosen.jobs.limit);
  return chosen.of_model ? verify_model(chosen, out) : verify_kernel(chosen, out);
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
      .add_flag("--model", chosen->of_model,
                "The patches are of stockcheck's own model of the kernel's algorithms, the "
                "directories model/ and checks/ of its source")
      ->excludes("--linux")
      ->excludes("--base");
  verify
      .add_option(
          "--scenario", chosen->jobs.scenarios,
          "Scenarios: a name, an algorithm, or a pattern with * and ?; several with commas; "
          "all by default")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("PATTERN");
  add_confined_job_flags(verify, chosen->jobs);
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
      "  git diff model/ | stockcheck verify --model -     a change of our model\n"
      "\n"
      "Exit code: 0 nothing newly fails (without patches: nothing fails), 1 something does, 2 "
      "wrong\n"
      "usage or a patch that does not apply or compile, 3 something stayed unknown, 4 the machine\n"
      "failed.");
  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
