// SPDX-License-Identifier: GPL-2.0-only
// Per-CPU stocks of charges, as small as they can be: the workload that engines are compared by.
#pragma once

#include "explore/engine_program.hpp"

#include <vector>

namespace stockcheck::explore::tests {

/// Parameters: which of stock_variants; owners; charges, then uncharges, of each; tasks that drain
/// all stocks; how often each does; limit of the counter.
[[nodiscard]] code_under_test stocks(const std::vector<std::size_t>& parameters);

}  // namespace stockcheck::explore::tests
