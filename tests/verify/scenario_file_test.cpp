// SPDX-License-Identifier: GPL-2.0-only
// A user's file of scenarios on the kernel's own code and on a patched model.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck::tests;

namespace {

const std::string idea =
    "#include \"checks/base/counter_scenario.hpp\"\n"
    "using namespace stockcheck::checks;\n"
    "template <class S>\n"
    "struct lowered_while_charged : counter_scenario<S> {\n"
    "  static constexpr scenario_info info{\n"
    "      .name = \"idea/lowered_while_charged\",\n"
    "      .summary = \"A limit is lowered while somebody charges.\",\n"
    "      .task_list = {{{\"charge 1\"}, {\"set_max 1\", {.cpu = 1}}}}};\n"
    "  counter_group<S> root{*this, \"root\"};\n"
    "  lowered_while_charged() { root.try_charge(1); }\n"
    "  void task(unsigned number) {\n"
    "    if (number == 0)\n"
    "      root.try_charge(1);\n"
    "    else\n"
    "      root.set_max(1);\n"
    "  }\n"
    "};\n"
    "using scenarios = scenario_list<lowered_while_charged>;\n";

}  // namespace

TEST_CASE("a user's scenarios run on the kernel's own code, alone, and find what a patch breaks") {
  const kernel_workshop shop("6.12");
  const std::string file = " --scenario-file " + shop.write("idea.hpp", idea);
  const outcome stands = shop.verify(file);
  CAPTURE(stands.text);
  CHECK(stands.exit_code == 0);
  CHECK(contains(stands.text, "idea/lowered_while_charged"));
  CHECK(contains(stands.text, "1 run: 0 passed, 1 known, 0 failed"));

  const outcome broken = shop.verify(shop.patch("kernel/wrong/counter_max_by_store.sed") + file);
  CAPTURE(broken.text);
  CHECK(broken.exit_code == 1);
  CHECK(contains(broken.text, "newly failing  idea/lowered_while_charged"));
  CHECK(contains(broken.text, file + " "));
}

TEST_CASE("a user's scenarios end in the same states on our model and on the kernel's own code") {
  const kernel_workshop shop("6.12");
  const outcome same = run("compare --linux " + shop.tree() + " " + shop.write("idea.hpp", idea));
  CAPTURE(same.text);
  CHECK(same.exit_code == 0);
  CHECK(contains(same.text, "idea/lowered_while_charged"));
}

TEST_CASE("a user's scenarios run on a patched model") {
  const kernel_workshop shop("6.12");
  const outcome broken = run("verify --of-model " STOCKCHECK_SOURCE_DIR
                             "/mutants/model/wrong/relaxed_rmw_in_set_max.patch --scenario-file " +
                             shop.write("idea.hpp", idea));
  CAPTURE(broken.text);
  CHECK(broken.exit_code == 1);
  CHECK(contains(broken.text, "newly failing  idea/lowered_while_charged"));
}
