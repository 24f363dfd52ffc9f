// SPDX-License-Identifier: GPL-2.0-only
// A finding as text: what broke, in numbers, and the interleaving in a column for each task.
#pragma once

#include "report/exit_code.hpp"
#include "report/result.hpp"
#include "report/style.hpp"

#include <string>

namespace stockcheck::report {

/// `conservation: usage is not ... (root=3, held=2)`
std::string summary_of(const finding& found);

/// The steps of the result's finding, a column for each task, lines that end in a newline.
std::string interleaving(const result& of, const style& with);

/// The whole story of a result that has a finding, several lines, each ending in a newline.
std::string counterexample(const result& of, const style& with);

}  // namespace stockcheck::report
