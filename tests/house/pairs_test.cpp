// SPDX-License-Identifier: GPL-2.0-only
// Orderings that an algorithm rests on are numbered at both ends.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <sstream>

using namespace stockcheck::tests;

TEST_CASE("every number of a pair stands at two ends, and each end says where the other one is") {
  const std::regex end(R"(//+ \((\d+)\) )");
  std::size_t pairs = 0;
  for (const auto& file : files()) {
    if (file.parent_path() != root / "model/memcg") continue;
    std::map<std::string, int> ends;
    std::map<std::string, int> references;
    const std::string text = text_of(file);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), end);
         at != std::sregex_iterator(); ++at)
      ++ends[(*at)[1]];
    const std::regex reference(
        R"(pairs(?:\s|//)+with(?:\s|//)+\((\d+)\)(?:\s|//)+(?:in|above|below))");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), reference);
         at != std::sregex_iterator(); ++at)
      ++references[(*at)[1]];
    for (const auto& [number, count] : ends)
      CHECK_MESSAGE(count == 2, file.string(), ": (", number, ")");
    CHECK_MESSAGE(ends == references, file.string());
    pairs += ends.size();
  }
  CHECK(pairs > 20);
}
