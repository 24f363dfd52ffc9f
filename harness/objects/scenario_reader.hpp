// SPDX-License-Identifier: GPL-2.0-only
// What the scenarios in objects say about themselves, without loading them into this process.
#pragma once

#include "checks/base/scenario.hpp"

#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace stockcheck::harness {

/// The scenarios of some headers, with the strings that they refer to.
class read_scenarios {
 public:
  read_scenarios() = default;
  read_scenarios(const read_scenarios&) = delete;
  read_scenarios& operator=(const read_scenarios&) = delete;
  read_scenarios(read_scenarios&&) = default;
  read_scenarios& operator=(read_scenarios&&) = default;
  ~read_scenarios() = default;

  /// By header, in the order of its list. References stay valid.
  [[nodiscard]] const std::map<std::string, std::deque<checks::scenario_info>>& all() const {
    return all_;
  }

  /// Adds those that a text of text_of() describes.
  void add(const std::string& header, const std::string& text);

 private:
  const char* keep(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }

  std::map<std::string, std::deque<checks::scenario_info>> all_;
  std::deque<std::string> texts_;
};

/// Reads the objects of build_scenarios(), each in a process of its own, so many at a time. `stop`:
/// gives up when it becomes true, without some. Throws source_error, in one line, if one cannot be
/// loaded.
read_scenarios read_objects(const std::map<std::string, std::filesystem::path>& objects,
                            unsigned processors, const std::atomic<bool>& stop);

}  // namespace stockcheck::harness
