// SPDX-License-Identifier: GPL-2.0-only
// Numbers of executions of programs that are known from theory or from other tools: counts.json.
#include "tests/explore/counted_programs.hpp"
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;

nlohmann::json rows() {
  std::ifstream file{STOCKCHECK_COUNTS};
  REQUIRE_MESSAGE(file.is_open(), STOCKCHECK_COUNTS);
  return nlohmann::json::parse(file).at("rows");
}

memory_model model_of(const std::string& name) {
  if (name == "sc") return memory_model::sc;
  if (name == "tso") return memory_model::tso;
  REQUIRE(name == "rc11");
  return memory_model::rc11;
}

void check(const nlohmann::json& row) {
  const code_under_test code = counted_program(
      row.at("program").get<std::string>(), row.at("parameters").get<std::vector<std::size_t>>());
  for (const std::string model : row.at("models")) {
    const observed seen = observe(code, {.model = model_of(model)});
    INFO(row.dump(), " under ", model);
    CHECK(finding_of(seen) == "nothing");
    CHECK(seen.proof);
    CHECK(seen.result.complete == row.at("complete").get<std::uint64_t>());
    CHECK(seen.result.blocked == row.at("blocked").get<std::uint64_t>());
  }
}

TEST_CASE("programs have as many executions as is known") {
  std::size_t checked = 0;
  for (const nlohmann::json& row : rows()) {
    if (row.value("slow", false)) continue;
    check(row);
    ++checked;
  }
  CHECK(checked > 80);
}

TEST_CASE("large programs have as many executions as is known" * doctest::skip()) {
  std::size_t checked = 0;
  for (const nlohmann::json& row : rows()) {
    if (!row.value("slow", false)) continue;
    check(row);
    ++checked;
  }
  CHECK(checked > 4);
}

}  // namespace
