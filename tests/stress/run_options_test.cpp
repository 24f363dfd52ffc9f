// SPDX-License-Identifier: GPL-2.0-only
// What options of a stress run are refused, and with what words.
#include "stress/run_options.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <vector>

namespace stockcheck::stress {

TEST_CASE("the defaults can be run") {
  CHECK(!validate(run_options{}));
  CHECK(run_options{}.threads >= 1);
}

TEST_CASE("without a limit every thread has room for eight batches") {
  run_options how;
  how.threads = 4;
  how.batch = 64;
  CHECK(how.highest_limit() == 2048);
  how.limit = 100;
  CHECK(how.highest_limit() == 100);
}

TEST_CASE("zero and absurd values are refused, and the message has the option and its bounds") {
  struct refused {
    std::function<void(run_options&)> change;
    std::string message;
  };
  const std::vector<refused> cases{
      {[](run_options& o) { o.threads = 0; }, "threads must be 1 to 4096, not 0"},
      {[](run_options& o) { o.threads = 4097; }, "threads must be 1 to 4096, not 4097"},
      {[](run_options& o) { o.drainers = 5000; }, "drainers must be 0 to 4096, not 5000"},
      {[](run_options& o) { o.limit_changers = 5000; },
       "limit changers must be 0 to 4096, not 5000"},
      {[](run_options& o) { o.threads = 4096; },
       "threads, drainers and limit changers are at most 4096 together, not 4098"},
      {[](run_options& o) { o.depth = 0; }, "depth must be 1 to 64, not 0"},
      {[](run_options& o) { o.depth = 65; }, "depth must be 1 to 64, not 65"},
      {[](run_options& o) { o.groups = 0; }, "groups must be 1 to 256, not 0"},
      {[](run_options& o) { o.batch = 1UL << 31U; },
       "batch must be 0 to 2147483647, not 2147483648"},
      {[](run_options& o) { o.max_charge = 0; }, "largest charge must be 1 to 2147483647, not 0"},
      {[](run_options& o) { o.limit = ~0UL; },
       "limit must be 0 to 2251799813685247, not 18446744073709551615"},
      {[](run_options& o) { o.time = std::chrono::seconds(0); },
       "time must be above 0 and at most 31622400 s, not 0 s"},
      {[](run_options& o) { o.time = std::chrono::seconds(-1); },
       "time must be above 0 and at most 31622400 s, not -1 s"},
      {[](run_options& o) { o.quiescent_every = std::chrono::milliseconds(0); },
       "quiescent points must be at least 1 ms apart, not 0 ms"},
      {[](run_options& o) { o.pause = std::chrono::microseconds(-1); },
       "pause must be 0 to 1000000 us, not -1 us"},
  };
  for (const refused& c : cases) {
    run_options how;
    how.threads = 2;
    c.change(how);
    CHECK(validate(how) == c.message);
  }
}

TEST_CASE("a time that is not a number is refused") {
  run_options how;
  how.time = std::chrono::duration<double>(std::numeric_limits<double>::quiet_NaN());
  CHECK(validate(how));
}

}  // namespace stockcheck::stress
