// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says about itself: its name, its tasks, and what is known to be wrong there.
#pragma once

#include "model/kernel/machine.hpp"
#include "verdict/finding.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace stockcheck::checks {

inline constexpr std::size_t max_tasks = 4;

/// A task: what it does, in a few words for reports, and where it runs.
struct task_info {
  const char* does = "";
  kernel::placement where{};
};

/// A finding that is a property of the kernel's algorithm as it stands. A model checker must find
/// it; that it no longer does is a failure, because then either the kernel or the model changed.
struct known_property {
  oracle kind;
  const char* id;  ///< names its entry in known/known.json, which says why
};

struct scenario_info {
  std::string_view name;     ///< "algorithm/what_happens"
  std::string_view summary;  ///< one sentence
  std::array<task_info, max_tasks> task_list{};
  unsigned nr_cpus = 2;
  std::optional<known_property> known{};

  [[nodiscard]] constexpr std::size_t nr_tasks() const {
    std::size_t n = 0;
    while (n < task_list.size() && *task_list.at(n).does != '\0') ++n;
    return n;
  }
  [[nodiscard]] constexpr std::span<const task_info> tasks() const {
    return std::span{task_list}.first(nr_tasks());
  }
};

}  // namespace stockcheck::checks
