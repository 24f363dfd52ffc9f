// SPDX-License-Identifier: GPL-2.0-only
#include "cli/model_build.hpp"

#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/usage_error.hpp"
#include "harness/objects/scenario_builder.hpp"
#include "harness/objects/scenario_reader.hpp"
#include "harness/scenario_headers.hpp"
#include "harness/scenario_pattern.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "verify/model/model_tree.hpp"
#include "verify/model/patched_model.hpp"
#include "verify/model/scenario_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace stockcheck::cli {

namespace {

constexpr const char* was_interrupted = "interrupted before anything was checked";

std::string origins(const kernel_source::patch_series& series) {
  std::vector<std::string> names;
  names.reserve(series.patches.size());
  for (const kernel_source::patch& patch : series.patches) names.push_back(patch.origin);
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "page_counter/page_counter_charge" of "checks/page_counter/page_counter_charge.hpp".
std::string header_at(const std::string& path) {
  const std::size_t folder = std::string_view("checks/").size();
  return path.substr(folder, path.size() - folder - scenario_file_extension.size());
}

bool brings_scenarios(const std::string& path, const kernel_source::tree_files& files) {
  return path.starts_with("checks/") && path.ends_with(scenario_file_extension) &&
         !verify::model_tree::all().contains(path) &&
         files.at(path).find("= scenario_list<") != std::string::npos;
}

/// The headers with scenarios that are chosen, and those with what the patches change, which may be
/// chosen ones that nobody has seen yet.
std::vector<std::string> headers_of(const verify::patched_model& model,
                                    const std::vector<std::string>& changed,
                                    const confined_job_options& chosen) {
  std::vector<std::string> headers = chosen.files->headers();
  const auto is_chosen = [&](const checks::program_entry& entry) {
    if (chosen.scenarios.empty()) return chosen.files->is_empty();
    return std::ranges::any_of(chosen.scenarios, [&](const std::string& pattern) {
      return harness::matches(pattern, entry.info->name);
    });
  };
  for (const harness::scenario_header& header : harness::scenario_headers())
    if (std::ranges::any_of(header.programs, is_chosen) ||
        std::ranges::find(changed, fmt::format("checks/{}.hpp", header.name)) != changed.end())
      headers.emplace_back(header.name);
  for (const std::string& path : changed)
    if (brings_scenarios(path, model.files)) headers.push_back(header_at(path));
  return headers;
}

/// Sets what was compiled.
void compile(model_builds& builds, verify::patched_model model, const confined_job_options& chosen,
             scenario_files& files) {
  progress_line progress;
  const std::vector<std::string> changed = model.changed();
  const std::vector<std::string> headers = headers_of(model, changed, chosen);
  const harness::built_scenarios built = harness::build_scenarios(
      {.files = std::move(model.files),
       .headers = headers,
       .processors = chosen.processors,
       .stop = &interrupted(),
       .progress = [&](std::size_t done) {
         progress.show(fmt::format("compiling the scenarios with the patch: {} of {} files", done,
                                   headers.size()));
       }});
  for (const std::string& note : built.notes) fmt::print(stderr, "note: {}\n", note);
  for (const std::string& path : changed) {
    const bool is_included = built.included.contains(path);
    builds.is_changed |= is_included;
    if (!is_included) builds.not_included.push_back(path);
  }
  harness::read_scenarios read =
      harness::read_objects(built.objects, chosen.processors, interrupted());
  if (interrupted()) throw std::runtime_error(was_interrupted);
  for (const auto& [header, scenarios] : read.all())
    for (const checks::scenario_info& scenario : scenarios)
      builds.after.replace(std::string(scenario.name), {built.objects.at(header), header});
  if (const std::string change = verify::scenario_change(read); !change.empty())
    throw usage_error(fmt::format("{}: {}", origins(builds.series), change));
  files.adopt(std::move(read), origins(builds.series));
}

}  // namespace

model_builds build_models(const std::vector<std::string>& patches,
                          const confined_job_options& chosen, scenario_files& files) {
  try {
    verify::patched_model model =
        verify::apply_to_model(patches, "stockcheck " STOCKCHECK_VERSION, &interrupted());
    model_builds builds;
    builds.tree = model.tree;
    builds.series = std::move(model.series);
    builds.applied = std::move(model.applied);
    compile(builds, std::move(model), chosen, files);
    return builds;
  } catch (const kernel_source::source_error& error) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw usage_error(error.what());
  } catch (const kernel_source::machine_error&) {
    if (interrupted()) throw std::runtime_error(was_interrupted);
    throw;
  }
}

}  // namespace stockcheck::cli
