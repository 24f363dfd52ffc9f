// SPDX-License-Identifier: GPL-2.0-only
// The files of the project, as they lie in its directory.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::tests {

inline const std::filesystem::path root{STOCKCHECK_SOURCE_DIR};

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream{file};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// The files of the project, without what is built, and what begins with a dot.
inline std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> all;
  for (auto at = std::filesystem::recursive_directory_iterator(root);
       at != std::filesystem::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    if (name.starts_with(".") || (at.depth() == 0 && name == "build"))
      at.disable_recursion_pending();
    else if (at->is_regular_file())
      all.push_back(at->path());
  }
  return all;
}

/// Whether a file is source code, of any language.
inline bool is_source(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const std::string extension = file.extension().string();
  for (const std::string_view one : {".hpp", ".cpp", ".h", ".c", ".in", ".cmake", ".py"})
    if (extension == one) return !name.ends_with(".md.in");
  return name == "CMakeLists.txt" || text_of(file).starts_with("#!");
}

/// Patches are no source code of the project: what makes them is.
inline bool is_mutant(const std::filesystem::path& file) {
  return file.string().starts_with((root / "mutants/kernel/series").string());
}

}  // namespace stockcheck::tests
