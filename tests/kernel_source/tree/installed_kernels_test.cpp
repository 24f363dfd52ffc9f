// SPDX-License-Identifier: GPL-2.0-only
// Debian's own kernel packages, as they are installed.
#include "kernel_source/patch/apply_patch.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace stockcheck::kernel_source;

namespace {

std::unique_ptr<const kernel_tree> open_installed(const std::string& name) {
  return open_kernel_tree({.tree = name, .cache = STOCKCHECK_TEST_CACHE});
}

}  // namespace

TEST_CASE("the packages that the tests need are read by their names") {
  for (const char* version : {"6.1", "6.12"}) {
    const auto tree = open_installed(version);
    CHECK(tree->identity().version.starts_with(std::string(version) + "."));
    CHECK(tree->identity().place == fmt::format("/usr/src/linux-source-{}.tar.xz", version));
    const tree_files files = tree->read(checked_files());
    CHECK(contains(files.at("mm/page_counter.c"), "page_counter_try_charge"));
    CHECK(contains(files.at("mm/memcontrol.c"), "refill_stock"));
    CHECK(files.contains("include/linux/page_counter.h"));
    CHECK(files.contains("mm/slab.h"));
    // The first version of cgroups has files of its own since 6.11.
    CHECK(files.contains("mm/memcontrol-v1.h") == (std::string(version) == "6.12"));
  }
}

TEST_CASE("a patch of a real kernel's file is applied to the copy, and one of another is not") {
  const auto tree = open_installed("6.12");
  scratch_tree scratch(*tree, checked_files());
  const std::string before = scratch.read("mm/page_counter.c");
  // A line behind the first one, with the three that follow as context.
  const std::size_t first_end = before.find('\n') + 1;
  std::size_t end = first_end;
  for (int line = 0; line < 3; ++line) end = before.find('\n', end) + 1;
  std::string context = " ";
  for (const char c : before.substr(first_end, end - 1 - first_end))
    context += c == '\n' ? std::string("\n ") : std::string(1, c);
  const std::string text = fmt::format(
      "--- a/mm/page_counter.c\n+++ b/mm/page_counter.c\n@@ -1,4 +1,5 @@\n {}+/* ours */\n{}\n",
      before.substr(0, first_end), context);
  const patch_series series{{checked_patch("fix.patch", "fix", "", text)}, {}};
  CHECK(apply_series(series, *tree, scratch).at(0).inexact.empty());
  CHECK(scratch.read("mm/page_counter.c") ==
        before.substr(0, first_end) + "/* ours */\n" + before.substr(first_end));

  const patch_series wrong{{checked_patch("wrong.patch", "wrong", "", small_patch)}, {}};
  CHECK(contains(error_of([&] { apply_series(wrong, *tree, scratch); }),
                 "wrong.patch, \"wrong\", does not apply to 6.12."));
}
