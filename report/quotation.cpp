// SPDX-License-Identifier: GPL-2.0-only
#include "report/quotation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stockcheck::report {

std::string quoted(std::string_view text) {
  std::string all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    all += fmt::format("{}{}\n", end == 0 ? ">" : "> ", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

}  // namespace stockcheck::report
