// SPDX-License-Identifier: GPL-2.0-only
#include "report/series.hpp"

#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <vector>

using namespace stockcheck;
using namespace stockcheck::report;

namespace {

verification of(const std::string& patch, const result& after) {
  return {.tree = "6.12.117", .patches = {patch}, .before = {proven_record()}, .after = {after}};
}

}  // namespace

TEST_CASE("of a series each patch has a line, and then its verdict") {
  std::vector<verification> series{of("good", proven_record()), of("bad", failed_record())};
  const std::string text = series_text(series, style{false});
  CHECK(text.starts_with(" 1 of 2  passes           good\n 2 of 2  newly failing    bad\n"));
  CHECK(text.find("--- 2 of 2 ---") != std::string::npos);
  const std::string reply = series_reply(series);
  // Words of a patch make no line that looks like one of ours.
  CHECK(reply.starts_with(" 1 of 2  passes\n> good\n 2 of 2  newly failing\n> bad\n"));
  CHECK(reply.find("1 scenario now fails") != std::string::npos);
  std::ostringstream json;
  write_json(json, series);
  CHECK(json.str().find("\"each\": [") != std::string::npos);
}

TEST_CASE(
    "a patch that brings a failure of its own is said to, and one of no code has its reason") {
  verification proposed = of("stocks", failed_record());
  proposed.before = {skipped_record()};
  verification no_code = of("typo", proven_record());
  no_code.no_code = "error: expected ';'\nNo scenario fails.";
  const std::vector<verification> series{proposed, no_code};
  CHECK(series_text(series, style{false})
            .starts_with(" 1 of 2  new & failing    stocks\n 2 of 2  no code          typo\n"));
  CHECK(series_reply(series).find("> error: expected ';'\n> No scenario fails.\n") !=
        std::string::npos);
}

TEST_CASE("a series ends as its worst patch") {
  const verification good = of("good", proven_record());
  const verification bad = of("bad", failed_record());
  verification unchecked = good;
  unchecked.not_checked = {"mm/memcontrol.c was not checked: x"};
  verification no_code = good;
  no_code.no_code = "it does not compile";
  CHECK(exit_code_of(std::vector{good, good}) == exit_code::passed);
  CHECK(exit_code_of(std::vector{good, unchecked}) == exit_code::stayed_unknown);
  CHECK(exit_code_of(std::vector{unchecked, no_code}) == exit_code::wrong_usage);
  CHECK(exit_code_of(std::vector{no_code, bad, unchecked}) == exit_code::failure_found);
}
