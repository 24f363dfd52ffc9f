// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/patched_model.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/tree/scratch_tree.hpp"
#include "verify/model/model_tree.hpp"

#include <fmt/format.h>

namespace stockcheck::verify {

using namespace kernel_source;

namespace {

/// The engine that checks a patch is the one in stockcheck.
void require_no_engine(const patch_series& series) {
  for (const patch& one : series.patches)
    for (const file_change& change : one.files)
      for (const std::string& path : {change.old_path, change.new_path})
        if (model_tree::is_built_in(path))
          throw source_error(
              fmt::format("{} changes {}, which stockcheck itself is compiled with: apply it and "
                          "build stockcheck",
                          one.origin, path));
}

}  // namespace

std::vector<std::string> patched_model::changed() const {
  const tree_files ours = model_tree::all();
  std::vector<std::string> changed;
  for (const auto& [path, text] : files)
    if (const auto file = ours.find(path); file == ours.end() || file->second != text)
      changed.push_back(path);
  return changed;
}

patched_model apply_to_model(const std::vector<std::string>& patches, const std::string& version,
                             const std::atomic<bool>* stop) {
  const model_tree tree(version);
  patched_model model{.tree = tree.identity().name(),
                      .series = read_patches(patches, tree, stop),
                      .files = model_tree::all()};
  require_no_engine(model.series);
  scratch_tree scratch(tree, {});
  model.applied = apply_series(model.series, tree, scratch);
  for (const applied_patch& patch : model.applied)
    for (const std::string& path : patch.changed) {
      model.files.erase(path);
      if (scratch.has(path)) model.files[path] = scratch.read(path);
    }
  return model;
}

}  // namespace stockcheck::verify
