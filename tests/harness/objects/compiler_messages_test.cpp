// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/compiler_messages.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck::harness;

namespace {

std::string brief(const std::string& messages) {
  return brief_messages(messages, "idea.hpp", scenario_subject::explored_model);
}

const std::string failed = "cannot compile unit.cpp (exit status 1):\n";

}  // namespace

TEST_CASE("errors at the user's file come first, then the others, then how much was left out") {
  CHECK(brief(failed + "In file included from unit.cpp:1:\n"
                       "../tree/checks/base/program.hpp:128:5: error: static assertion failed\n"
                       "users/idea.hpp:7:12: error: 'parent' was not declared in this scope\n"
                       "../tree/checks/base/program.hpp:128:5: note: the expression is false\n") ==
        "cannot compile idea.hpp:\n"
        "idea.hpp:7:12: error: 'parent' was not declared in this scope\n"
        "checks/base/program.hpp:128:5: error: static assertion failed\n"
        "(2 more lines of the compiler's)");
}

TEST_CASE("without an error at the user's file, the scenario is named that one is about") {
  CHECK(
      brief(
          failed +
          "                 from users/idea.hpp:1,\n"
          "../tree/checks/base/program.hpp: In instantiation of 'entry_for() [with Scenario = a]'\n"
          "../tree/checks/base/program.hpp:128:5: error: static assertion failed\n") ==
      "cannot compile idea.hpp:\n"
      "checks/base/program.hpp: In instantiation of 'entry_for() [with Scenario = a]'\n"
      "checks/base/program.hpp:128:5: error: static assertion failed\n"
      "(1 more lines of the compiler's)");
}

TEST_CASE("the subject is called as the file calls it") {
  CHECK(brief(failed +
              "users/idea.hpp:7:12: error: no member in "
              "'stockcheck::checks::counter_group<stockcheck::checks::model_on<stockcheck::explore_"
              "atomics> >'\n") ==
        "cannot compile idea.hpp:\nidea.hpp:7:12: error: no member in 'counter_group<S >'");
}

TEST_CASE("messages without any error are shown as they are") {
  CHECK(brief("the compiler was killed") == "the compiler was killed");
}
