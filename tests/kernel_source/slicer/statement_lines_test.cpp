// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/statement_lines.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

namespace {

/// "1 2" for lines that belong together, "3-" for a passive one.
std::string of(const std::string& text) {
  std::string all;
  for (const statement_lines& s : statements_of("a.c", text)) {
    if (!all.empty()) all += ", ";
    for (const unsigned line : s.lines) {
      if (line != s.lines.front()) all += ' ';
      all += std::to_string(line);
    }
    if (s.is_passive) all += '-';
  }
  return all;
}

}  // namespace

TEST_CASE("lines of one statement belong together, whatever comments and directives are between") {
  CHECK(of("void f(int a)\n"
           "{\n"
           "  a = g(a, /* one */\n"
           "\n"
           "#ifdef X\n"
           "        1,\n"
           "#endif\n"
           "        2);\n"
           "  if (a) {\n"
           "    return;\n"
           "  }\n"
           "}\n") == "1 2, 3 6 8, 9, 10-, 11-, 12-");
}

TEST_CASE("declarations without a value, braces, labels and jumps are passive") {
  CHECK(of("struct a *b;\n"
           "unsigned long c[3], d;\n"
           "int e = 1;\n"
           "} else {\n"
           "break;\n"
           "goto out;\n"
           "out:\n"
           "case 3:\n"
           "return e;\n"
           "f(e);\n"
           "e = 2;\n"
           "e++;\n") == "1-, 2-, 3, 4-, 5-, 6-, 7-, 8-, 9, 10, 11, 12");
}
