// SPDX-License-Identifier: GPL-2.0-only
// Finding and reading kernel trees: directories and git.
#include "kernel_source/tree/kernel_tree.hpp"

#include "kernel_source/tree/makefile_version.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("an unpacked tree is read and named by its Makefile") {
  const workshop shop;
  const auto tree = shop.open();
  CHECK(tree->identity().version == "6.99.0-rc1");
  CHECK(tree->identity().name() == "6.99.0-rc1 (" + shop.at("tree") + ")");
  CHECK(tree->repository() == nullptr);
  const tree_files files = tree->read({"mm/page_counter.c", "mm/memcontrol.c"});
  CHECK(files.size() == 1);
  CHECK(files.at("mm/page_counter.c") == small_page_counter);
}

TEST_CASE("the version is what the Makefile sets first") {
  CHECK(makefile_version("VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION =\n") ==
        "6.12.117");
  CHECK(makefile_version("VERSION = 7\nPATCHLEVEL = 0\n") == "7.0");
  CHECK(makefile_version("all:\n\techo\n").empty());
}

TEST_CASE("a tree without a Makefile has no version") {
  const workshop shop;
  shop.write("bare/mm/page_counter.c", "");
  CHECK(contains(shop.open("bare")->identity().name(), "a kernel without a version"));
}

TEST_CASE("a checkout is read as it stands, with changes that are not committed") {
  const workshop shop;
  shop.make_checkout();
  const auto clean = shop.open();
  CHECK(clean->identity().commit == "v6.99-rc1");
  CHECK_FALSE(clean->identity().modified);
  CHECK(clean->repository() != nullptr);

  shop.write("tree/mm/other.c", "int changed;\n");
  CHECK_FALSE(shop.open()->identity().modified);
  shop.write("tree/mm/page_counter.c", "int changed;\n");
  const auto changed = shop.open();
  CHECK(changed->read({"mm/page_counter.c"}).at("mm/page_counter.c") == "int changed;\n");
  CHECK(changed->identity().modified);
  CHECK(contains(changed->identity().name(), "6.99.0-rc1, v6.99-rc1 with changes ("));
}

TEST_CASE("a file that was only touched is no change") {
  const workshop shop;
  shop.make_checkout();
  std::filesystem::last_write_time(
      shop.at("tree/mm/page_counter.c"),
      std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  CHECK_FALSE(shop.open()->identity().modified);
}

TEST_CASE("a revision is read from git, whatever the work tree holds") {
  const workshop shop;
  shop.make_checkout();
  shop.write("tree/mm/page_counter.c", "int second;\n");
  shop.run({"git", "commit", "--quiet", "--all", "--message=Second"});
  shop.write("tree/mm/page_counter.c", "int third;\n");
  const auto first = shop.open("tree", "HEAD~1");
  CHECK(first->read({"mm/page_counter.c", "mm/none.c"}) ==
        tree_files{{"mm/page_counter.c", small_page_counter}});
  CHECK(first->identity().version == "6.99.0-rc1");
  CHECK(first->identity().commit == "v6.99-rc1");
  const auto second = shop.open("tree", "main");
  CHECK(second->read({"mm/page_counter.c"}).at("mm/page_counter.c") == "int second;\n");
  CHECK(second->identity().commit.starts_with("v6.99-rc1-1-g"));
  CHECK(first->read({}).empty());
}

TEST_CASE("a bare repository is read at its HEAD") {
  const workshop shop;
  shop.make_checkout();
  shop.run({"git", "clone", "--quiet", "--bare", ".", "../bare.git"});
  const auto tree = shop.open("bare.git");
  CHECK(tree->read({"mm/page_counter.c"}).at("mm/page_counter.c") == small_page_counter);
}

TEST_CASE("the settings of the user do not change what is read") {
  const workshop shop;
  shop.make_checkout();
  // A diff program and a file system monitor that would fail, and end of line conversion.
  shop.write(
      "home/.gitconfig",
      "[core]\n\tautocrlf = true\n\tfsmonitor = /bin/false\n[diff]\n\texternal = /bin/false\n");
  ::setenv("HOME", shop.at("home").c_str(), 1);
  ::setenv("GIT_DIR", "/nonexistent", 1);
  const auto tree = shop.open("tree", "HEAD");
  const auto work_tree = shop.open();
  ::unsetenv("GIT_DIR");
  CHECK(tree->read({"mm/page_counter.c"}).at("mm/page_counter.c") == small_page_counter);
  CHECK_FALSE(work_tree->identity().modified);
}

TEST_CASE("a tree that is none is refused with what to do") {
  const workshop shop;
  CHECK(error_of([&] { shop.open("nowhere"); }) ==
        "there is no kernel tree '" + shop.at("nowhere") +
            "': name a git checkout, an unpacked tree, an archive, or a package such as "
            "linux-source-6.12");
  shop.write("empty/README", "");
  CHECK(error_of([&] { shop.open("empty"); }) ==
        shop.at("empty") + " is no kernel tree: it has no mm/page_counter.c");
  CHECK(error_of([&] { shop.open("empty/README"); }) ==
        shop.at("empty/README") +
            " is no kernel tree: neither a directory nor an archive (.tar.xz, .deb)");
  CHECK(error_of([&] { shop.open("tree", "HEAD"); }) ==
        shop.at("tree") + " is no git checkout: it has no revision 'HEAD'");
}

TEST_CASE("a revision that does not exist, or looks like an option, is refused") {
  const workshop shop;
  shop.make_checkout();
  CHECK(error_of([&] { shop.open("tree", "v9.9"); }) ==
        shop.at("tree") + " has no revision 'v9.9'; fetch it, or name another");
  CHECK(contains(error_of([&] { shop.open("tree", "--help"); }), "has no revision '--help'"));
}

TEST_CASE("a symbolic link is followed inside of a tree and refused outside") {
  const workshop shop;
  const std::string secret = shop.write("secret", "secret\n");
  std::filesystem::create_symlink("page_counter.c", shop.at("tree/mm/inside.c"));
  std::filesystem::create_symlink(secret, shop.at("tree/mm/outside.c"));
  std::filesystem::create_symlink("../../tree2", shop.at("tree/mm/beside"));
  shop.write("tree2/x.c", "");
  const auto tree = shop.open();
  CHECK(tree->read({"mm/inside.c"}).at("mm/inside.c") == small_page_counter);
  CHECK(error_of([&] { (void)tree->read({"mm/outside.c"}); }) ==
        shop.at("tree/mm/outside.c") + " is a symbolic link that leads out of the tree, to " +
            secret);
  CHECK(contains(error_of([&] { (void)tree->read({"mm/beside/x.c"}); }), "leads out of the tree"));
  CHECK(contains(error_of([&] { (void)tree->read({"../secret"}); }), "leads out of the tree"));
  CHECK(contains(error_of([&] { (void)tree->read({"mm"}); }), "is not a file"));
}

TEST_CASE("a symbolic link or a directory in git is not taken for a file") {
  const workshop shop;
  std::filesystem::create_symlink("page_counter.c", shop.at("tree/mm/link.c"));
  shop.make_checkout();
  const auto tree = shop.open("tree", "HEAD");
  CHECK(error_of([&] { (void)tree->read({"mm/link.c"}); }) ==
        "mm/link.c of v6.99-rc1 is not a file, but a symbolic link");
  CHECK(contains(error_of([&] { (void)tree->read({"mm"}); }), "but of git's type tree"));
}

TEST_CASE("a check looks at the files that it compiles, and at no others") {
  const workshop shop;
  const auto tree = shop.open();
  for (const std::string& path : checked_files()) CHECK(tree->is_subject(path));
  for (const char* const path : {"mm/memcontrol-v1.c", "mm/other.c", "Makefile"})
    CHECK_FALSE(tree->is_subject(path));
}

TEST_CASE("reading writes nothing to the tree") {
  const workshop shop;
  shop.make_checkout();
  const auto before = shop.contents();
  (void)shop.open()->read(checked_files());
  (void)shop.open("tree", "HEAD")->read(checked_files());
  CHECK(shop.contents() == before);
}
