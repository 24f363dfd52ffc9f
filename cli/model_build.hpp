// SPDX-License-Identifier: GPL-2.0-only
// Patches of our own model of the kernel's algorithms, and what was compiled with them.
#pragma once

#include "checks/base/scenario.hpp"
#include "cli/patched_tree.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace stockcheck::cli {

struct model_builds : patched_tree {
  std::map<std::string, std::filesystem::path> after{};  ///< as verify::build_model() returns it
};

/// Applies the patches to a copy of the model, and compiles the scenarios with it, so many side by
/// side. Throws usage_error for whatever is wrong with the patches.
model_builds build_models(const std::vector<std::string>& patches,
                          std::span<const checks::scenario_info* const> scenarios,
                          unsigned processors);

}  // namespace stockcheck::cli
