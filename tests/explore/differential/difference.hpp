// SPDX-License-Identifier: GPL-2.0-only
// The engine compared with the reference, program by program.
#pragma once

#include "tests/explore/reference/generator.hpp"
#include "tests/explore/reference/litmus_program.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace stockcheck::explore::differential {

/// What the engine does otherwise than the reference, in a few words; empty if nothing.
std::optional<std::string> difference(const reference::litmus_program& program,
                                      reference::memory_model model);

/// A random program on which they differ, made as small as it can be.
struct disagreement {
  reference::flavour kind{};
  std::uint64_t seed = 0;
  reference::memory_model model{};
  std::string what;
  std::string test_case;  ///< C++ that shows it
};

/// The first seed from `first` on, of `programs` many, on which they differ.
std::optional<std::uint64_t> first_difference(std::uint64_t first, std::uint64_t programs);

/// Compares on the programs with seeds from `first` on, each flavour in turn, under every model,
/// until they differ or `programs` are done. `progress`, if set, is told how many are.
std::optional<disagreement> fuzz(std::uint64_t first, std::uint64_t programs,
                                 const std::function<void(std::uint64_t)>& progress = {});

}  // namespace stockcheck::explore::differential
