// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/code_change.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

namespace {

const std::string file =
    "/* about it */\n"
    "#ifndef GUARD\n"
    "#define GUARD\n"
    "#ifdef CONFIG_NUMA /* nodes */\n"
    "int a; // one\n"
    "\n"
    "#else\n"
    "#if X > \\\n"
    "    2\n"
    "#define LONG(x) \\\n"
    "  ((x) + 1)\n"
    "#endif\n"
    "int b = 1,\n"
    "    c;\n"
    "#endif\n"
    "#endif\n";

bool is_same(const std::string& before, const std::string& after) {
  return is_same_code("a.c", before, after);
}

}  // namespace

TEST_CASE("comments and white space are no code") {
  CHECK(is_same(file, file));
  CHECK(is_same("int a; /* x */\n", "\n\n// y\nint  a\n;\n"));
  CHECK(is_same("#define A /* x */ 1\n", "#  define A\\\n 1 // y\n"));
  CHECK(is_same("#ifdef A\n#endif\n", "#ifdef A\n/* nothing */\n#endif /* A */\n"));
}

TEST_CASE("a token more, less or in another place is other code") {
  CHECK_FALSE(is_same("int a;\n", "int a;;\n"));
  CHECK_FALSE(is_same("int a;\n", "int ab;\n"));
  CHECK_FALSE(is_same("char* a = \"b\";\n", "char* a = \"b \";\n"));
  CHECK_FALSE(is_same("#define A 1\nint b;\n", "#define A 1 int b;\n"));
  CHECK_FALSE(is_same("#ifdef A\n#endif\nint b;\n", "#ifdef A\nint b;\n#endif\n"));
  CHECK_FALSE(is_same("#ifdef A\n#endif\n", "#ifndef A\n#endif\n"));
  CHECK_FALSE(is_same("#define A (x)\n", "#define A(x)\n"));
}

TEST_CASE("lines of code are those of tokens and macros") {
  CHECK(code_lines("a.c", file) == std::set<unsigned>{3, 5, 10, 11, 13, 14});
}

TEST_CASE("the innermost conditional around a line is named as it stands") {
  CHECK(condition_around("a.c", file, 3).empty());
  CHECK(condition_around("a.c", file, 5) == "#ifdef CONFIG_NUMA");
  CHECK(condition_around("a.c", file, 10) == "#if X > 2");
  CHECK(condition_around("a.c", file, 13) == "#else of #ifdef CONFIG_NUMA");
}
