// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/refused_includes.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace stockcheck::kernel_source;

namespace {

/// What is said of a mm/page_counter.c, beside which there are two headers and another file.
std::string said_of(const std::string& text) {
  return error_of([&] {
    refuse_in("mm/page_counter.c", {{"mm/page_counter.c", text},
                                    {"include/linux/page_counter.h", "#include <linux/deep.h>\n"},
                                    {"include/linux/deep.h", "\nextern __thread int deep;\n"},
                                    {"mm/slab.h", "#define SLAB 1\n"},
                                    {"mm/memcontrol.c", "asm(\"nop\");\n"}});
  });
}

}  // namespace

TEST_CASE("headers of the kernel are accepted, whether they are there or not") {
  CHECK(said_of("#include <linux/mm.h>\n#include <asm/page.h>\n#include \"slab.h\"\n") ==
        "nothing was thrown");
  CHECK(said_of("#include \"../mm/slab.h\" /* it is there */\n") == "nothing was thrown");
}

TEST_CASE("an include that leads out of the tree is refused, with its line") {
  CHECK(said_of("\n#include \"../../secret\"\n") ==
        "mm/page_counter.c:2: #include '../../secret' leads out of the tree");
  CHECK(said_of("#include \"/dev/zero\"\n") ==
        "mm/page_counter.c:1: #include '/dev/zero' is no file of the tree");
  CHECK(said_of("#include </dev/zero>\n") ==
        "mm/page_counter.c:1: #include '/dev/zero' is an absolute path");
  CHECK(said_of("# /* now */ include <../../secret>\n") ==
        "mm/page_counter.c:1: #include '../../secret' leads out of the tree");
}

TEST_CASE("a quoted include of a file that is not compiled is refused") {
  CHECK(said_of("#include \"../lib/os-release\"\n") ==
        "mm/page_counter.c:1: #include '../lib/os-release' is none of the files that are compiled "
        "here");
}

TEST_CASE("an include whose name is not written there is refused") {
  for (const char* const line :
       {"#define SECRET \"/etc/passwd\"\n#include SECRET", "\n#include <linux/mm.h", "\n#include",
        "\n#include <linux\\\n/mm.h>"})
    CHECK(contains(said_of(std::string(line) + "\n"),
                   "mm/page_counter.c:2: #include is no plain name"));
}

TEST_CASE("the name of an include may be of any length") {
  CHECK(contains(said_of("#include <" + std::string(200000, 'A') + ">\n"),
                 "A...' is too long a path"));
}

TEST_CASE("the headers that a text names in angle brackets are found") {
  CHECK(headers_named_in("#include <a.h>\n # \tinclude\t<b/c.h> x\n#include \"d.h\"\n"
                         "#include <e.h\n#include <>\n#define f <g.h>\n#") ==
        std::set<std::string>{"a.h", "b/c.h"});
  const std::string name(300000, 'A');
  CHECK(headers_named_in("#include <" + name + ">").contains(name));
}

TEST_CASE("what a file includes is read, and nothing else") {
  CHECK(contains(said_of("#include <linux/page_counter.h>\n"), "include/linux/deep.h:2: __thread"));
  CHECK(contains(said_of("#include \"memcontrol.c\"\n"), "mm/memcontrol.c:1: inline assembly"));
}
