// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/include_closure.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace stockcheck::kernel_source;
using namespace stockcheck::harness;

namespace {

const tree_files tree{{"checks/a.hpp", "#include \"model/b.hpp\"\n#include <array>\n"},
                      {"checks/alone.hpp", ""},
                      {"model/b.hpp", "#include \"model/b.hpp\"\n  #  include <checks/c.hpp>\n"},
                      {"checks/c.hpp", "// #include is no directive here\n"},
                      {"checks/macro.hpp", "#define H \"checks/a.hpp\"\n#include H\n"},
                      {"checks/asks.hpp", "#if __has_include(\"checks/new.hpp\")\n#endif\n"},
                      {"checks/up.hpp", "#include \"../model/b.hpp\"\n"}};

std::vector<std::string> names_in(const include_closure& closure) {
  std::vector<std::string> names;
  for (const auto& [name, text] : closure.files) names.push_back(name);
  return names;
}

include_closure closure_of(const std::string& unit) {
  return stockcheck::harness::closure_of(unit, tree, {});
}

}  // namespace

TEST_CASE("a closure has what is included, and what that includes, each once") {
  const std::vector<std::string> expected{"checks/a.hpp", "checks/c.hpp", "model/b.hpp"};
  const include_closure closure = closure_of("#include \"checks/a.hpp\"\n#include <vector>");
  CHECK(names_in(closure) == expected);
  CHECK_FALSE(closure.is_whole_tree);
  CHECK(closure.files.at("checks/a.hpp") == tree.at("checks/a.hpp"));
}

TEST_CASE("a name may lead up from where the file with the directive lies") {
  const std::vector<std::string> expected{"checks/c.hpp", "checks/up.hpp", "model/b.hpp"};
  CHECK(names_in(closure_of("#include \"checks/up.hpp\"\n")) == expected);
}

TEST_CASE("where a directive does not name its file, every file of the tree may be meant") {
  for (const std::string unit :
       {"#include \"checks/macro.hpp\"\n", "#include \"checks/asks.hpp\"\n", "#include\n"}) {
    CAPTURE(unit);
    const include_closure closure = closure_of(unit);
    CHECK(closure.is_whole_tree);
    CHECK(closure.files == tree);
  }
}

TEST_CASE("a user's files are those beside the one that is included, and below") {
  const workshop shop;
  shop.write("mine/idea.hpp", "#include \"sizes.hpp\"\n#include \"checks/alone.hpp\"\n");
  shop.write("mine/sizes.hpp", "#include \"more/of.hpp\"\n#include \"../others.hpp\"\n");
  shop.write("mine/more/of.hpp", "");
  shop.write("others.hpp", "");
  shop.write("mine/up.hpp", "#include \"users/../../others.hpp\"\n");
  CHECK(stockcheck::harness::closure_of("#include \"users/up.hpp\"\n", tree, shop.at("mine"))
            .files.size() == 1);
  const std::vector<std::string> expected{"checks/alone.hpp", "users/idea.hpp", "users/more/of.hpp",
                                          "users/sizes.hpp"};
  CHECK(names_in(stockcheck::harness::closure_of("#include \"users/idea.hpp\"\n", tree,
                                                 shop.at("mine"))) == expected);
}
