// SPDX-License-Identifier: GPL-2.0-only
// Scenarios that ask different kernels for the same.
#pragma once

#include <string_view>

namespace stockcheck::report {

/// Whether two scenarios are the same one, written for two algorithms of which a kernel has one:
/// "obj_stock/isolation" and "multi_obj_stock/isolation".
[[nodiscard]] bool are_twins(std::string_view one, std::string_view other);

}  // namespace stockcheck::report
