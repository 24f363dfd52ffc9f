// SPDX-License-Identifier: GPL-2.0-only
// The sed scripts of mutants/ that patches of a kernel are made of: ci/kernel-patch.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace stockcheck::tests {

/// The fields of an edit's head: "# scenario: page_counter/last_page". `edit` is relative to
/// mutants/.
inline std::map<std::string, std::string> head_of(const std::string& edit) {
  std::map<std::string, std::string> fields;
  std::ifstream file{std::filesystem::path(STOCKCHECK_SOURCE_DIR) / "mutants" / edit};
  for (std::string line; std::getline(file, line) && line.starts_with("# ");)
    if (const std::size_t colon = line.find(": "); colon != std::string::npos)
      fields[line.substr(2, colon - 2)] = line.substr(colon + 2);
  return fields;
}

/// The names of the edits of a folder of mutants/, with it.
inline std::vector<std::string> edits_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(STOCKCHECK_SOURCE_DIR) / "mutants" / folder))
    if (entry.path().extension() == ".sed")
      names.push_back(folder + "/" + entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace stockcheck::tests
