// SPDX-License-Identifier: GPL-2.0-only
// stockcheck verify
#include "cli/command.hpp"
#include "cli/confined_jobs.hpp"
#include "cli/interrupt.hpp"
#include "cli/model_build.hpp"
#include "cli/output.hpp"
#include "cli/output_flags.hpp"
#include "cli/scenario_files.hpp"
#include "cli/usage_error.hpp"
#include "cli/verify_kernel.hpp"
#include "cli/verify_options.hpp"
#include "harness/programs.hpp"
#include "report/verification.hpp"
#include "verify/model/patched_model_checker.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>

namespace stockcheck::cli {

namespace {

constexpr harness::scenario_subject model = harness::scenario_subject::explored_model;
constexpr harness::scenario_subject kernel = harness::scenario_subject::explored_kernel;

exit_code verify_model(const verify_options& chosen, scenario_files& files, output& out) {
  if (chosen.patches.empty())
    throw usage_error("--of-model wants a patch: 'stockcheck check' checks the model as it stands");
  const model_builds builds = build_models(chosen.patches, chosen.jobs, files);
  const std::string command = fmt::format("{} --scenario", command_of(chosen));
  verify::patched_model_checker before(command, programs_on(model, chosen.jobs));
  verify::patched_model_checker after(command, builds.after);
  report::verification v = compare(before, after, builds, chosen);
  v.compiled =
      "It compiled stockcheck's model of the kernel's algorithms with them; without them it is "
      "built in.";
  out.write(v, chosen.reply);
  return report::exit_code_of(v);
}

void refuse_what_does_not_fit(const verify_options& chosen) {
  if (chosen.each && (chosen.of_model || chosen.patches.empty()))
    throw usage_error("--each wants the patches of a kernel");
  if (chosen.patches.empty() && chosen.reply)
    throw usage_error("--reply wants a patch to answer to");
  if (!chosen.patches.empty() && (chosen.out.details_of_known || chosen.out.outcomes))
    throw usage_error(fmt::format("{} shows a kernel as it stands: leave the patches out",
                                  chosen.out.outcomes ? "--outcomes" : "--known"));
}

exit_code run(verify_options& chosen) {
  refuse_what_does_not_fit(chosen);
  output out(chosen.out);
  catch_interrupts(chosen.jobs.limit);
  const std::array subjects{chosen.of_model ? model : kernel};
  const auto files =
      std::make_shared<scenario_files>(chosen.jobs.file_names, subjects, chosen.jobs.processors);
  chosen.jobs.files = files;
  return chosen.of_model ? verify_model(chosen, *files, out) : verify_kernel(chosen, out);
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
      .add_flag("--of-model", chosen->of_model,
                "The patches are of stockcheck's own model of the kernel's algorithms, the "
                "directories model/ and checks/ of its source")
      ->excludes("--linux")
      ->excludes("--base");
  verify.add_flag_callback("--model", [] { throw usage_error("--model has become --of-model"); })
      ->group("");
  verify
      .add_option(
          "--scenario", chosen->jobs.scenarios,
          "Scenarios: a name, an algorithm, or a pattern with * and ?; several with commas; "
          "all by default")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("PATTERN");
  add_scenario_file_flag(verify, chosen->jobs);
  add_confined_job_flags(verify, chosen->jobs);
  verify.add_flag("--each", chosen->each,
                  "A verdict on each patch of a series, on top of those before it");
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
      "  stockcheck verify --linux ~/linux --scenario-file my_idea.hpp fix.patch\n"
      "  git diff model/ | stockcheck verify --of-model -     a change of our model\n"
      "\n"
      "Exit code: 0 nothing newly fails (without patches: nothing fails), 1 something does, 2 "
      "wrong\n"
      "usage or a patch that does not apply or compile, 3 something stayed unknown, 4 the machine\n"
      "failed.");
  return [chosen] { return run(*chosen); };
}

}  // namespace stockcheck::cli
