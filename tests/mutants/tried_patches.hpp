// SPDX-License-Identifier: GPL-2.0-only
// The patches that the catalogue of what is known names, and what `verify` says of them.
#pragma once

#include "known/known_catalogue.hpp"
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <string>

namespace stockcheck::tests {

/// Calls action(patch, change) for every remedy, with "newly passing", and for every patch that is
/// not enough, with "still failing": of our model if `kernel` is empty, or of that release.
template <class Action>
std::size_t for_each_tried_patch(const std::string& kernel, Action action) {
  std::size_t tried = 0;
  const auto all = [&](const auto& patches, const char* change) {
    for (const known::known_patch& patch : patches) {
      if (patch.kernel != kernel) continue;
      ++tried;
      CAPTURE(patch.file);
      action(patch, change);
    }
  };
  for (const known::known_entry& entry : known::shipped_catalogue().entries()) {
    CAPTURE(entry.id);
    all(entry.remedies, "newly passing");
    all(entry.not_enough, "still failing");
  }
  return tried;
}

/// Checks that `verify ... --json -` says of each of the patch's scenarios that it changed so.
inline void each_is(const outcome& result, const known::known_patch& patch,
                    const std::string& change) {
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  const std::size_t begin = result.text.find('{');
  REQUIRE(begin != std::string::npos);
  const auto document = nlohmann::json::parse(result.text.substr(begin));
  CHECK(document.at("changes").size() == patch.scenarios.size());
  for (const auto& one : document.at("changes")) {
    CAPTURE(one.at("scenario"));
    CHECK(one.at("change") == change);
  }
}

inline std::string scenarios_of(const known::known_patch& patch) {
  std::string words = " --json -";
  for (const std::string& scenario : patch.scenarios) words += " --scenario " + scenario;
  return words;
}

}  // namespace stockcheck::tests
