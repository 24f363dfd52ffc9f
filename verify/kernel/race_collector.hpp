// SPDX-License-Identifier: GPL-2.0-only
// The data races of a scenario on the kernel's own code, each of which is passed over once it was
// seen, so that the search can go on behind it.
#pragma once

#include "harness/explore/explore_run.hpp"
#include "report/result.hpp"

#include <string>
#include <vector>

namespace stockcheck::verify {

/// At most one exists in a process at a time.
class race_collector {
 public:
  race_collector();

  /// If the search ended with a data race, its plain accesses are passed over from now on. If it
  /// ended with accesses of mixed widths, the unmarked ones are cut. Returns false if that was done
  /// before, or if there are none.
  bool add(const harness::explore_report& report);
  [[nodiscard]] std::vector<report::race> take();

 private:
  void keep(report::finding found, const std::string& functions);

  std::vector<report::race> races_;
};

}  // namespace stockcheck::verify
