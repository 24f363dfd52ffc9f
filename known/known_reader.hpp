// SPDX-License-Identifier: GPL-2.0-only
// Reads the catalogue of what is known from its JSON.
#pragma once

#include "known/known_entry.hpp"

#include <string_view>
#include <vector>

namespace stockcheck::known {

struct known_table {
  /// The kernels that were looked at as they are, in their order.
  std::vector<kernel_source::kernel_release> examined{};
  std::vector<known_entry> entries{};
};

/// Throws std::runtime_error, which names the entry, at a member that is missing, of another type,
/// or of a name that nobody asks for, and at an id that is there twice or has other characters than
/// small letters, digits and dashes.
known_table read_known_table(std::string_view json);

}  // namespace stockcheck::known
