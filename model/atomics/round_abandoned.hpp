// SPDX-License-Identifier: GPL-2.0-only
// How a task on real threads ends that waits in vain.
#pragma once

#include <exception>

namespace stockcheck {

/// Thrown where a task awaits something after its round was given up: who would have brought it has
/// ended by a violation, or nothing ever brings it.
class round_abandoned final : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the round was given up"; }
};

}  // namespace stockcheck
