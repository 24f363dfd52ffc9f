// SPDX-License-Identifier: GPL-2.0-only
// Stockcheck's own scenarios as programs on a subject.
#pragma once

#include "harness/objects/scenario_subject.hpp"
#include "harness/programs.hpp"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::harness {

struct program_request {
  scenario_subject subject = scenario_subject::explored_model;
  /// Other names than those of shipped scenarios, and scenarios that the subject cannot do, are
  /// passed over.
  std::vector<std::string_view> scenarios{};
  // As in a scenario_build_request:
  unsigned processors = 1;
  std::filesystem::path cache{};
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::size_t headers, std::size_t of)> progress{};
};

struct shipped_programs_of {
  programs on{};
  std::vector<std::string> notes{};  ///< about the cache, a line each
};

/// Programs on the exploration engine are built in. Others are compiled, with the headers that
/// they are in and a few others beside them, and kept: as build_scenarios() does it, and throws.
shipped_programs_of shipped_programs(const program_request& request);

}  // namespace stockcheck::harness
