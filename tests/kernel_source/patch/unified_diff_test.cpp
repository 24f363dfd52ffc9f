// SPDX-License-Identifier: GPL-2.0-only
// Reading diffs.
#include "kernel_source/patch/unified_diff.hpp"

#include "kernel_source/patch/changed_lines.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

namespace {

std::vector<file_change> parse(const std::string& text) {
  return parse_unified_diff(text, "fix.patch");
}

std::string refusal(const std::string& text) {
  return error_of([&] { parse(text); });
}

}  // namespace

TEST_CASE("a hunk has its lines, its ranges and its section") {
  const auto changes = parse("Some words.\n---\n stat\n\n" + small_patch + "-- \n2.39\n");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].old_path == "mm/page_counter.c");
  CHECK(changes[0].new_path == "mm/page_counter.c");
  REQUIRE(changes[0].hunks.size() == 1);
  const hunk& h = changes[0].hunks[0];
  CHECK(h.before.first == 10);
  CHECK(h.before.count == 6);
  CHECK(h.after.first == 10);
  CHECK(h.after.count == 7);
  CHECK(h.section == "void take_pages(long pages)");
  CHECK(h.added() == 1);
  CHECK(h.removed() == 0);
  CHECK(contains(small_patch, h.text()));
}

TEST_CASE("new, removed, renamed and copied files are told apart") {
  const auto changes = parse(
      "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/x\n"
      "@@ -0,0 +1 @@\n+one\n"
      "diff --git a/y b/y\ndeleted file mode 100644\n--- a/y\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n"
      "diff --git a/z b/w\nsimilarity index 100%\nrename from z\nrename to w\n"
      "diff --git a/u b/v\nsimilarity index 90%\ncopy from u\ncopy to v\n--- a/u\n+++ b/v\n"
      "@@ -1 +1 @@\n-one\n+two\n\\ No newline at end of file\n"
      "diff --git a/m b/m\nold mode 100644\nnew mode 100755\n");
  REQUIRE(changes.size() == 5);
  CHECK(changes[0].old_path.empty());
  CHECK(changes[0].new_path == "x");
  CHECK(changes[0].new_mode == "100644");
  CHECK(changes[1].old_path == "y");
  CHECK(changes[1].new_path.empty());
  CHECK(changes[1].path() == "y");
  CHECK(changes[2].old_path == "z");
  CHECK(changes[2].new_path == "w");
  CHECK_FALSE(changes[2].is_copy);
  CHECK(changes[3].is_copy);
  CHECK(changes[3].hunks.at(0).lines.size() == 3);
  CHECK(changes[4].new_mode == "100755");
}

TEST_CASE("a plain diff with dates is read") {
  const auto changes = parse(
      "Index: linux/mm/x.c\n=====\n--- linux.orig/mm/x.c\t2024-01-01 00:00:00\n"
      "+++ linux/mm/x.c\t2024-01-02 00:00:00\n@@ -1,2 +1,2 @@\n-a\n+b\n\n");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].path() == "mm/x.c");
  // The space of an empty line, which mailers drop, is there again.
  CHECK(changes[0].hunks.at(0).lines.back() == " ");
}

TEST_CASE("a malformed diff is refused with its line") {
  CHECK(refusal(with(small_patch, "\n \n void", "\n\n void")) == "nothing was thrown");
  CHECK(refusal(small_patch.substr(0, small_patch.find(" \tpages_in_use"))) ==
        "fix.patch, line 9: the patch is cut off in the middle of a hunk");
  CHECK(contains(refusal(with(small_patch, "+\tcheck_pages", "check_pages")),
                 "fix.patch, line 8: this is no line of a hunk"));
  CHECK(refusal("@@ -1 +1 @@\n-a\n+b\n") ==
        "fix.patch, line 1: a hunk without the name of its file (lines '---' and '+++')");
  CHECK(contains(refusal(with(small_patch, "@@ -10,6 +10,7", "@@ -10,6 +10,6")),
                 "the hunk has other lines than its '@@' announces"));
  CHECK(contains(refusal("--- \"a/x\\ty\"\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"), "in quotes"));
  CHECK(contains(refusal("--- x.c\n+++ x.c\n@@ -1 +1 @@\n-a\n+b\n"), "no first component"));
  CHECK(contains(refusal("--- /etc/x\n+++ /etc/x\n@@ -1 +1 @@\n-a\n+b\n"), "is an absolute path"));
  CHECK(contains(refusal("--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n"), "no file"));
  CHECK(contains(refusal(with(small_patch, "--- a/mm/page_counter.c", "--- a/mm/slab.h")),
                 "are not those behind 'diff --git'"));
}

TEST_CASE("the lines that differ between two texts are found exactly") {
  CHECK(changed_lines("a\nb\n", "a\nb\n").empty());
  const std::vector<hunk> hunks = changed_lines("a\nb\nc\nd\n", "a\nx\ny\nc\n");
  REQUIRE(hunks.size() == 2);
  CHECK(hunks[0].before.first == 2);
  CHECK(hunks[0].before.count == 1);
  CHECK(hunks[0].after.first == 2);
  CHECK(hunks[0].after.count == 2);
  CHECK(hunks[1].before.first == 4);
  CHECK(hunks[1].after.first == 4);
  CHECK(hunks[1].after.count == 0);
  // A file that one side lacks is an empty text.
  CHECK(changed_lines("", "a\n").at(0).after.count == 1);
}
