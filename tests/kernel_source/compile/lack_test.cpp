// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/lack.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck::kernel_source;

TEST_CASE("a name that the kernel's code uses and nobody has is a lack of the shim") {
  const std::string message = "mm/page_counter.c:7: error: 'jiffies' undeclared (first use)\n";
  CHECK(cause_of(message) == lack::name);
  CHECK(reason_of(message, "mm/page_counter.c") ==
        "the shim lacks jiffies, used by mm/page_counter.c");
}

TEST_CASE("a function that the shim calls and the kernel has not is one of the kernel") {
  const std::string message =
      "shim/stockcheck/page_counter.c:9: error: implicit declaration of function 'set_max'\n";
  CHECK(cause_of(message) == lack::function);
  CHECK(reason_of(message, "mm/page_counter.c") ==
        "mm/page_counter.c has no set_max, which scenarios call");
}

TEST_CASE("a member that the kernel's own structure has not is of another patch of the series") {
  const std::string error =
      "kernel/mm/page_counter.c:131: error: 'struct page_counter' has no member named 'batch'";
  for (const std::string& said :
       {error + "\nshim/stockcheck/types.h:98: error: 'sc_a' undeclared (first use)\n",
        std::string("kernel/mm/page_counter.c:131:9: error: no member named 'batch' in "
                    "'struct page_counter'\n")}) {
    CHECK(cause_of(said) == lack::code);
    const std::string reason = reason_of(said, "mm/page_counter.c");
    CAPTURE(reason);
    CHECK(reason.ends_with(
        "nothing that is compiled defines batch: does it need another patch of its series?"));
  }
  // A member that a structure of the shim has not is a lack of the shim.
  CHECK(cause_of("kernel/mm/memcontrol.c:7: error: 'struct folio' has no member named 'lru'\n") ==
        lack::name);
}

TEST_CASE("a macro of the shim that is used wrongly is there, and the code is wrong") {
  const std::string error =
      "kernel/mm/page_counter.c:58: error: macro \"atomic_sub_return\" requires 2 arguments";
  const std::string message = error +
                              ", but only 1 given\nshim/stockcheck/access.h:139: error: "
                              "'atomic_sub_return' undeclared (first use)\n";
  CHECK(cause_of(message) == lack::code);
  CHECK(reason_of(message, "mm/page_counter.c") == error + ", but only 1 given");
  CHECK(cause_of("kernel/mm/page_counter.c:58: error: too few arguments provided to function-like "
                 "macro invocation\nshim/stockcheck/access.h:112: note: macro 'atomic_sub_return' "
                 "defined here\nshim/stockcheck/access.h:139: error: use of undeclared identifier "
                 "'atomic_sub_return'\n") == lack::code);
  // A later kernel may have given it another argument.
  CHECK(cause_of("kernel/mm/page_counter.c:58: error: macro \"cmpxchg\" passed 4 arguments, but "
                 "takes just 3\nkernel/mm/page_counter.c:58: error: 'cmpxchg' undeclared\n") ==
        lack::name);
}
