// SPDX-License-Identifier: GPL-2.0-only
// Kernel trees in archives and Debian packages.
#include "kernel_source/tree/package_tree.hpp"

#include "kernel_source/system/file_text.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace stockcheck::kernel_source;

namespace {

/// Packs "tree" into an archive that calls it `top`.
void pack(const workshop& shop, const std::string& archive, const std::string& top) {
  std::filesystem::create_directories(std::filesystem::path(shop.at(archive)).parent_path());
  shop.run({"tar", "--create", "--auto-compress", "--file=" + shop.at(archive),
            "--transform=s,^\\.," + top + ",", "."});
}

std::unique_ptr<const kernel_tree> open_named(const workshop& shop, const std::string& name) {
  return open_kernel_tree(
      {.tree = name, .installed = shop.at("installed"), .cache = shop.at("cache")});
}

}  // namespace

TEST_CASE("an archive is read, whatever the directory in it is called") {
  const workshop shop;
  pack(shop, "linux-source-6.99.tar.xz", "linux-source-6.99");
  pack(shop, "linux.tar.gz", "linux-6.99-rc1");
  pack(shop, "plain.tar", "x");
  for (const char* archive : {"linux-source-6.99.tar.xz", "linux.tar.gz", "plain.tar"}) {
    const auto tree = shop.open(archive);
    CHECK(tree->identity().name() == "6.99.0-rc1 (" + shop.at(archive) + ")");
    CHECK(tree->read({"mm/page_counter.c", "mm/other.c", "mm/none.c"}) ==
          tree_files{{"mm/other.c", "int other;\n"}, {"mm/page_counter.c", small_page_counter}});
  }
}

TEST_CASE("an installed package is found by its name, its version, or as the newest") {
  const workshop shop;
  pack(shop, "installed/linux-source-6.9.tar.xz", "a");
  pack(shop, "installed/linux-source-6.10.tar.xz", "b");
  shop.write("installed/linux-source-6.11.patch", "");
  const std::string older = shop.at("installed/linux-source-6.9.tar.xz");
  const std::string newer = shop.at("installed/linux-source-6.10.tar.xz");
  CHECK(open_named(shop, "6.9")->identity().place == older);
  CHECK(open_named(shop, "linux-source-6.9")->identity().place == older);
  CHECK(open_named(shop, "")->identity().place == newer);
  CHECK(error_of([&] { open_named(shop, "6.11"); }) == "there is no linux-source-6.11 in " +
                                                           shop.at("installed") +
                                                           ": apt-get install linux-source-6.11");
}

TEST_CASE("without any package the error says which one to install") {
  const workshop shop;
  CHECK(error_of([&] { open_named(shop, ""); }) == "there is no kernel source package in " +
                                                       shop.at("installed") +
                                                       ": apt-get install linux-source-6.12");
}

TEST_CASE("a Debian package is read through the archive that it holds") {
  const workshop shop;
  pack(shop, "deb/usr/src/linux-source-6.99.tar.xz", "linux-source-6.99");
  shop.write("deb/DEBIAN/control",
             "Package: linux-source-6.99\nVersion: 1\nArchitecture: all\nMaintainer: Ann <a@b.c>\n"
             "Description: tests\n");
  shop.run({"dpkg-deb", "--root-owner-group", "--build", "../deb", "../source.deb"});
  const auto tree = shop.open("source.deb");
  CHECK(tree->identity().version == "6.99.0-rc1");
  CHECK(tree->read({"mm/other.c"}).at("mm/other.c") == "int other;\n");

  std::filesystem::remove(shop.at("deb/usr/src/linux-source-6.99.tar.xz"));
  shop.run({"dpkg-deb", "--root-owner-group", "--build", "../deb", "../other.deb"});
  CHECK(contains(error_of([&] { shop.open("other.deb"); }), "name a linux-source package"));
}

TEST_CASE("files come out of the cache the second time, and so does their absence") {
  const workshop shop;
  pack(shop, "linux.tar.xz", "linux");
  const package_tree first(shop.at("linux.tar.xz"), shop.at("cache"), nullptr);
  // What was asked for is never unpacked again: a change in the cache would be gone.
  write_file(first.cache() / "files/mm/page_counter.c", "cached\n");
  CHECK(first.read({"mm/page_counter.c", "mm/memcontrol.c"}).at("mm/page_counter.c") == "cached\n");
  // Nothing else is left there.
  std::size_t entries = 0;
  for (const auto& unused : std::filesystem::directory_iterator(first.cache())) {
    (void)unused;
    ++entries;
  }
  CHECK(entries == 2);

  // Another archive in the same place has another cache.
  shop.write("tree/mm/page_counter.c", "int changed;\n");
  pack(shop, "linux.tar.xz", "linux");
  CHECK(shop.open("linux.tar.xz")->read({"mm/page_counter.c"}).at("mm/page_counter.c") ==
        "int changed;\n");
}

TEST_CASE("several may unpack the same archive at once") {
  const workshop shop;
  pack(shop, "linux.tar.xz", "linux");
  std::vector<std::string> texts(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& text : texts)
      threads.emplace_back([&shop, &text] {
        text = shop.open("linux.tar.xz")->read({"mm/page_counter.c"}).at("mm/page_counter.c");
      });
  }
  for (const std::string& text : texts) CHECK(text == small_page_counter);
}

TEST_CASE("a broken archive is told from a file that is missing") {
  const workshop shop;
  shop.write("broken.tar.xz", "this is no archive\n");
  const std::string message = error_of([&] { shop.open("broken.tar.xz"); });
  CHECK(contains(message, "cannot unpack " + shop.at("broken.tar.xz")));
  shop.write("broken.deb", "this is no package\n");
  CHECK(contains(error_of([&] { shop.open("broken.deb"); }),
                 "cannot unpack " + shop.at("broken.deb")));
  std::filesystem::create_directory(shop.at("empty"));
  shop.run({"tar", "--create", "--file=../empty.tar", "../empty"});
  CHECK(contains(error_of([&] { shop.open("empty.tar"); }), "it has no mm/page_counter.c"));
}

TEST_CASE("a link in an archive does not lead out of it") {
  const workshop shop;
  const std::string secret = shop.write("secret", "secret\n");
  std::filesystem::remove(shop.at("tree/mm/page_counter.c"));
  std::filesystem::create_symlink(secret, shop.at("tree/mm/page_counter.c"));
  pack(shop, "linux.tar", "linux");
  CHECK(contains(error_of([&] { shop.open("linux.tar"); }), "leads out of the tree"));
}

TEST_CASE("unpacking ends when the caller is told to stop") {
  const workshop shop;
  pack(shop, "linux.tar.xz", "linux");
  const std::atomic<bool> stop = true;
  CHECK(error_of([&] {
          open_kernel_tree(
              {.tree = shop.at("linux.tar.xz"), .cache = shop.at("cache"), .stop = &stop});
        }) == "tar: interrupted");
}

TEST_CASE("a cache that cannot be written to is an error that says what to do") {
  const workshop shop;
  pack(shop, "linux.tar.xz", "linux");
  const std::string file = shop.write("file", "");
  CHECK(contains(
      error_of([&] { open_kernel_tree({.tree = shop.at("linux.tar.xz"), .cache = file}); }),
      "set XDG_CACHE_HOME"));
}
