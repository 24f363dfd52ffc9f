// SPDX-License-Identifier: GPL-2.0-only
// Nothing that is compiled of Debian's own kernel packages is refused.
#include "kernel_source/compile/memcg_slice.hpp"
#include "kernel_source/compile/refused_includes.hpp"
#include "kernel_source/tree/kernel_tree.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("nothing that is compiled of an installed kernel is refused") {
  for (const char* const version : {"6.1", "6.12"}) {
    CAPTURE(version);
    const auto tree = open_kernel_tree({.tree = version, .cache = STOCKCHECK_TEST_CACHE});
    const tree_files files = tree->read(checked_files());
    CHECK(error_of([&] { refuse_in("mm/page_counter.c", files); }) == "nothing was thrown");
    CHECK(error_of([&] { refuse_in("include/linux/page_counter.h", files); }) ==
          "nothing was thrown");
    CHECK(!cut_memcg(files).text.empty());
  }
}
