#include "cli/model_build.hpp"

#include "checkers/scenario_groups.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/usage_error.hpp"
#include "source/model/model_builder.hpp"
#include "source/model/model_tree.hpp"
#include "source/source_error.hpp"
#include "source/tree/scratch_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace stockcheck::cli {

namespace {

/// The files with what the patches made of them.
source::tree_files patched_files(const model_builds& builds, const source::scratch_tree& scratch) {
  source::tree_files files = source::model_tree::all();
  for (const source::applied_patch& patch : builds.applied) {
    for (const std::string& path : patch.changed) {
      files.erase(path);
      if (scratch.has(path)) files[path] = scratch.read(path);
    }
    for (const std::string& path : patch.ignored)
      if (source::model_tree::is_built_in(path))
        throw usage_error(
            fmt::format("{} changes {}, which stockcheck itself is compiled with: apply it and "
                        "build stockcheck",
                        patch.origin, path));
  }
  return files;
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
    const source::model_tree tree("stockcheck " STOCKCHECK_VERSION);
    model_builds builds;
    builds.tree = tree.identity().name();
    source::scratch_tree scratch(tree, {});
    builds.series = source::read_patches(patches, tree);
    builds.applied = source::apply_series(builds.series, tree, scratch);
    const source::tree_files files = patched_files(builds, scratch);
    builds.is_changed = files != source::model_tree::all();
    const std::vector<std::string> groups = groups_of(scenarios);
    builds.after = source::build_model(
        {.files = files,
         .groups = groups,
         .processors = processors,
         .stop = &interrupted(),
         .progress = [&](std::size_t done) {
           progress.show(fmt::format("compiling the scenarios with the patch: {} of {} files", done,
                                     groups.size()));
         }});
    return builds;
  } catch (const source::source_error& error) {
    if (interrupted()) throw std::runtime_error("interrupted before anything was checked");
    throw usage_error(error.what());
  }
}

}  // namespace stockcheck::cli
