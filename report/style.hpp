// SPDX-License-Identifier: GPL-2.0-only
// Colours of a terminal; plain text elsewhere.
#pragma once

#include "report/result.hpp"

#include <string>
#include <string_view>

namespace stockcheck::report {

/// Wraps text in escape sequences if the output is a terminal that wants them.
class style {
 public:
  explicit style(bool coloured) : coloured_(coloured) {}

  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string warning(std::string_view text) const { return wrap("33", text); }
  /// In the colour of a verdict.
  [[nodiscard]] std::string of(verdict v, std::string_view text) const {
    switch (v) {
      case verdict::pass: return wrap("32", text);
      case verdict::known: return wrap("36", text);
      case verdict::fail: return wrap("1;31", text);
      case verdict::unknown: return wrap("33", text);
      case verdict::skipped: return wrap("2", text);
      case verdict::unchecked: return wrap("33", text);
    }
    return std::string(text);
  }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    if (!coloured_) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
  }

  bool coloured_;
};

}  // namespace stockcheck::report
