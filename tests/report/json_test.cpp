#include "report/json.hpp"

#include "tests/report/golden.hpp"
#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

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
