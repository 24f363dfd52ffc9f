// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/line_markers.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("lines are those of the files that markers name, and empty ones are none") {
  file_lines lines;
  add_marked_lines(
      "# 1 \"kernel/mm/a.c\"\n"
      "int a;\n"
      "\n"
      "int b;\n"
      "# 7 \"kernel/include/linux/a.h\" 1\n"
      "#define A\n"
      "# 9 \"kernel/mm/a.c\" 2\n"
      "  \t\n"
      "int c;\n"
      "#line 30 \"mm/b.c\"\n"
      "int d;",
      lines);
  CHECK(lines == file_lines{{"include/linux/a.h", {7}}, {"mm/a.c", {1, 3, 10}}, {"mm/b.c", {30}}});
}
