// SPDX-License-Identifier: GPL-2.0-only
#include "known/known_tables.hpp"
#include "kernel_source/system/file_text.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

using namespace stockcheck;
using known::known_catalogue;
using known::with_known_tables;

namespace {

const known_catalogue& small() {
  static const known_catalogue catalogue(R"json({
    "examined": ["6.1", "6.12"],
    "known": [
      {"id": "read-plainly", "happens": "a race", "reason": "a word is not torn",
       "matters": "no", "callers": ["a() calls b()"], "remedies": [{"patch": "checks/r.patch", "scenarios": ["counter/refused"]}],
       "places": [
         {"as": "property", "scenarios": ["counter/refused"], "ends": ["e"], "releases": ["6.1", "6.12"]},
         {"as": "race", "members": ["max"], "function": "set", "against": ["charge"],
          "releases": ["6.1"]}]},
      {"id": "lesson-one", "happens": "a lesson", "reason": "it is so", "matters": "yes",
       "about": "the course", "callers": ["the reader"],
       "places": [{"as": "property", "scenarios": ["learn/one"], "ends": ["e"]}]}
    ]
})json");
  return catalogue;
}

constexpr auto page = "before\n<!-- known: races in kernels -->\nold\n<!-- end -->\nafter\n";

}  // namespace

TEST_CASE("what stands between the marks is written anew, and nothing else") {
  const std::string once = with_known_tables(page, small());
  CHECK(once ==
        "before\n<!-- known: races in kernels -->\n\n"
        "| member | functions | found in | known as | does it matter? | who |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| `max` | `set()`, `charge()` | 6.1 | [read-plainly](known-properties.md#read-plainly) | "
        "no | `a()` calls `b()` |\n"
        "\n<!-- end -->\nafter\n");
  CHECK(with_known_tables(once, small()) == once);
  CHECK(with_known_tables("no marks\n", small()) == "no marks\n");
}

TEST_CASE("an entry is a section with its id, its places, its caller and its remedy") {
  const std::string text = with_known_tables("<!-- known: kernels -->\n<!-- end -->\n", small());
  CHECK(text ==
        "<!-- known: kernels -->\n\n### read-plainly\n\n"
        "- **what**: a race\n"
        "- **why**: a word is not torn\n"
        "- **where**: `counter/refused`; 6.1, 6.12\n"
        "- **where**: a data race for `max` between `set()` and `charge()`; 6.1\n"
        "- **does it matter**: no\n"
        "- **who**: `a()` calls `b()`\n"
        "- **ends with**: [checks/r.patch](../checks/r.patch) (of our model)\n\n<!-- end -->\n");
}

TEST_CASE("a part that there is not, and one without an end, are refused") {
  CHECK_THROWS_AS(with_known_tables("<!-- known: gossip -->\n<!-- end -->\n", small()),
                  std::runtime_error);
  CHECK_THROWS_AS(with_known_tables("<!-- known: kernels -->\nnever\n", small()),
                  std::runtime_error);
}

TEST_CASE("the documentation says what the catalogue says") {
  for (const char* const name : {"known-properties.md", "kernel-findings.md"}) {
    const std::filesystem::path file = std::filesystem::path(STOCKCHECK_SOURCE_DIR) / "docs" / name;
    const std::string text = kernel_source::read_file(file);
    CHECK_MESSAGE(with_known_tables(text, known::shipped_catalogue()) == text, name,
                  " is behind: build the target known_docs");
    CHECK(text.find("<!-- known: ") != std::string::npos);
  }
}
