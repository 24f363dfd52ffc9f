// SPDX-License-Identifier: GPL-2.0-only
// Which names of files a patch may use.
#include "kernel_source/tree/tree_path.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("names as kernels have them are safe") {
  for (const char* path :
       {"mm/page_counter.c", "Makefile", "a/.gitignore", ".gitattributes", "x/..y", "x/y..",
        "Documentation/bindings/vendor,part.yaml", "arch/x86/lib/copy_64.S", "a-b_c+d@e=f~"})
    CHECK_MESSAGE(why_unsafe(path).empty(), path);
}

TEST_CASE("names that lead elsewhere or need quoting are not safe") {
  CHECK(why_unsafe("") == "is an empty path");
  CHECK(why_unsafe("/etc/passwd") == "is an absolute path");
  CHECK(why_unsafe("../x") == "leads out of the tree");
  CHECK(why_unsafe("mm/../../x") == "leads out of the tree");
  CHECK(why_unsafe("mm/..") == "leads out of the tree");
  CHECK(why_unsafe("mm//x") == "is not a plain path");
  CHECK(why_unsafe("./x") == "is not a plain path");
  CHECK(why_unsafe("mm/") == "is not a plain path");
  CHECK(why_unsafe(".git/config") == "lies in a git repository's own directory");
  CHECK(why_unsafe("mm/.GIT") == "lies in a git repository's own directory");
  for (const char* path : {"a b", "a\nb", "a\tb", "a\\b", "a\"b", "a*", "a?", "[a]", "\xc3\xa4"})
    CHECK(why_unsafe(path) == "has a character that is not allowed");
  CHECK(why_unsafe(std::string_view("a\0b", 3)) == "has a character that is not allowed");
  CHECK(why_unsafe(std::string(300, 'a')) == "is too long a path");
}

TEST_CASE("the error for an unsafe name says where it stands") {
  CHECK(error_of([] { require_safe("../x", "fix.patch"); }) ==
        "fix.patch: the file name '../x' leads out of the tree");
}
