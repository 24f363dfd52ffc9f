#include "cli/model_build.hpp"

#include "checkers/scenario_changes.hpp"
#include "checkers/scenario_groups.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/usage_error.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/model/model_builder.hpp"
#include "kernel_source/model/model_tree.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/tree/scratch_tree.hpp"

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
        if (kernel_source::model_tree::is_built_in(path))
          throw usage_error(
              fmt::format("{} changes {}, which stockcheck itself is compiled with: apply it and "
                          "build stockcheck",
                          patch.origin, path));
}

/// The files with what the patches made of them.
kernel_source::tree_files patched_files(const model_builds& builds,
                                        const kernel_source::scratch_tree& scratch) {
  kernel_source::tree_files files = kernel_source::model_tree::all();
  for (const kernel_source::applied_patch& patch : builds.applied)
    for (const std::string& path : patch.changed) {
      files.erase(path);
      if (scratch.has(path)) files[path] = scratch.read(path);
    }
  return files;
}

/// Those of the patched files that stockcheck has not, or not so.
std::vector<std::string> changed_files(const kernel_source::tree_files& patched) {
  const kernel_source::tree_files ours = kernel_source::model_tree::all();
  std::vector<std::string> changed;
  for (const auto& [path, text] : patched)
    if (const auto file = ours.find(path); file == ours.end() || file->second != text)
      changed.push_back(path);
  return changed;
}

std::vector<std::string> groups_of(std::span<const checks::scenario_info* const> scenarios) {
  std::vector<std::string> groups;
  for (const checks::scenario_info* scenario : scenarios)
    if (std::string group(checkers::group_of(scenario->name).name);
        std::ranges::find(groups, group) == groups.end())
      groups.push_back(std::move(group));
  return groups;
}

}  // namespace

model_builds build_models(const std::vector<std::string>& patches,
                          std::span<const checks::scenario_info* const> scenarios,
                          unsigned processors) {
  progress_line progress;
  try {
    const kernel_source::model_tree tree("stockcheck " STOCKCHECK_VERSION);
    model_builds builds;
    builds.tree = tree.identity().name();
    builds.series = kernel_source::read_patches(patches, tree, &interrupted());
    require_no_engine(builds.series);
    kernel_source::scratch_tree scratch(tree, {});
    builds.applied = kernel_source::apply_series(builds.series, tree, scratch);
    const kernel_source::tree_files files = patched_files(builds, scratch);
    const std::vector<std::string> groups = groups_of(scenarios);
    kernel_source::built_model built = kernel_source::build_model(
        {.files = files,
         .groups = groups,
         .processors = processors,
         .stop = &interrupted(),
         .progress = [&](std::size_t done) {
           progress.show(fmt::format("compiling the scenarios with the patch: {} of {} files", done,
                                     groups.size()));
         }});
    for (const std::string& note : built.notes) fmt::print(stderr, "note: {}\n", note);
    builds.after = std::move(built.objects);
    for (std::string& path : changed_files(files)) {
      const bool is_included = built.included.contains(path);
      builds.is_changed |= is_included;
      if (!is_included) builds.not_included.push_back(std::move(path));
    }
    const std::string change = checkers::scenario_change(builds.after, processors, interrupted());
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
