// SPDX-License-Identifier: GPL-2.0-only
// A patch is text from a mailing list: whatever it says, nothing is written outside of the copy.
#include "kernel_source/patch/apply_patch.hpp"

#include "kernel_source/patch/fuzzy_patch.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace stockcheck::kernel_source;

namespace {

std::string new_file(const std::string& name, const std::string& line = "x",
                     const std::string& mode = "100644") {
  return fmt::format(
      "diff --git a/{0} b/{0}\nnew file mode {2}\nindex 0000000..1111111\n--- /dev/null\n+++ "
      "b/{0}\n@@ -0,0 +1 @@\n+{1}\n",
      name, line, mode);
}

std::string plain_change(const std::string& name) {
  return fmt::format("--- {0}\n+++ {0}\n@@ -1 +1 @@\n-canary\n+dead\n", name);
}

/// Reads and applies the patch as `stockcheck verify` does, and checks that nothing has changed but
/// in the copy, which is gone. Returns the error's message.
std::string attack(const workshop& shop, const std::string& text) {
  const std::string file = shop.write("attack.patch", text);
  shop.write("canary", "canary\n");
  shop.write("tmp/canary", "canary\n");
  const auto before = shop.contents();
  const std::string message = error_of([&] {
    const auto tree = shop.open();
    scratch_tree scratch(*tree, checked_files());
    const patch_series series = read_patches({file}, *tree);
    apply_series(series, *tree, scratch);
  });
  CHECK(shop.contents() == before);
  return message;
}

void refused(const std::string& text, const std::string& why) {
  CAPTURE(text);
  const workshop shop;
  const std::string message = attack(shop, text);
  CHECK_MESSAGE(contains(message, why), message);
}

}  // namespace

TEST_CASE("paths out of the copy are refused") {
  refused(plain_change("a/../canary"), "leads out of the tree");
  refused(plain_change("a/../../canary"), "leads out of the tree");
  refused(plain_change("a/mm/../../../canary"), "leads out of the tree");
  refused(new_file("../evil"), "leads out of the tree");
  refused(new_file("mm/../../evil"), "leads out of the tree");
  // Absolute: by itself, and once the first component is cut off.
  refused(plain_change("/etc/hostname"), "is an absolute path");
  refused(plain_change("a//etc/hostname"), "is an absolute path");
  refused(
      "diff --git a//tmp/evil b//tmp/evil\nnew file mode 100644\n--- /dev/null\n+++ b//tmp/evil\n"
      "@@ -0,0 +1 @@\n+x\n",
      "is an absolute path");
  refused(plain_change("a/tree/./canary"), "is not a plain path");
}

TEST_CASE("renames and copies into, out of and beyond the copy are refused") {
  const auto moved = [](const std::string& how, const std::string& from, const std::string& to) {
    return fmt::format(
        "diff --git a/mm/other.c b/mm/other2.c\nsimilarity index 100%\n{0} from {1}\n"
        "{0} to {2}\n",
        how, from, to);
  };
  for (const char* how : {"rename", "copy"}) {
    refused(moved(how, "mm/other.c", "../evil"), "leads out of the tree");
    refused(moved(how, "../canary", "mm/evil"), "leads out of the tree");
    refused(moved(how, "mm/other.c", "/tmp/evil"), "is an absolute path");
    refused(moved(how, "/etc/hostname", "mm/evil"), "is an absolute path");
    refused(moved(how, "mm/other.c", ".git/hooks/post-checkout"), "git repository's own directory");
  }
}

TEST_CASE("symbolic links are refused, and so is writing through them") {
  refused(new_file("link", "/etc", "120000"), "link is a symbolic link");
  refused(new_file("link", "..", "120000") + new_file("link/evil"), "link is a symbolic link");
  refused("diff --git a/mm/other.c b/mm/other.c\nold mode 100644\nnew mode 120000\n",
          "mm/other.c is a symbolic link");
  refused(
      "diff --git a/mm/other.c b/mm/other.c\nindex 1111111..2222222 120000\n--- a/mm/other.c\n+++ "
      "b/mm/other.c\n@@ -1 +1 @@\n-int other;\n+/etc/passwd\n",
      "is a symbolic link");
  refused(
      new_file("module", "Subproject commit 0123456789012345678901234567890123456789", "160000"),
      "is a git submodule");
  refused(new_file("device", "x", "020000"), "a file of mode 020000");
}

TEST_CASE("a link that the tree has leads a patch nowhere else") {
  const workshop shop;
  shop.write("outside/file.c", "canary\n");
  std::filesystem::create_symlink("../outside", shop.at("tree/out"));
  std::filesystem::create_symlink("../outside/file.c", shop.at("tree/file.c"));
  CHECK(contains(attack(shop, plain_change("a/out/file.c")), "leads out of the tree"));
  CHECK(contains(attack(shop, plain_change("a/file.c")), "leads out of the tree"));
}

TEST_CASE("a git repository's files are refused") {
  refused(new_file(".git/config", "[core]"), "git repository's own directory");
  refused(new_file("mm/.Git/hooks/x"), "git repository's own directory");
}

TEST_CASE("names that need quotes are refused") {
  refused(
      "diff --git \"a/\\056\\056/evil\" \"b/\\056\\056/evil\"\nnew file mode 100644\n--- "
      "/dev/null\n+++ \"b/\\056\\056/evil\"\n@@ -0,0 +1 @@\n+x\n",
      "quotes");
  refused("--- /dev/null\n+++ \"b/../evil\"\n@@ -0,0 +1 @@\n+x\n", "quotes");
  refused(plain_change("a/mm/other.c x"), "a character that is not allowed");
}

TEST_CASE("binary patches are refused") {
  refused(
      "diff --git a/mm/x b/mm/x\nnew file mode 100644\nindex 0000000..1111111\nGIT binary patch\n"
      "literal 1\nIcmZPo000310RR91\n\n",
      "a binary patch, which is not supported");
  refused(
      "diff --git a/mm/x b/mm/x\nindex 0000000..1111111 100644\nBinary files a/mm/x and b/mm/x "
      "differ\n",
      "a binary patch, which is not supported");
}

TEST_CASE("a script for ed, which GNU patch would run, is no patch") {
  refused("--- a/mm/page_counter.c\n+++ b/mm/page_counter.c\n1d\n!touch canary\n.\n",
          "it changes no file");
  refused("0a\n!touch canary\n.\nw\n", "there is no file '0a'");
}

TEST_CASE("a patch that gives the copy the look of a repository does not configure git") {
  const workshop shop;
  const auto mail = [](const char* subject, const std::string& body) {
    return fmt::format(
        "From a@b.c Mon Sep 17 00:00:00 2001\nFrom: A <a@b.c>\nSubject: {}\n\n---\n{}\n", subject,
        body);
  };
  // The first patch would have git run a program for every file that the second one changes.
  const std::string run = fmt::format("touch {}", shop.at("evil"));
  const std::string config = fmt::format(
      "[core]\n+\tbare = false\n+[filter \"x\"]\n+\tclean = {0}; cat\n+\tsmudge = {0}; cat", run);
  const std::string first = new_file("HEAD", "ref: refs/heads/main") + new_file("objects/x") +
                            new_file("refs/x") + new_file(".gitattributes", "*.c filter=x") +
                            with(new_file("config", config), "+1 @@", "+1,5 @@");
  CHECK(attack(shop, mail("[PATCH 1/2] a", first) + mail("[PATCH 2/2] b", small_patch)) ==
        "nothing was thrown");
}

TEST_CASE("git by itself, as it is run here, keeps to the copy as well") {
  const workshop shop;
  shop.write("canary", "canary\n");
  const auto tree = shop.open();
  const scratch_tree scratch(*tree, checked_files());
  const auto outside = [&] {
    auto all = shop.contents();
    std::erase_if(all, [](const auto& file) { return contains(file.first, "/tree/"); });
    return all;
  };
  const auto before = outside();
  const auto git_apply = [&](const std::string& text) {
    return scratch.repository().run({"apply", "-"}, text);
  };
  CHECK_FALSE(git_apply(plain_change("a/../../../canary")).succeeded());
  CHECK_FALSE(git_apply(new_file("../evil")).succeeded());
  CHECK_FALSE(git_apply(new_file(".git/config")).succeeded());
  CHECK_FALSE(git_apply(new_file("link", "..", "120000") + new_file("link/evil")).succeeded());
  // A link becomes a file that names where it would have led.
  CHECK(git_apply(new_file("link", "..", "120000")).succeeded());
  CHECK(std::filesystem::is_regular_file(std::filesystem::symlink_status(scratch.root() / "link")));
  CHECK(outside() == before);
}

TEST_CASE("a copy that holds a link in spite of all is not used") {
  const workshop shop;
  const auto tree = shop.open();
  scratch_tree scratch(*tree, checked_files());
  std::filesystem::create_symlink("..", scratch.root() / "link");
  const patch_series series{{checked_patch("fix.patch", "fix", "", small_patch)}, {}};
  CHECK(error_of([&] { apply_series(series, *tree, scratch); }) ==
        "link has become something else than a file");
}

TEST_CASE("GNU patch sees only the hunks, never a name or a directive of the patch") {
  const workshop shop;
  shop.write("canary", "canary\n");
  const auto before = shop.contents();
  file_change change;
  change.old_path = "../canary";
  change.new_path = "../canary";
  change.hunks = {{{1, 1}, {1, 1}, "\n+++ ../canary\nIndex: ../canary", {"-a", "+b"}}};
  (void)error_of([&] { apply_with_fuzz("a\n", change); });
  CHECK(shop.contents() == before);
}

TEST_CASE("the scratch copy refuses unsafe names of its own callers") {
  const workshop shop;
  const auto tree = shop.open();
  scratch_tree scratch(*tree, checked_files());
  CHECK(contains(error_of([&] { scratch.write("../evil", ""); }), "leads out of the tree"));
  CHECK(contains(error_of([&] { scratch.remove("../repository/HEAD"); }), "leads out of the tree"));
  CHECK(contains(error_of([&] { (void)scratch.read("/etc/hostname"); }), "is an absolute path"));
}
