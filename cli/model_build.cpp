// SPDX-License-Identifier: GPL-2.0-only
#include "cli/model_build.hpp"

#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/usage_error.hpp"
#include "harness/scenario_headers.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/tree/scratch_tree.hpp"
#include "verify/model/model_builder.hpp"
#include "verify/model/model_tree.hpp"
#include "verify/model/scenario_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace stockcheck::cli {

namespace {

constexpr const char* was_interrupted = "interrupted before anything was checked";

std::vector<std::string> origins(const kernel_source::patch_series& series) {
  std::vector<std::string> names;
  names.reserve(series.patches.size());
  for (const kernel_source::patch& patch : series.patches) names.push_back(patch.origin);
  return names;
}

/// The engine that checks a patch is the one in stockcheck.
void require_no_engine(const kernel_source::patch_series& series) {
  for (const kernel_source::patch& patch : series.patches)
    for (const kernel_source::file_change& change : patch.files)
      for (const std::string& path : {change.old_path, change.new_path})
        if (verify::model_tree::is_built_in(path))
          throw usage_error(
              fmt::format("{} changes {}, which stockcheck itself is compiled with: apply it and "
                          "build stockcheck",
                          patch.origin, path));
}

/// The files with what the patches made of them.
kernel_source::tree_files patched_files(const model_builds& builds,
                                        const kernel_source::scratch_tree& scratch) {
  kernel_source::tree_files files = verify::model_tree::all();
  for (const kernel_source::applied_patch& patch : builds.applied)
    for (const std::string& path : patch.changed) {
      files.erase(path);
      if (scratch.has(path)) files[path] = scratch.read(path);
    }
  return files;
}

/// Lists the patched files that stockcheck does not have, or has with another text.
std::vector<std::string> changed_files(const kernel_source::tree_files& patched) {
  const kernel_source::tree_files ours = verify::model_tree::all();
  std::vector<std::string> changed;
  for (const auto& [path, text] : patched)
    if (const auto file = ours.find(path); file == ours.end() || file->second != text)
      changed.push_back(path);
  return changed;
}

std::vector<std::string> headers_of(std::span<const checks::scenario_info* const> scenarios) {
  std::vector<std::string> headers;
  for (const checks::scenario_info* scenario : scenarios)
    if (std::string header(harness::header_of(scenario->name).name);
        std::ranges::find(headers, header) == headers.end())
      headers.push_back(std::move(header));
  return headers;
}

}  // namespace

model_builds build_models(const std::vector<std::string>& patches,
                          std::span<const checks::scenario_info* const> scenarios,
                          unsigned processors) {
  progress_line progress;
  try {
    const verify::model_tree tree("stockcheck " STOCKCHECK_VERSION);
    model_builds builds;
    builds.tree = tree.identity().name();
    builds.series = kernel_source::read_patches(patches, tree, &interrupted());
    require_no_engine(builds.series);
    kernel_source::scratch_tree scratch(tree, {});
    builds.applied = kernel_source::apply_series(builds.series, tree, scratch);
    const kernel_source::tree_files files = patched_files(builds, scratch);
    const std::vector<std::string> headers = headers_of(scenarios);
    verify::built_model built = verify::build_model(
        {.files = files,
         .headers = headers,
         .processors = processors,
         .stop = &interrupted(),
         .progress = [&](std::size_t done) {
           progress.show(fmt::format("compiling the scenarios with the patch: {} of {} files", done,
                                     headers.size()));
         }});
    for (const std::string& note : built.notes) fmt::print(stderr, "note: {}\n", note);
    builds.after = std::move(built.objects);
    for (std::string& path : changed_files(files)) {
      const bool is_included = built.included.contains(path);
      builds.is_changed |= is_included;
      if (!is_included) builds.not_included.push_back(std::move(path));
    }
    const std::string change = verify::scenario_change(builds.after, processors, interrupted());
    if (interrupted()) throw std::runtime_error(was_interrupted);
    if (!change.empty())
      throw usage_error(fmt::format("{}: {}", fmt::join(origins(builds.series), ", "), change));
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
