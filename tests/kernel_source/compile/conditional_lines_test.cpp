// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/conditional_lines.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("conditionals leave the lines that the shim's configuration has") {
  const auto left = lines_left_by_conditionals(
      "#include <linux/nothing.h>\n"
      "#ifdef CONFIG_MEMCG\n"
      "int with;\n"
      "#if IS_ENABLED(CONFIG_NUMA)\n"
      "int nodes;\n"
      "#endif\n"
      "#else\n"
      "int without;\n"
      "#endif\n"
      " # include \"other.h\"\n"
      "int always;\n",
      nullptr);
  REQUIRE(left);
  CHECK(left->contains(3));
  CHECK_FALSE(left->contains(5));
  CHECK_FALSE(left->contains(8));
  CHECK(left->contains(11));
}

TEST_CASE("what asks for a macro of another header cannot be told") {
  CHECK_FALSE(lines_left_by_conditionals("#if OF_ANOTHER_HEADER(3)\nint a;\n#endif\n", nullptr)
                  .has_value());
}

TEST_CASE("an include is left out behind a comment and over lines") {
  const auto left = lines_left_by_conditionals(
      "/* first */ #include <linux/nothing.h>\n"
      "#include \\\n  <linux/nothing.h>\n"
      "#ifdef CONFIG_NUMA\n"
      "int nodes;\n"
      "#endif\n"
      "int always;\n",
      nullptr);
  REQUIRE(left);
  CHECK_FALSE(left->contains(5));
  CHECK(left->contains(7));
}
