// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace stockcheck::mutants {

namespace {

oracle oracle_of(const header_field& field, std::string_view file) {
  const auto* const found = std::ranges::find(oracle_names, field.value);
  if (found == oracle_names.end())
    throw malformed_patch(file, field.line,
                          fmt::format("no oracle is named \"{}\"; there are: {}", field.value,
                                      fmt::join(oracle_names, ", ")));
  return static_cast<oracle>(found - oracle_names.begin());
}

}  // namespace

defect_header read_defect_header(std::istream& text, std::string_view file) {
  std::array<header_field, 5> fields{{{.key = "Defect"},
                                      {.key = "Scenario"},
                                      {.key = "Oracle"},
                                      {.key = "Stale", .required = false},
                                      {.key = "Recreates", .required = false}}};
  read_patch_header(text, file, fields);
  auto& [defect, scenario, oracle_name, stale, recreates] = fields;
  return {.defect = std::move(defect.value),
          .scenario = std::move(scenario.value),
          .scenario_line = scenario.line,
          .caught_by = oracle_of(oracle_name, file),
          .stale = std::move(stale.value),
          .recreates = std::move(recreates.value)};
}

defect_header read_defect_header(const std::filesystem::path& patch) {
  std::ifstream text(patch);
  if (!text) throw std::runtime_error(fmt::format("{}: cannot be read", patch.string()));
  return read_defect_header(text, patch.string());
}

}  // namespace stockcheck::mutants
