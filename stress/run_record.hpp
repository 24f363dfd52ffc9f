// SPDX-License-Identifier: GPL-2.0-only
// From the numbers of a stress run to its result record.
#pragma once

#include "report/result.hpp"
#include "stress/run_options.hpp"

#include <cstdint>
#include <optional>

namespace stockcheck::stress {

/// What was counted in a run.
struct run_numbers {
  double seconds = 0;  ///< from the start of work to the last quiescent point
  bool stopped_early = false;
  unsigned pinned = 0;  ///< threads bound to a processing unit
  std::uint64_t quiescent_points = 0;
  std::uint64_t operations = 0;  ///< charges, refused charges and uncharges
  std::uint64_t charges = 0;     ///< successful
  std::uint64_t hits = 0;        ///< charges that a stock served
  std::uint64_t refused_charges = 0;
  std::uint64_t drains = 0;
  std::uint64_t limit_changes = 0;
  std::uint64_t refused_limit_changes = 0;
};

/// What was seen and how far the run got; the verdict is left to whoever judges it. Drainers and
/// limit changers that did nothing are missing.
[[nodiscard]] report::result make_record(const run_options& how, const run_numbers& numbers,
                                         std::optional<report::finding> finding);

}  // namespace stockcheck::stress
