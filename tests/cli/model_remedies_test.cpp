// Who proposes a remedy has tried it: on our model.
#include "tests/cli/tried_patches.hpp"

using namespace stockcheck;

TEST_CASE("each patch of our model does to what is known what the catalogue says") {
  const std::size_t tried =
      cli::for_each_tried_patch("", [](const checkers::known_patch& patch, const char* change) {
        const cli::outcome result =
            cli::run("verify --model " + std::string(STOCKCHECK_SOURCE_DIR) + "/" + patch.file +
                     cli::scenarios_of(patch));
        cli::each_is(result, patch, change);
      });
  CHECK(tried > 1);
}
