// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/equivalent_header.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace stockcheck::mutants {

equivalent_header read_equivalent_header(std::istream& text, std::string_view file) {
  std::array<header_field, 2> fields{{{.key = "Equivalent"}, {.key = "Scenarios"}}};
  read_patch_header(text, file, fields);
  auto& [equivalent, scenarios] = fields;
  std::istringstream words(scenarios.value);
  std::vector<std::string> patterns{std::istream_iterator<std::string>(words), {}};
  if (patterns.empty())
    throw malformed_patch(file, scenarios.line, "\"Scenarios\" without a value");
  return {.because = std::move(equivalent.value),
          .scenarios = std::move(patterns),
          .scenarios_line = scenarios.line};
}

equivalent_header read_equivalent_header(const std::filesystem::path& patch) {
  std::ifstream text(patch);
  if (!text) throw std::runtime_error(fmt::format("{}: cannot be read", patch.string()));
  return read_equivalent_header(text, patch.string());
}

}  // namespace stockcheck::mutants
