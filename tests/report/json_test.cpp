// SPDX-License-Identifier: GPL-2.0-only
#include "report/json.hpp"

#include "report/verification.hpp"
#include "tests/report/golden.hpp"
#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <array>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace stockcheck;

TEST_CASE("a record survives the way to JSON and back") {
  for (const report::result& record : report::one_of_each())
    CHECK(report::result_from_json_text(report::to_json_text(record)) == record);
}

TEST_CASE("a record keeps the known property that was passed over") {
  report::result record = report::failed_record();
  record.passed_over = report::known_record().finding;
  CHECK(report::result_from_json_text(report::to_json_text(record)) == record);
}

TEST_CASE("a run is written as one JSON document with its exit code") {
  std::ostringstream text;
  report::write_json(text, report::one_of_each());
  report::check_golden("run.json", text.str());
}

TEST_CASE("text that is no record is refused") {
  CHECK_THROWS_AS(report::result_from_json_text("{"), std::runtime_error);
  CHECK_THROWS_AS(report::result_from_json_text("{}"), std::runtime_error);
  std::string record = report::to_json_text(report::failed_record());
  record.replace(record.find("overcharge"), 10, "overcharged");
  CHECK_THROWS_AS(report::result_from_json_text(record), std::runtime_error);
}

TEST_CASE("a stream that cannot be written is an error") {
  std::ostringstream broken;
  broken.setstate(std::ios::badbit);
  CHECK_THROWS_AS(report::write_json(broken, report::one_of_each()), std::runtime_error);
}

namespace {

/// What code, a tree or a mail may hold.
const std::string wild = "a\xff\033[2J\nReviewed-by: b\xe2\x80\xae";
const std::string tame = "a\\xff\\x1b[2J\\nReviewed-by: b\\u202e";

}  // namespace

TEST_CASE("foreign text passes the gate into every document, in whatever field it is") {
  const report::result record{.subject = wild,
                              .scenario = wild,
                              .tasks = {wild},
                              .guarantee = wild,
                              .finding = report::finding{.what = wild, .at = {.file = wild}},
                              .functions = {wild},
                              .lines = {{wild, {1}}},
                              .replay = wild};
  const report::result passed = report::gated(record);
  CHECK(passed.scenario == tame);
  CHECK(passed.tasks == std::vector<std::string>{tame});
  CHECK(passed.finding.value().at.file == tame);
  CHECK(passed.lines.contains(tame));
  CHECK(report::result_from_json_text(report::to_json_text(record)) == passed);

  std::ostringstream run;
  report::write_json(run, std::array{record});
  CHECK(nlohmann::json::parse(run.str()).at("results").at(0).at("replay") == tame);
  std::ostringstream verified;
  report::write_json(verified, report::verification{.tree = wild, .patches = {wild}});
  CHECK(nlohmann::json::parse(verified.str()).at("patches").at(0) == tame);
}

TEST_CASE("a record that is nested without end is no record") {
  CHECK_THROWS(report::result_from_json_text(std::string(100000, '[') + std::string(100000, ']')));
}
