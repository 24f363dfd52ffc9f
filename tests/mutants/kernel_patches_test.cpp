// SPDX-License-Identifier: GPL-2.0-only
// The patches of mutants/kernel: wrong ones are rejected by the oracle that they name, right ones
// are accepted.
#include "mutants/mutant_header.hpp"
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

using namespace stockcheck;
using namespace stockcheck::mutants;
using namespace stockcheck::tests;

namespace {

namespace fs = std::filesystem;

/// The files of a folder of mutants/kernel.
std::vector<fs::path> edits_in(const std::string& folder) {
  return mutants_in(fs::path(STOCKCHECK_SOURCE_DIR) / "mutants/kernel" / folder);
}

/// The kernels that edits are made for.
class kernels {
 public:
  /// The one that the header names first.
  [[nodiscard]] const kernel_workshop& of(const mutant_header& edit) const {
    const std::string& release = edit.kernels.front();
    REQUIRE((release == "6.12" || release == "6.1"));
    return release == "6.12" ? newer_ : older_;
  }

 private:
  kernel_workshop newer_{"6.12"};
  kernel_workshop older_{"6.1"};
};

/// With the scenarios that match the patterns. `edit` is relative to mutants/.
nlohmann::json verification(const kernel_workshop& shop, const std::string& edit,
                            const std::vector<std::string>& patterns, int exit_code,
                            const std::string& compiler = "gcc") {
  std::string arguments = "--json -";
  for (const std::string& pattern : patterns) arguments += " --scenario " + pattern;
  const outcome result = shop.verify(arguments + " " + shop.patch(edit), "CC=" + compiler);
  CAPTURE(result.text);
  REQUIRE(result.exit_code == exit_code);
  return nlohmann::json::parse(result.text.substr(result.text.find('{')));
}

std::string name_in_mutants(const fs::path& edit) {
  return fs::relative(edit, fs::path(STOCKCHECK_SOURCE_DIR) / "mutants").string();
}

void rejected(const kernel_workshop& shop, const fs::path& edit,
              const std::string& compiler = "gcc") {
  CAPTURE(edit);
  CAPTURE(compiler);
  const mutant_header header = read_mutant_header(edit);
  const nlohmann::json verdict =
      verification(shop, name_in_mutants(edit), header.scenarios, 1, compiler);
  std::string oracles;
  for (const auto& news : verdict.at("changes").at(0).at("news"))
    oracles += news.at("kind").get<std::string>() + ";";
  CAPTURE(oracles);
  CHECK(contains(oracles, std::string(name_of(header.caught_by)) + ";"));
}

void accepted(const kernel_workshop& shop, const fs::path& edit) {
  CAPTURE(edit);
  const nlohmann::json verdict =
      verification(shop, name_in_mutants(edit), read_mutant_header(edit).scenarios, 0);
  CHECK(verdict.at("changes").size() > 5);
  for (const auto& change : verdict.at("changes")) {
    CAPTURE(change.at("scenario"));
    CHECK(change.at("change") != "newly failing");
  }
}

}  // namespace

TEST_CASE("every wrong patch of a kernel is rejected by the oracle that it names") {
  const kernels all;
  const std::vector<fs::path> edits = edits_in("wrong");
  CHECK(edits.size() >= 12);
  for (const fs::path& edit : edits)
    for (const char* const compiler : {"gcc", "clang-19"})
      rejected(all.of(read_mutant_header(edit)), edit, compiler);
}

TEST_CASE("every right patch of a kernel is accepted") {
  const kernels all;
  const std::vector<fs::path> edits = edits_in("right");
  CHECK(edits.size() >= 6);
  for (const fs::path& edit : edits) accepted(all.of(read_mutant_header(edit)), edit);
}

TEST_CASE("stocks in page counters show what is known of them as findings of the proposal") {
  for (const char* version : {"6.12", "6.1"}) {
    CAPTURE(version);
    const kernel_workshop shop(version);
    const nlohmann::json verdict =
        verification(shop, "kernel/series", {"page_counter", "page_counter_stock"}, 1);
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
    for (const fs::path& edit : edits_in("series/wrong")) rejected(shop, edit);
  }
}
