// SPDX-License-Identifier: GPL-2.0-only
// Scenarios that are not stockcheck's own: in files that a user gave to a command, and those that a
// patch of the model adds.
#pragma once

#include "checks/base/scenario.hpp"
#include "harness/objects/scenario_reader.hpp"
#include "harness/objects/scenario_subject.hpp"
#include "harness/programs.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::cli {

/// What a command's argument that is no pattern ends with.
inline constexpr std::string_view scenario_file_extension = ".hpp";

class scenario_files {
 public:
  /// None.
  scenario_files() = default;
  /// Compiles each file for each of the subjects, of which there is at least one, so many side by
  /// side. Throws usage_error where a file cannot be read or compiled, names no scenarios, or has
  /// one with the name of another.
  scenario_files(const std::vector<std::string>& files,
                 std::span<const harness::scenario_subject> subjects, unsigned processors);

  /// Takes those of a patched model that neither stockcheck nor the user has. `patches` names what
  /// they came with. Throws usage_error as the constructor does.
  void adopt(harness::read_scenarios of_patched, const std::string& patches);

  /// Whether the user gave no file.
  [[nodiscard]] bool is_empty() const { return files_.empty(); }
  /// In the order of the files and of their lists, then the adopted ones. They live as long as
  /// this.
  [[nodiscard]] std::vector<const checks::scenario_info*> scenarios() const;
  /// The file that a scenario is in, as the user gave it; empty if it is one of stockcheck's.
  [[nodiscard]] std::string file_of(const checks::scenario_info& scenario) const;
  /// The files as headers for build_scenarios().
  [[nodiscard]] std::vector<std::string> headers() const;
  /// Returns the chosen scenarios of stockcheck's on the subject, compiled if they are not built
  /// in, and the files', which must be compiled for it. Throws as the constructor does.
  [[nodiscard]] harness::programs programs_on(harness::scenario_subject subject,
                                              std::span<const checks::scenario_info* const> chosen,
                                              unsigned processors) const;

 private:
  struct users_file {
    std::string name;    ///< as the user gave it
    std::string header;  ///< for build_scenarios()
  };

  std::vector<users_file> files_;
  std::map<harness::scenario_subject, std::map<std::string, std::filesystem::path>> objects_;
  harness::read_scenarios read_;
  harness::read_scenarios of_patched_;
  std::vector<const checks::scenario_info*> adopted_;  ///< some of these
};

}  // namespace stockcheck::cli
