// SPDX-License-Identifier: GPL-2.0-only
#include "model/atomics/relacy_names.hpp"

namespace stockcheck {

std::array<relacy_names::entry, relacy_names::capacity>& relacy_names::table() {
  static std::array<entry, capacity> entries;
  return entries;
}

std::size_t& relacy_names::size() {
  static std::size_t used = 0;
  return used;
}

}  // namespace stockcheck
