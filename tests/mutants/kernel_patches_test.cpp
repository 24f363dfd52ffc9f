// SPDX-License-Identifier: GPL-2.0-only
// The patches of mutants/kernel: wrong ones are rejected by the oracle that they name, right ones
// are accepted.
#include "tests/mutants/kernel_edits.hpp"
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace stockcheck::tests;

namespace {

/// The kernels that edits are made for: 6.12, unless the head has a line "kernel: 6.1".
class kernels {
 public:
  [[nodiscard]] const kernel_workshop& of(const std::string& edit) const {
    const auto head = head_of(edit);
    if (!head.contains("kernel")) return newer_;
    REQUIRE(head.at("kernel") == "6.1");
    return older_;
  }

 private:
  kernel_workshop newer_{"6.12"};
  kernel_workshop older_{"6.1"};
};

/// The words of a text.
std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// With the scenarios that match the patterns, which are words.
nlohmann::json verification(const kernel_workshop& shop, const std::string& edit,
                            const std::string& patterns, int exit_code,
                            const std::string& compiler = "gcc") {
  std::string arguments = "--json -";
  for (const std::string& pattern : words_of(patterns)) arguments += " --scenario " + pattern;
  const outcome result = shop.verify(arguments + " " + shop.patch(edit), "CC=" + compiler);
  CAPTURE(result.text);
  REQUIRE(result.exit_code == exit_code);
  return nlohmann::json::parse(result.text.substr(result.text.find('{')));
}

void rejected(const kernel_workshop& shop, const std::string& edit,
              const std::string& compiler = "gcc") {
  CAPTURE(edit);
  CAPTURE(compiler);
  const auto head = head_of(edit);
  const nlohmann::json verdict = verification(shop, edit, head.at("scenario"), 1, compiler);
  std::string oracles;
  for (const auto& news : verdict.at("changes").at(0).at("news"))
    oracles += news.at("kind").get<std::string>() + ";";
  CAPTURE(oracles);
  CHECK(contains(oracles, head.at("oracle") + ";"));
}

void accepted(const kernel_workshop& shop, const std::string& edit, const std::string& patterns) {
  CAPTURE(edit);
  const nlohmann::json verdict = verification(shop, edit, patterns, 0);
  CHECK(verdict.at("changes").size() > 5);
  for (const auto& change : verdict.at("changes")) {
    CAPTURE(change.at("scenario"));
    CHECK(change.at("change") != "newly failing");
  }
}

}  // namespace

TEST_CASE("every wrong patch of a kernel is rejected by the oracle that it names") {
  const kernels all;
  const std::vector<std::string> edits = edits_in("kernel/wrong");
  CHECK(edits.size() >= 12);
  for (const std::string& edit : edits)
    for (const char* const compiler : {"gcc", "clang-19"}) rejected(all.of(edit), edit, compiler);
}

TEST_CASE("every right patch of a kernel is accepted") {
  const kernels all;
  const std::vector<std::string> edits = edits_in("kernel/right");
  CHECK(edits.size() >= 6);
  for (const std::string& edit : edits) accepted(all.of(edit), edit, head_of(edit).at("scenarios"));
}

TEST_CASE("stocks in page counters show what is known of them as findings of the proposal") {
  for (const char* version : {"6.12", "6.1"}) {
    CAPTURE(version);
    const kernel_workshop shop(version);
    const nlohmann::json verdict =
        verification(shop, "kernel/series", "page_counter page_counter_stock", 1);
    std::map<std::string, std::string> found;
    for (const auto& change : verdict.at("changes")) {
      CAPTURE(change.at("scenario"));
      const std::string scenario = change.at("scenario");
      CHECK(change.at("change") != "newly failing");
      if (scenario.starts_with("page_counter_stock/")) CHECK(change.at("change") != "unchanged");
      if (change.at("change") == "new & failing")
        found[scenario] = change.at("news").at(0).at("kind");
    }
    CHECK(found == std::map<std::string, std::string>{
                       {"page_counter_stock/above_batch", "stock bound"},
                       {"page_counter_stock/alloc_against_charger", "memory"},
                       {"page_counter_stock/free_against_charger", "memory"}});
    for (const std::string& edit : edits_in("kernel/series/wrong")) rejected(shop, edit);
  }
}
