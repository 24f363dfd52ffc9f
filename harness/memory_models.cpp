// SPDX-License-Identifier: GPL-2.0-only
#include "harness/memory_models.hpp"

#include <algorithm>
#include <stdexcept>

namespace stockcheck::harness {

namespace {

constexpr std::string_view all = "all";

}  // namespace

std::vector<explore::memory_model> all_memory_models() {
  std::vector<explore::memory_model> models;
  for (const auto& words : explore::memory_models) models.push_back(words.model);
  return models;
}

std::vector<std::string> memory_model_options() {
  std::vector<std::string> options;
  for (const auto& words : explore::memory_models) options.emplace_back(words.option);
  options.emplace_back(all);
  return options;
}

std::vector<explore::memory_model> memory_models_of(std::string_view option) {
  if (option == all) return all_memory_models();
  for (const auto& words : explore::memory_models)
    if (words.option == option) return {words.model};
  throw std::out_of_range("no memory model is named " + std::string(option));
}

std::string option_of(std::span<const explore::memory_model> models) {
  return std::string(models.size() == 1 ? explore::words_of(models.front()).option : all);
}

std::string titles_of(std::span<const explore::memory_model> models) {
  std::string titles;
  for (const explore::memory_model model : models) {
    if (!titles.empty()) titles += ", ";
    titles += explore::words_of(model).title;
  }
  return titles;
}

}  // namespace stockcheck::harness
