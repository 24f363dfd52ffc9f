// SPDX-License-Identifier: GPL-2.0-only
// The shipped catalogue and the scenarios agree.
#include "harness/programs.hpp"
#include "known/known_catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace stockcheck;

namespace {

using declarations = std::map<std::string, std::set<std::string>>;

declarations of_scenarios() {
  declarations all;
  for (const auto& entry : harness::explore_programs())
    if (entry.info->known) all[entry.info->known->id].emplace(entry.info->name);
  return all;
}

declarations of_catalogue() {
  declarations all;
  for (const known::known_entry& entry : known::shipped_catalogue().entries())
    for (const known::known_place& place : entry.places)
      if (place.as == known::known_place::kind::property)
        all[entry.id].insert(place.scenarios.begin(), place.scenarios.end());
  return all;
}

}  // namespace

TEST_CASE("the catalogue has what the scenarios declare, and the scenarios what it has") {
  CHECK(of_scenarios() == of_catalogue());
}

TEST_CASE("the catalogue names no scenario that is not there") {
  std::set<std::string, std::less<>> names;
  for (const auto& entry : harness::explore_programs()) names.emplace(entry.info->name);
  for (const known::known_entry& entry : known::shipped_catalogue().entries())
    for (const known::known_place& place : entry.places)
      for (const std::string& scenario : place.scenarios)
        CHECK_MESSAGE(names.contains(scenario), entry.id, ": ", scenario);
}
