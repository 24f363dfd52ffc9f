// SPDX-License-Identifier: GPL-2.0-only
// All results of a run as one table, the failures in full below it, and a last line that sums up.
#pragma once

#include "report/result.hpp"
#include "report/style.hpp"

#include <span>
#include <string>

namespace stockcheck::report {

struct table_options {
  bool details_of_known = false;  ///< known properties in full, like failures
  bool outcomes = false;          ///< how often each final state was reached, below every row
  double seconds = 0;             ///< of the whole run, wall-clock
};

std::string table(std::span<const result> results, const table_options& how, const style& with);

}  // namespace stockcheck::report
