// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/self_contained_object.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace stockcheck::kernel_source;

namespace {

/// What is said of the shared object that cc makes of a text.
std::string said_of(const std::string& text, const std::vector<std::string>& flags) {
  const workshop shop;
  std::vector<std::string> arguments{"cc", "-shared",      "-fPIC", shop.write("x.c", text),
                                     "-o", shop.at("x.so")};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  shop.run(std::move(arguments));
  return error_of([&] { require_self_contained(shop.at("x.so")); });
}

}  // namespace

TEST_CASE("an object that uses nothing but itself is accepted") {
  CHECK(said_of("int f(void) { return 1; }", {"-nostdlib"}) == "nothing was thrown");
}

TEST_CASE("an object that uses a function of a library is refused, with its name") {
  CHECK(said_of("extern int fork(void); int f(void) { return fork(); }", {"-nostdlib"}) ==
        "the compiled code uses fork, which it does not have itself");
  CHECK(contains(said_of("int fork(void); int f(void) { return fork(); }", {}),
                 "the compiled code needs another library"));
}

TEST_CASE("an object that runs code when it is loaded is refused, whatever makes it") {
  CHECK(contains(said_of("__attribute__((constructor)) void f(void) { }", {"-nostdlib"}),
                 "runs code when it is loaded (.init_array)"));
  CHECK(contains(said_of("__attribute__((destructor)) void f(void) { }", {"-nostdlib"}),
                 "runs code when it is unloaded (.fini_array)"));
  CHECK(contains(said_of("void _init(void) { }", {"-nostdlib"}),
                 "runs code when it is loaded (_init)"));
  CHECK(
      contains(said_of("static int g(void) { return 1; }\nstatic void* choose(void) { return g; }\n"
                       "int f(void) __attribute__((ifunc(\"choose\")));\n"
                       "void* at(void) { return f; }",
                       {"-nostdlib"}),
               "an indirect function"));
}

TEST_CASE("what is no object is no object") {
  const workshop shop;
  const std::string file = shop.write("x.so", "");
  CHECK(contains(trouble_of([&] { require_self_contained(file); }), "the linker made no object"));
}
