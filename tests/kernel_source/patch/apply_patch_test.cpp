// SPDX-License-Identifier: GPL-2.0-only
// Applying patches to scratch copies: what fits, what nearly fits, what does not.
#include "kernel_source/patch/apply_patch.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

namespace {

/// A tree, a scratch copy of it, and what became of patches there.
struct application {
  explicit application(const workshop& shop) : tree(shop.open()), scratch(*tree, checked_files()) {}

  void apply(const std::string& text) {
    applied = apply_series({{checked_patch("fix.patch", "mm: fix", "", text)}, {}}, *tree, scratch);
  }
  std::string rejection(const std::string& text) {
    return error_of([&] { apply(text); });
  }

  std::unique_ptr<const kernel_tree> tree;
  scratch_tree scratch;
  std::vector<applied_patch> applied;
};

/// The file with `small_patch` applied.
std::string patched_page_counter() {
  return with(small_page_counter, "\tpages_in_use -=", "\tcheck_pages(pages);\n\tpages_in_use -=");
}

}  // namespace

TEST_CASE("a patch that fits is applied to the copy and not to the tree") {
  const workshop shop;
  const auto before = shop.contents();
  {
    application a(shop);
    a.apply(small_patch);
    CHECK(a.scratch.read("mm/page_counter.c") == patched_page_counter());
    CHECK(a.applied.at(0).subject == "mm: fix");
    CHECK(a.applied.at(0).inexact.empty());
    CHECK_FALSE(a.applied.at(0).has_fuzz());
    CHECK(a.applied.at(0).changed == std::vector<std::string>{"mm/page_counter.c"});
    CHECK(a.applied.at(0).ignored.empty());
    CHECK(std::filesystem::is_directory(a.scratch.root()));
    CHECK(shop.contents() != before);
  }
  // And the copy is gone.
  CHECK(shop.contents() == before);
}

TEST_CASE("the copy holds only what a check needs, and is gone after an exception, too") {
  const workshop shop;
  const auto before = shop.contents();
  const std::string message = error_of([&] {
    application a(shop);
    CHECK(a.scratch.has("mm/page_counter.c"));
    CHECK_FALSE(a.scratch.has("mm/other.c"));
    a.apply(with(small_patch, "-=", "*="));
  });
  CHECK(contains(message, "does not apply"));
  CHECK(shop.contents() == before);
}

TEST_CASE("an offset is reported") {
  const workshop shop;
  shop.write("tree/mm/page_counter.c", "/* one */\n/* two */\n" + small_page_counter);
  application a(shop);
  a.apply(small_patch);
  CHECK(a.scratch.read("mm/page_counter.c") == "/* one */\n/* two */\n" + patched_page_counter());
  REQUIRE(a.applied.at(0).inexact.size() == 1);
  const inexact_hunk& h = a.applied[0].inexact[0];
  CHECK(h.file == "mm/page_counter.c");
  CHECK(h.number == 1);
  CHECK(h.line == 12);
  CHECK(h.offset == 2);
  CHECK(h.fuzz == 0);
  CHECK_FALSE(a.applied[0].has_fuzz());
}

TEST_CASE("fuzz is accepted and reported by file and hunk") {
  const workshop shop;
  // The first and the last line of the context have changed.
  shop.write("tree/mm/page_counter.c", with(small_page_counter, "}\n\nlong", "}\n/* new */\nlong"));
  application a(shop);
  a.apply(small_patch);
  CHECK(a.scratch.read("mm/page_counter.c") ==
        with(patched_page_counter(), "}\n\nlong", "}\n/* new */\nlong"));
  REQUIRE(a.applied.at(0).inexact.size() == 1);
  CHECK(a.applied[0].inexact[0].file == "mm/page_counter.c");
  CHECK(a.applied[0].inexact[0].number == 1);
  CHECK(a.applied[0].inexact[0].fuzz == 1);
  CHECK(a.applied[0].has_fuzz());
}

TEST_CASE("a patch that does not fit is rejected with its hunks, and changes nothing") {
  const workshop shop;
  application a(shop);
  const std::string two_hunks =
      "--- a/mm/page_counter.c\n+++ b/mm/page_counter.c\n"
      "@@ -4 +4 @@ \n-static long pages_in_use;\n+static long pages_in_use = 1;\n"
      "@@ -17,3 +17,3 @@ long count_pages(void)\n {\n-\treturn other_name;\n+\treturn 2;\n }\n";
  CHECK(
      a.rejection(two_hunks) ==
      "fix.patch, \"mm: fix\", does not apply to 6.99.0-rc1 (" + shop.at("tree") +
          "):\n  mm/page_counter.c: hunk 2 of 2 does not fit (lines 17-19: long count_pages(void))"
          "\nname the tree that it was made for");
  CHECK(a.scratch.read("mm/page_counter.c") == small_page_counter);
}

TEST_CASE("a patch that the tree has already is told from one that does not fit") {
  const workshop shop;
  shop.write("tree/mm/page_counter.c", patched_page_counter());
  application a(shop);
  // The context fits once more, so that patch would apply it twice.
  const std::string change =
      "--- a/mm/page_counter.c\n+++ b/mm/page_counter.c\n@@ -11,5 +11,5 @@\n void give_pages(long "
      "pages)\n {\n-\told_check(pages);\n+\tcheck_pages(pages);\n \tpages_in_use -= pages;\n }\n";
  const std::string message = a.rejection(change);
  CHECK(contains(message, "has already been applied to 6.99.0-rc1"));
  CHECK(contains(message, "name the tree before it"));
}

TEST_CASE("other files are fetched from the tree, patched, and listed as ignored") {
  const workshop shop;
  application a(shop);
  a.apply(small_patch +
          "--- a/mm/other.c\n+++ b/mm/other.c\n@@ -1 +1 @@\n-int other;\n+int more;\n");
  CHECK(a.scratch.read("mm/other.c") == "int more;\n");
  CHECK(a.applied.at(0).changed == std::vector<std::string>{"mm/page_counter.c"});
  CHECK(a.applied.at(0).ignored == std::vector<std::string>{"mm/other.c"});
}

TEST_CASE("a file that the tree lacks is named") {
  const workshop shop;
  application a(shop);
  CHECK(
      contains(a.rejection(small_patch + "--- a/mm/none.c\n+++ b/mm/none.c\n@@ -1 +1 @@\n-a\n+b\n"),
               "\n  mm/none.c: the tree has no such file"));
  CHECK(a.scratch.read("mm/page_counter.c") == small_page_counter);
}

TEST_CASE("files are made, removed and renamed in the copy") {
  const workshop shop;
  application a(shop);
  a.apply(
      "--- /dev/null\n+++ b/mm/new.c\n@@ -0,0 +1 @@\n+int new;\n"
      "--- a/mm/other.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-int other;\n"
      "diff --git a/include/linux/page_counter.h b/include/linux/counter.h\n"
      "similarity index 100%\nrename from include/linux/page_counter.h\n"
      "rename to include/linux/counter.h\n");
  CHECK(a.scratch.read("mm/new.c") == "int new;\n");
  CHECK_FALSE(a.scratch.has("mm/other.c"));
  CHECK_FALSE(a.scratch.has("include/linux/page_counter.h"));
  CHECK(a.scratch.has("include/linux/counter.h"));
  // What a patch has removed does not come back for the next one.
  CHECK(contains(
      a.rejection("--- a/mm/other.c\n+++ b/mm/other.c\n@@ -1 +1 @@\n-int other;\n+int x;\n"),
      "mm/other.c: the tree has no such file"));
}

TEST_CASE("a rename with hunks that fit with fuzz is applied as a whole") {
  const workshop shop;
  shop.write("tree/mm/page_counter.c", with(small_page_counter, "}\n\nlong", "}\n/* new */\nlong"));
  application a(shop);
  a.apply(
      "diff --git a/mm/page_counter.c b/mm/counter.c\nsimilarity index 90%\n"
      "rename from mm/page_counter.c\nrename to mm/counter.c\n" +
      with(small_patch.substr(small_patch.find("---")), "b/mm/page_counter.c", "b/mm/counter.c") +
      "--- /dev/null\n+++ b/mm/new.c\n@@ -0,0 +1 @@\n+int new;\n");
  CHECK(a.applied.at(0).has_fuzz());
  CHECK_FALSE(a.scratch.has("mm/page_counter.c"));
  CHECK(a.scratch.read("mm/counter.c") ==
        with(patched_page_counter(), "}\n\nlong", "}\n/* new */\nlong"));
  CHECK(a.scratch.read("mm/new.c") == "int new;\n");
}

TEST_CASE("a file that exists is not made anew") {
  const workshop shop;
  application a(shop);
  CHECK(contains(a.rejection("--- /dev/null\n+++ b/mm/other.c\n@@ -0,0 +1 @@\n+int new;\n"),
                 "mm/other.c: the tree has this file already"));
  CHECK(contains(a.rejection("--- a/include/linux/page_counter.h\n+++ /dev/null\n@@ -1 +0,0 @@\n"
                             "-void other(void);\n"),
                 "include/linux/page_counter.h: hunk 1 of 1 does not fit"));
}

TEST_CASE("the patches of a series build on each other, and a failing one is named") {
  const workshop shop;
  application a(shop);
  const std::string second =
      with(with(small_patch, "+\tcheck_pages(pages);\n", ""), " \tpages_in_use -= pages;\n",
           " \tcheck_pages(pages);\n+\t/* twice */\n \tpages_in_use -= pages;\n");
  const patch first_patch = checked_patch("1.patch", "first", "", small_patch);
  const patch second_patch =
      checked_patch("2.patch", "second", "", with(second, "-10,6 +10,7", "-10,7 +10,8"));
  CHECK(apply_series({{first_patch, second_patch}, {}}, *a.tree, a.scratch).size() == 2);
  CHECK(contains(a.scratch.read("mm/page_counter.c"), "check_pages(pages);\n\t/* twice */\n"));
  application other(shop);
  const std::string message = error_of(
      [&] { apply_series({{second_patch, first_patch}, {}}, *other.tree, other.scratch); });
  CHECK(contains(message, "2.patch, \"second\", does not apply to"));
}

TEST_CASE("a .gitattributes in a patch does not change how later patches are applied") {
  const workshop shop;
  application a(shop);
  a.apply(
      "--- /dev/null\n+++ b/.gitattributes\n@@ -0,0 +1 @@\n"
      "+*.c eol=crlf ident working-tree-encoding=UTF-16\n");
  a.apply(small_patch);
  CHECK(a.scratch.read("mm/page_counter.c") == patched_page_counter());
}

TEST_CASE("patches apply to a git revision and to an archive as to a directory") {
  const workshop shop;
  shop.make_checkout();
  shop.run({"tar", "--create", "--file=../linux.tar", "--transform=s,^\\.,linux,", "."});
  shop.write("tree/mm/page_counter.c", "int later;\n");
  const patch_series series{{checked_patch("fix.patch", "mm: fix", "", small_patch)}, {}};
  const auto revision = shop.open("tree", "HEAD");
  const auto archive = shop.open("linux.tar");
  for (const kernel_tree* tree : {revision.get(), archive.get()}) {
    scratch_tree scratch(*tree, checked_files());
    apply_series(series, *tree, scratch);
    CHECK(scratch.read("mm/page_counter.c") == patched_page_counter());
  }
}
