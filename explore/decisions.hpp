// SPDX-License-Identifier: GPL-2.0-only
// Who decides where an execution is open: a random generator, or a search through all decisions.
#pragma once

#include "explore/exploration.hpp"

#include <memory>
#include <span>

namespace stockcheck::explore {

class decisions {
 public:
  decisions() = default;
  decisions(const decisions&) = delete;
  decisions& operator=(const decisions&) = delete;
  virtual ~decisions() = default;

  /// An execution begins; false if there is none left.
  virtual bool begin() = 0;
  /// The task to go on. `last` is the one that ran until now; it may be among them.
  virtual std::size_t pick_task(std::span<const std::size_t> runnable, std::size_t last) = 0;
  /// A number below n.
  virtual std::size_t pick_value(std::size_t n) = 0;
};

/// By the search of the settings, which is not exhaustive.
std::unique_ptr<decisions> make_decisions(const settings& how);

}  // namespace stockcheck::explore
