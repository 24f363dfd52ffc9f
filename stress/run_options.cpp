// SPDX-License-Identifier: GPL-2.0-only
#include "stress/run_options.hpp"

#include "model/kernel/limits.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string_view>

namespace stockcheck::stress {

namespace {

/// An option that must lie within bounds.
struct bounded {
  std::string_view name;
  std::uint64_t value;
  std::uint64_t least;
  std::uint64_t most;
};

constexpr std::uint64_t most_threads = 4096;
constexpr std::uint64_t most_levels = 64;
constexpr std::uint64_t most_groups = 256;
/// A stock is an int of pages, and so must be what goes into it at once.
constexpr std::uint64_t most_pages_at_once = std::numeric_limits<int>::max();
constexpr double longest = 366.0 * 24 * 3600;  // seconds

}  // namespace

std::optional<std::string> validate(const run_options& how) {
  const double seconds = how.time.count();
  // NOLINTNEXTLINE(readability-simplify-boolean-expr): so that it refuses what is not a number too
  if (!(seconds > 0 && seconds <= longest))
    return fmt::format("time must be above 0 and at most {:.0f} s, not {} s", longest, seconds);
  if (how.quiescent_every.count() < 1)
    return fmt::format("quiescent points must be at least 1 ms apart, not {} ms",
                       how.quiescent_every.count());
  if (how.pause.count() < 0 || how.pause.count() > 1'000'000)
    return fmt::format("pause must be 0 to 1000000 us, not {} us", how.pause.count());

  const std::array numbers{
      bounded{"threads", how.threads, 1, most_threads},
      bounded{"drainers", how.drainers, 0, most_threads},
      bounded{"limit changers", how.limit_changers, 0, most_threads},
      bounded{"depth", how.depth, 1, most_levels},
      bounded{"groups", how.groups, 1, most_groups},
      bounded{"batch", how.batch, 0, most_pages_at_once},
      bounded{"largest charge", how.max_charge, 1, most_pages_at_once},
      bounded{"limit", how.limit, 0, kernel::page_counter_max},
  };
  for (const bounded& n : numbers)
    if (n.value < n.least || n.value > n.most)
      return fmt::format("{} must be {} to {}, not {}", n.name, n.least, n.most, n.value);
  if (how.all_threads() > most_threads)
    return fmt::format("threads, drainers and limit changers are at most {} together, not {}",
                       most_threads, how.all_threads());
  return std::nullopt;
}

}  // namespace stockcheck::stress
