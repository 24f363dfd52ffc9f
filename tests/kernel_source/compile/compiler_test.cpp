// SPDX-License-Identifier: GPL-2.0-only
// Compilers that fail, and whose fault it is.
#include "kernel_source/compile/compiler.hpp"

#include "kernel_source/compile/compile_error.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace stockcheck::kernel_source;
namespace fs = std::filesystem;

namespace {

/// A compiler that the shell plays; `does` is what it does but for telling its version.
class stand_in {
 public:
  stand_in(const workshop& shop, const std::string& does, const std::string& before = "") {
    const std::string program = shop.write(
        "compiler", "#!/bin/sh\nif [ \"$*\" = --version ]; then echo stand-in; exit; fi\n" + does);
    fs::permissions(program, fs::perms::owner_all);
    ::setenv("CC", (before + program).c_str(), 1);
    shop.write("good.c", "int good;\n");
    shop.write("bad.c", "int bad\n");
  }
  stand_in(const stand_in&) = delete;
  stand_in& operator=(const stand_in&) = delete;
  ~stand_in() { ::unsetenv("CC"); }
};

void compile(const workshop& shop, const std::string& file) {
  compiler(c_language, nullptr).compile(shop.at(""), file, "object.o", {});
}

void link(const workshop& shop) {
  compiler(c_language, nullptr).link(shop.at(""), {"object.o"}, shop.at("object.so"), {});
}

const std::string real = "exec cc \"$@\"\n";

}  // namespace

TEST_CASE("a compiler may be several words, as for make") {
  const workshop shop;
  const stand_in cc(shop, real, "env  LC_ALL=C ");
  compile(shop, "good.c");
  CHECK(fs::exists(shop.at("object.o")));
}

TEST_CASE("wrong code is its author's fault") {
  const workshop shop;
  const stand_in cc(shop, real);
  CHECK_THROWS_AS(compile(shop, "bad.c"), compile_error);
  shop.write("calls.c", "int missing(void);\nint calls(void) { return missing(); }\n");
  compiler(c_language, nullptr).compile(shop.at(""), "calls.c", "object.o", {"-fPIC"});
  CHECK_THROWS_AS(compiler(c_language, nullptr)
                      .link(shop.at(""), {"object.o"}, shop.at("object.so"), {"-Wl,-z,defs"}),
                  compile_error);
}

TEST_CASE("a compiler that crashes, or fails for any code, is not the code's fault") {
  const workshop shop;
  for (const char* const does :
       {"kill -SEGV $$\n", "exit 1\n", "echo 'x.c:1: internal compiler error: no' >&2; exit 1\n",
        "echo 'x.c:1: error: no space' >&2; exit 1\n"}) {
    CAPTURE(does);
    const stand_in cc(shop, does);
    CHECK(contains(trouble_of([&] { compile(shop, "good.c"); }), "cannot compile good.c"));
  }
}

TEST_CASE("a compiler that makes nothing, or nothing that can be loaded, says so") {
  const workshop shop;
  {
    const stand_in cc(shop, "exit 0\n");
    CHECK(contains(trouble_of([&] { compile(shop, "good.c"); }), "made no object of good.c"));
    CHECK(contains(trouble_of([&] { link(shop); }), "made no shared object"));
  }
  const stand_in cc(shop, "for last; do :; done; head -c 9999 /dev/urandom > \"$last\"\n");
  compile(shop, "good.c");
  CHECK(contains(trouble_of([&] { link(shop); }), "made no shared object"));
}

TEST_CASE("a shared object that was cut off cannot be loaded") {
  const workshop shop;
  const stand_in cc(shop, real + "", "");
  shop.write("good.c", "int good(void) { return 1; }\n");
  compiler(c_language, nullptr).compile(shop.at(""), "good.c", "object.o", {"-fPIC"});
  link(shop);
  const stand_in cut(shop,
                     "cc \"$@\"\nfor last; do :; done\n"
                     "head -c 5000 \"$last\" > \"$last.cut\" && mv \"$last.cut\" \"$last\"\n");
  CHECK(contains(trouble_of([&] { link(shop); }), "made no shared object"));
}

TEST_CASE("temporary files of a compiler lie where they are removed with all the others") {
  const workshop shop;
  const stand_in cc(shop, "echo \"$TMPDIR\" > tmpdir\n" + real.substr(5));
  compile(shop, "good.c");
  std::string directory = shop.at("");
  CHECK(contains(shop.contents().at("tmpdir"), directory));
}

TEST_CASE("no compiler, or none that knows its version, is the user's fault") {
  const workshop shop;
  ::setenv("CC", "no-such-compiler", 1);
  CHECK(contains(error_of([] { compiler(c_language, nullptr); }), "there is no C compiler"));
  ::setenv("CC", "false", 1);
  CHECK(contains(error_of([] { compiler(c_language, nullptr); }), "'false --version' failed"));
  ::unsetenv("CC");
}
