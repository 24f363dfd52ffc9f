// SPDX-License-Identifier: GPL-2.0-only
// Our model of the kernel's algorithms with patches applied, as files.
#pragma once

#include "kernel_source/patch/apply_patch.hpp"
#include "kernel_source/tree/tree_path.hpp"

#include <atomic>
#include <string>
#include <vector>

namespace stockcheck::verify {

struct patched_model {
  std::string tree{};  ///< what the patches were applied to, one line
  kernel_source::patch_series series{};
  std::vector<kernel_source::applied_patch> applied{};
  kernel_source::tree_files files{};  ///< model_tree::all(), with what the patches made of them

  /// Lists the files that stockcheck does not have, or has with another text.
  [[nodiscard]] std::vector<std::string> changed() const;
};

/// `patches` are as read_patches() wants them, `version` is stockcheck's. `stop`: gives up when it
/// becomes true. Throws source_error for whatever is wrong with them, also for a change of what
/// stockcheck itself is compiled with; machine_error.
patched_model apply_to_model(const std::vector<std::string>& patches, const std::string& version,
                             const std::atomic<bool>* stop);

}  // namespace stockcheck::verify
