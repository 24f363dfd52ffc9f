// SPDX-License-Identifier: GPL-2.0-only
// The scenarios as programs on a subject: those that stockcheck was built with, and those in
// objects.
#pragma once

#include "checks/base/program.hpp"

#include <concepts>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace stockcheck::harness {

/// All scenarios on the exploration engine, in the order in which they are listed and run. Those on
/// other subjects are compiled when they are asked for: shipped_programs().
std::span<const checks::program_entry> explore_programs();

/// The entry of that name; throws std::out_of_range if there is none.
const checks::program_entry& find_program(std::span<const checks::program_entry> programs,
                                          std::string_view name);

/// A header in an object of build_scenarios().
struct scenario_object {
  std::filesystem::path path{};
  std::string header{};
};

/// What a checker runs, by the names of scenarios.
class programs {
 public:
  /// None.
  programs() = default;
  /// Implicit: a list, which must outlive it, is all that most checkers know.
  template <class List>
    requires std::convertible_to<const List&, std::span<const checks::program_entry>>
  programs(const List& listed) : listed_(listed) {}

  /// From now on that scenario is the one in the object.
  void replace(const std::string& scenario, scenario_object by) {
    objects_.insert_or_assign(scenario, std::move(by));
  }
  [[nodiscard]] bool has(std::string_view scenario) const;
  /// Only in the process that runs the scenario, whose object is loaded. Throws as
  /// find_program() and load_programs() do.
  [[nodiscard]] const checks::program_entry& find(std::string_view scenario) const;

 private:
  std::span<const checks::program_entry> listed_;
  std::map<std::string, scenario_object, std::less<>> objects_;
};

}  // namespace stockcheck::harness
