// SPDX-License-Identifier: GPL-2.0-only
// Several memory models, as users name them.
#pragma once

#include "explore/vocabulary.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::harness {

/// What the option "all" stands for, the strongest first: what that finds needs no weaker one to be
/// understood.
std::vector<explore::memory_model> all_memory_models();

/// "sc, tso, rc11, all".
std::vector<std::string> memory_model_options();

/// Returns the models that an option of memory_model_options() stands for.
std::vector<explore::memory_model> memory_models_of(std::string_view option);

/// The option that stands for them.
std::string option_of(std::span<const explore::memory_model> models);

/// "SC, TSO, RC11".
std::string titles_of(std::span<const explore::memory_model> models);

}  // namespace stockcheck::harness
