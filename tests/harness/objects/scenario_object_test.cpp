// SPDX-License-Identifier: GPL-2.0-only
// Objects of every subject, loaded beside the runner: what both share must be one.
#include "harness/objects/scenario_object.hpp"

#include "harness/checkers.hpp"
#include "harness/objects/scenario_builder.hpp"
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

TEST_CASE("a checker finds the same in an object as in what it was built with") {
  const std::vector<std::string> scenarios{"page_counter/last_page", "page_counter/false_refusal",
                                           "page_counter/uncharged_twice"};
  for (const harness::checker_words& words : harness::checkers()) {
    const std::filesystem::path object = object_for(words.subject);
    const auto built_in = words.make(words.programs_built_in());
    for (const std::string& name : scenarios) {
      CAPTURE(words.option);
      CAPTURE(name);
      harness::programs loaded(words.programs_built_in());
      loaded.replace(name, {object, header});
      const checks::scenario_info& scenario =
          *harness::find_program(words.programs_built_in(), name).info;
      const auto how = built_in->with_work(harness::profile::quick, scenario, {.seed = 3});
      const report::result before = built_in->check(scenario, how, {});
      const report::result after = words.make(loaded)->check(scenario, how, {});
      CHECK(after.verdict == before.verdict);
      // On real threads chance decides what else there is to compare.
      if (words.option == "threads") continue;
      CHECK(after.executions == before.executions);
      CHECK(after.known_executions == before.known_executions);
    }
  }
}
