// SPDX-License-Identifier: GPL-2.0-only
// The patches of mutants/kernel/hostile: each gets the verdict that it must get, and says why.
#include "mutants/mutant_header.hpp"
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace stockcheck::mutants;
using namespace stockcheck::tests;

TEST_CASE("every hostile or unusual patch of a kernel gets the verdict that it must get") {
  const kernel_workshop shop("6.12");
  const auto edits =
      mutants_in(std::filesystem::path(STOCKCHECK_SOURCE_DIR) / "mutants/kernel/hostile");
  CHECK(edits.size() >= 30);
  for (const std::filesystem::path& edit : edits) {
    CAPTURE(edit);
    const mutant_header header = read_mutant_header(edit);
    std::string arguments = shop.patch("kernel/hostile/" + edit.filename().string());
    for (const std::string& pattern : header.scenarios) arguments += " --scenario " + pattern;
    const outcome result = shop.verify(arguments);
    CAPTURE(result.text);
    CHECK(result.exit_code == header.exit);
    CHECK(contains(result.text, header.says));
  }
}

TEST_CASE("what a hostile patch would do is not done") {
  const kernel_workshop shop("6.12");
  const std::string canary = shop.write("canary", "it sings\n");
  const std::string script =
      "/^void page_counter_cancel/i\\\nextern int unlink(const char *);\\\n"
      "__attribute__((constructor)) static void now(void) { unlink(\"" +
      canary + "\"); }";
  const outcome result = shop.verify(shop.sed("mm/page_counter.c", script) +
                                     " --scenario page_counter/charge_uncharge");
  CHECK(result.exit_code == 2);
  CHECK(std::filesystem::exists(canary));
}
