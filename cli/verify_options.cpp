// SPDX-License-Identifier: GPL-2.0-only
#include "cli/verify_options.hpp"

#include "cli/shell_word.hpp"
#include "cli/witnesses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace stockcheck::cli {

namespace {

/// Adds the scenarios to what command_of() returns.
std::string whole_command_of(const verify_options& chosen) {
  std::string text = command_of(chosen);
  for (const std::string& pattern : chosen.jobs.scenarios)
    text += " --scenario " + shell_word(pattern);
  return text;
}

}  // namespace

std::string command_of(const verify_options& chosen) {
  std::string text = fmt::format("stockcheck verify{}{}{}", chosen.of_model ? " --of-model" : "",
                                 arguments_of(chosen.kernel), arguments_of(chosen.jobs));
  for (const std::string& file : chosen.jobs.file_names)
    text += " --scenario-file " + shell_word(file);
  for (const std::string& patch : chosen.patches) text += ' ' + shell_word(patch);
  return text;
}

report::verification verification_of(const patched_tree& of, const verify_options& chosen) {
  return {.tree = of.tree,
          .patches = patch_lines(of),
          .notes = patch_notes(of),
          .is_changed = of.is_changed,
          .has_fuzz = has_fuzz(of),
          .not_included = of.not_included,
          .memory_models = harness::titles_of(harness::memory_models_of(chosen.jobs.model)),
          .command = whole_command_of(chosen)};
}

report::verification compare(harness::checker& before, harness::checker& after,
                             const patched_tree& of, const verify_options& chosen) {
  std::vector<harness::job> jobs;
  add_confined_jobs(before, of.tree, chosen.jobs, jobs);
  const auto half = static_cast<std::ptrdiff_t>(jobs.size());
  add_confined_jobs(after, of.tree + ", patched", chosen.jobs, jobs);
  auto [results, seconds] = run_confined_jobs(jobs, chosen.jobs);
  report::verification v = verification_of(of, chosen);
  v.seconds = seconds;
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

}  // namespace stockcheck::cli
