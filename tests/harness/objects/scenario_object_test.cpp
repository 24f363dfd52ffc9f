// SPDX-License-Identifier: GPL-2.0-only
// Objects of every subject, loaded beside the runner: what both share must be one.
#include "harness/objects/scenario_object.hpp"

#include "harness/explore/explore_checker.hpp"
#include "harness/objects/scenario_builder.hpp"
#include "harness/scenario_headers.hpp"
#include "kernel_source/system/run_process.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

using namespace stockcheck;
using harness::scenario_subject;

namespace {

const std::string header = "page_counter/page_counter_charge";

std::filesystem::path object_for(scenario_subject subject) {
  return harness::build_scenarios(
             {.files = harness::shipped_scenario_files(), .headers = {header}, .subject = subject})
      .objects.at(header);
}

constexpr std::array subjects{scenario_subject::explored_model, scenario_subject::relacy_model,
                              scenario_subject::threaded_model, scenario_subject::explored_kernel,
                              scenario_subject::threaded_kernel};

/// Data that every object may have of its own, because nobody changes it or looks at it from
/// outside; and what the linker adds.
bool may_be_private(const std::string& symbol) {
  static const std::regex allowed{
      "bound_program|::info$|scenario_list<|::names$|^__|^_GLOBAL_OFFSET_TABLE_$|^_DYNAMIC$|"
      "^completed\\.|^guard variable for .*bound_program|^DW\\.ref\\.|vtable for |typeinfo |"
      "^std::__ioinit$"};
  return std::regex_search(symbol, allowed);
}

/// Writable data that the object does not share: lower-case types of nm but for "u", of which there
/// is one in a process.
const std::regex private_data{"^[0-9a-f]+ [bd] (.*)$"};

}  // namespace

TEST_CASE("an object has no state of its own that the runner has as well") {
  for (const scenario_subject subject : subjects) {
    CAPTURE(static_cast<int>(subject));
    const auto listed = kernel_source::run_process(
        {.arguments = {"nm", "-C", "--defined-only", object_for(subject).string()},
         .environment = kernel_source::plain_environment()});
    REQUIRE(listed.succeeded());
    std::istringstream lines{listed.output};
    std::size_t seen = 0;
    for (std::string line; std::getline(lines, line);)
      if (std::smatch found; std::regex_match(line, found, private_data)) {
        ++seen;
        CHECK_MESSAGE(may_be_private(found[1]), line);
      }
    CHECK(seen > 10);
  }
}

TEST_CASE("explore finds the same in an object as in what it was built with") {
  const std::filesystem::path object = object_for(scenario_subject::explored_model);
  for (const checks::program_entry& entry : harness::explore_programs()) {
    const std::string name(entry.info->name);
    if (harness::header_of(name).name != header) continue;
    CAPTURE(name);
    harness::programs loaded;
    loaded.replace(name, {object, header});
    const report::result before = harness::explore_checker{}.check(*entry.info, {}, {});
    const report::result after = harness::explore_checker{loaded}.check(*entry.info, {}, {});
    CHECK(after.verdict == before.verdict);
    CHECK(after.executions == before.executions);
    CHECK(after.known_executions == before.known_executions);
  }
}
