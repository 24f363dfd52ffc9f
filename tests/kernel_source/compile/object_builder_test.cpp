// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/object_builder.hpp"

#include "tests/kernel_source/compile/small_memcg.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

using namespace stockcheck::kernel_source;

namespace {

/// A compiler that makes objects of nothing, but for mm/memcontrol.c does what the shell is told.
class stand_in_compiler {
 public:
  stand_in_compiler(const workshop& shop, const std::string& does) {
    const std::string program = shop.write(
        "compiler",
        "#!/bin/sh\nfor last; do :; done\ncase \"$*\" in\n--version) echo stand-in; exit ;;\n"
        "*memcg_slice.c*-o*memcg_slice.c.o) " +
            does +
            " ;;\n*-shared*) exec cc -shared -nostdlib -x c /dev/null -o \"$last\" ;;\nesac\nexec "
            "cc -x c -c /dev/null -o \"$last\"\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    ::setenv("CC", program.c_str(), 1);
  }
  stand_in_compiler(const stand_in_compiler&) = delete;
  stand_in_compiler& operator=(const stand_in_compiler&) = delete;
  ~stand_in_compiler() { ::unsetenv("CC"); }
};

built_object build(const workshop& shop) {
  tree_files files = small_memcg();
  files["mm/page_counter.c"] = "int page_counter;\n";
  return build_object({.files = files, .cache = shop.at("cache")});
}

}  // namespace

TEST_CASE("code of mm/memcontrol.c that does not compile is left out, with the reason") {
  const workshop shop;
  const stand_in_compiler cc(shop, "echo 'mm/memcontrol.c:7: error: what is this' >&2; exit 1");
  CHECK(build(shop).lacks == "mm/memcontrol.c:7: error: what is this");
}

TEST_CASE(
    "refused code of mm/memcontrol.c is never compiled, and that of mm/page_counter.c throws") {
  const workshop shop;
  const stand_in_compiler cc(shop, "echo 'it was compiled' >&2; exit 1");
  tree_files files = small_memcg();
  files["mm/page_counter.c"] = "int page_counter;\n";
  files["mm/memcontrol.c"] =
      with(files["mm/memcontrol.c"], "int pages)\n{\n", "int pages)\n{\n\tasm(\"nop\");\n");
  const built_object built = build_object({.files = files, .cache = shop.at("cache")});
  CHECK(built.lacks.starts_with("mm/memcontrol.c:11: inline assembly"));
  CHECK(built.is_refused);
  files["mm/page_counter.c"] = "#pragma GCC optimize(\"O2\")\n";
  CHECK(error_of([&] {
          build_object({.files = files, .cache = shop.at("cache")});
        }).starts_with("mm/page_counter.c:1: #pragma: "));
}

TEST_CASE("everything is built where everything compiles") {
  const workshop shop;
  const stand_in_compiler cc(shop, ":");
  CHECK(build(shop).lacks.empty());
}

TEST_CASE("a compiler that could not do its work says nothing about the code") {
  const workshop shop;
  for (const auto& [does, message] :
       {std::pair{"kill -9 $$", "signal 9"},
        {"echo 'cc: fatal error: Killed signal terminated program cc1' >&2; exit 1",
         "terminated program cc1"},
        {"echo 'x.c:9: fatal error: error writing to x.s: No space left on device' >&2; exit 1",
         "No space left on device"}}) {
    const stand_in_compiler cc(shop, does);
    CHECK(contains(trouble_of([&] { build(shop); }), message));
  }
}
