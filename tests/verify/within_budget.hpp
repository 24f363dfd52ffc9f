// SPDX-License-Identifier: GPL-2.0-only
// Whether a scenario ends within the usual work, with room for a change that makes it longer.
#pragma once

#include "harness/checker.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <cstdint>

namespace stockcheck::tests {

/// Counted work, so that a busy machine does not change it. A second look behind what is known has
/// a budget of its own; here both count.
inline void stays_within_budget(const nlohmann::json& record) {
  constexpr std::uint64_t to_spare = 5;
  CAPTURE(record.at("scenario"));
  CHECK(to_spare * record.at("events").get<std::uint64_t>() <= harness::usual_events);
}

}  // namespace stockcheck::tests
