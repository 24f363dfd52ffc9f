// SPDX-License-Identifier: GPL-2.0-only
#include "known/known_catalogue.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

using namespace stockcheck;
using kernel_source::kernel_release;
using known::known_catalogue;

namespace {

constexpr auto stuck = "progress: a CPU stays marked";

/// Three kernels were examined. Something is found in the oldest, something else in the other two.
const known_catalogue& small() {
  static const known_catalogue catalogue(R"json({
    "examined": ["6.1", "6.12", "7.2"],
    "known": [
      {
        "id": "forgotten", "happens": "bytes stay", "reason": "nobody drains them",
        "matters": "no", "callers": ["a() calls b()"],
        "places": [
          {"as": "finding", "scenarios": ["obj/dead_cpu", "obj/work"], "releases": ["6.1"],
           "signature": "leak: bytes"},
          {"as": "difference", "scenarios": ["obj/isolation"], "alone": ["model"],
           "releases": ["6.1"]}
        ]
      },
      {
        "id": "stuck", "happens": "a mark stays", "reason": "no work is queued",
        "matters": "yes", "callers": ["a() calls b()"], "remedies": [{"patch": "a.patch", "scenarios": ["obj/isolation"]}],
        "places": [
          {"as": "finding", "scenarios": ["obj/isolation"], "releases": ["6.12", "7.2"],
           "signature": "progress: a CPU stays marked"}
        ]
      },
      {
        "id": "read-plainly", "happens": "a race", "reason": "a word is not torn",
        "matters": "no", "callers": ["a() calls b()"],
        "places": [
          {"as": "property", "scenarios": ["counter/refused"],
           "ends": ["a charge was refused (held 0)"]},
          {"as": "race", "members": ["max", "min"], "function": "set", "against": ["charge", "try"],
           "releases": ["6.1"]}
        ]
      }
    ]
})json");
  return catalogue;
}

std::string id_of(const std::optional<report::known_reference>& known) {
  return known ? known->id : "";
}

std::string dead_bytes_in(const kernel_release& in) {
  return id_of(small().finding("obj/dead_cpu", "leak: bytes", in));
}
std::string stuck_in(const kernel_release& in) {
  return id_of(small().finding("obj/isolation", stuck, in));
}

/// The error of a catalogue with one entry whose members are these.
std::string error_of(const std::string& members) {
  try {
    const known_catalogue unused(
        fmt::format(R"({{"examined": ["6.1"], "known": [{{{}}}]}})", members));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

std::string entry(const std::string& id, const std::string& places) {
  return fmt::format(R"json("id": "{}", "happens": "x", "reason": "y", "matters": "z",
                        "callers": ["a() calls b()"], "places": [{}])json",
                     id, places);
}

}  // namespace

TEST_CASE("an examined kernel is known for what it was found to do, and for nothing else") {
  CHECK(dead_bytes_in({6, 1}) == "forgotten");
  CHECK(dead_bytes_in({6, 12}).empty());
  CHECK(stuck_in({6, 1}).empty());
  CHECK(stuck_in({6, 12}) == "stuck");
  CHECK(stuck_in({7, 2}) == "stuck");
  CHECK(small().finding("obj/isolation", stuck, {6, 12})->reason == "no work is queued");
}

TEST_CASE("a kernel between two that were examined inherits what either is known for") {
  CHECK(dead_bytes_in({6, 6}) == "forgotten");
  CHECK(stuck_in({6, 6}) == "stuck");
  CHECK(small().finding("obj/isolation", stuck, {6, 6})->reason == "as in 6.12: no work is queued");
  CHECK(dead_bytes_in({6, 18}).empty());
  CHECK(stuck_in({6, 18}) == "stuck");
}

TEST_CASE("a kernel older or newer than all inherits from the nearest") {
  CHECK(dead_bytes_in({5, 10}) == "forgotten");
  CHECK(stuck_in({5, 10}).empty());
  CHECK(dead_bytes_in({8, 0}).empty());
  CHECK(stuck_in({8, 0}) == "stuck");
}

TEST_CASE("a kernel without a version is known for nothing") {
  const kernel_release none = kernel_source::release_of("");
  CHECK(dead_bytes_in(none).empty());
  CHECK(stuck_in(none).empty());
}

TEST_CASE("a finding is known in its scenarios, with its signature") {
  CHECK(id_of(small().finding("obj/work", "leak: bytes", {6, 1})) == "forgotten");
  CHECK_FALSE(small().finding("obj/charge", "leak: bytes", {6, 1}));
  CHECK_FALSE(small().finding("obj/work", "leak: pages", {6, 1}));
}

TEST_CASE("a race is known by its member and its two functions, in every kernel that has it") {
  CHECK(id_of(small().race("data race: max", "charge, set")) == "read-plainly");
  CHECK(id_of(small().race("data race: min", "set, try")) == "read-plainly");
  CHECK_FALSE(small().race("data race: max", "set, set"));
  CHECK_FALSE(small().race("data race: max", "charge, try"));
  CHECK_FALSE(small().race("data race: low", "charge, set"));
}

TEST_CASE("a difference is known by the scenario and by who ends alone") {
  const known::ends_alone model{.model = true};
  CHECK(id_of(small().difference("obj/isolation", model, {6, 1})) == "forgotten");
  CHECK(id_of(small().difference("obj/isolation", model, {6, 6})) == "forgotten");
  CHECK_FALSE(small().difference("obj/isolation", model, {6, 12}));
  CHECK_FALSE(small().difference("obj/isolation", {.kernel = true}, {6, 1}));
  CHECK_FALSE(small().difference("obj/isolation", {true, true}, {6, 1}));
}

TEST_CASE("of the kernels in between nothing is forgotten that either neighbour is known for") {
  const known_catalogue& shipped = known::shipped_catalogue();
  std::size_t inherited = 0;
  for (const auto& [before, after, between] :
       {std::array{kernel_release{6, 1}, kernel_release{6, 12}, kernel_release{6, 6}},
        std::array{kernel_release{6, 12}, kernel_release{7, 2}, kernel_release{6, 18}},
        std::array{kernel_release{6, 1}, kernel_release{6, 1}, kernel_release{5, 10}},
        std::array{kernel_release{6, 1}, kernel_release{6, 1}, kernel_release{5, 15}}})
    for (const known::known_entry& entry : shipped.entries())
      for (const known::known_place& place : entry.places) {
        const bool is_there = std::ranges::count(place.releases, before) > 0 ||
                              std::ranges::count(place.releases, after) > 0;
        if (!is_there) continue;
        for (const std::string& scenario : place.scenarios) {
          CAPTURE(scenario);
          if (place.as == known::known_place::kind::finding) {
            CHECK(shipped.finding(scenario, place.signature, between));
            ++inherited;
          } else if (place.as == known::known_place::kind::difference) {
            CHECK(shipped.difference(scenario, place.alone, between));
            ++inherited;
          }
        }
      }
  CHECK(inherited > 20);
}

TEST_CASE("a property consists of the findings that its entry has for the scenario") {
  CHECK(small().ends("read-plainly", "counter/refused") ==
        std::vector<std::string>{"a charge was refused (held 0)"});
  CHECK(small().ends("read-plainly", "counter/charged").empty());
  CHECK(small().ends("made-up", "counter/refused").empty());
}

TEST_CASE("a property is one of the releases that were examined and have it") {
  CHECK(known::shipped_catalogue().has_property("skipped-drain", "one_slot_stock/skipped_drain",
                                                {6, 12}));
  CHECK_FALSE(known::shipped_catalogue().has_property("skipped-drain",
                                                      "one_slot_stock/skipped_drain", {6, 6}));
  CHECK_FALSE(small().has_property("read-plainly", "counter/refused", {6, 1}));
  CHECK_FALSE(small().has_property("made-up", "counter/refused", {6, 1}));
}

TEST_CASE("what a scenario declares has the reason of its entry, or says that there is none") {
  CHECK(report::text_of(small().property("stuck")) == "known: stuck: no work is queued");
  CHECK(small().property("made-up").reason.find("has no entry") != std::string::npos);
}

TEST_CASE("a catalogue that is not as it should be is refused, by the name of its entry") {
  const std::string good = R"({"as": "property", "scenarios": ["a/b"], "ends": ["e"]})";
  CHECK(error_of(entry("good", good)).empty());
  struct expected {
    std::string members;
    std::string error;
  };
  for (
      const auto& [members, error] : {
          expected{R"("id": "short")", "short: has no happens"},
          expected{R"("happens": "x")", "an entry without an id: has no id"},
          expected{entry("x", good) + R"(, "releaes": ["6.1"])", "x: nothing is called releaes"},
          expected{entry("Upper", good), "Upper: an id has small letters, digits and dashes"},
          expected{entry("x", R"({"as": "race"})"), "x: has no members"},
          expected{entry("x", R"({"as": "hearsay"})"), "x: as is not property or finding"},
          expected{entry("x", R"({"as": "property", "scenarios": ["a/b"]})"), "x: has no ends"},
          expected{entry("x", R"({"as": "finding", "scenarios": ["a/b"], "signature": "c"})"),
                   "x: has no releases"},
          expected{
              entry(
                  "x",
                  R"({"as": "property", "scenarios": ["a/b"], "ends": ["e"], "releases": ["six"]})"),
              "x: six is no release"},
          expected{entry("x", R"({"as": "property", "scenarios": ["a/b"], "ends": ["e"],
                                   "releases": ["6.12", "6.1"]})"),
                   "x: releases are not in order"},
          expected{entry("x", R"({"as": "difference", "scenarios": ["a/b"], "releases": ["6.1"],
                                   "alone": ["nobody"]})"),
                   "x: nobody is neither model nor kernel"},
          expected{R"("id": "x", "happens": "x", "reason": "y", "matters": "z", "places": [],
                       "callers": ["somebody"])",
                   "x: \"somebody\" is not \"a() calls b()\" or \"a() reads m\""},
          expected{entry("x", good) + R"(, "remedies": [{"patch": "a.sed", "scenarios": ["a/b"]}])",
                   "x: a.sed: a script is for a kernel, and a diff is not"},
          expected{entry("twice", good) + "}, {" + entry("twice", good), "twice is there twice"},
      }) {
    CAPTURE(error);
    CHECK(error_of(members).find(error) != std::string::npos);
  }
}
