// SPDX-License-Identifier: GPL-2.0-only
// Who proposes a remedy has tried it: on the kernels that are installed.
#include "tests/mutants/tried_patches.hpp"
#include "tests/verify/kernel_workshop.hpp"

using namespace stockcheck;

TEST_CASE("each patch of a kernel does to what is known what the catalogue says") {
  std::size_t tried = 0;
  for (const std::string version : {"6.1", "6.12"}) {
    CAPTURE(version);
    const tests::kernel_workshop shop(version);
    tried += tests::for_each_tried_patch(
        version, [&](const known::known_patch& patch, const char* change) {
          REQUIRE(patch.file.starts_with("mutants/"));
          const std::string edit = patch.file.substr(std::string("mutants/").size());
          tests::each_is(shop.verify(shop.patch(edit) + tests::scenarios_of(patch)), patch, change);
        });
  }
  CHECK(tried > 0);
}
