// SPDX-License-Identifier: GPL-2.0-only
// Large numbers for people.
#pragma once

#include <string>

namespace stockcheck::report {

/// "950", "12.3k", "41.0M", "2.1G"; small fractions keep two digits: "78.72".
std::string quantity_text(double value);

}  // namespace stockcheck::report
