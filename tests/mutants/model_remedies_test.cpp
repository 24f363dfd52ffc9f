// SPDX-License-Identifier: GPL-2.0-only
// Who proposes a remedy has tried it: on our model.
#include "tests/mutants/tried_patches.hpp"

using namespace stockcheck;

TEST_CASE("each patch of our model does to what is known what the catalogue says") {
  const std::size_t tried =
      tests::for_each_tried_patch("", [](const known::known_patch& patch, const char* change) {
        const tests::outcome result =
            tests::run("verify --of-model " + std::string(STOCKCHECK_SOURCE_DIR) + "/" +
                       patch.file + tests::scenarios_of(patch));
        tests::each_is(result, patch, change);
      });
  CHECK(tried > 1);
}
