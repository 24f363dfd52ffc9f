// Text from elsewhere, made fit for a terminal.
#pragma once

#include <algorithm>
#include <string>

namespace stockcheck::source {

/// The text with '?' for the control characters that could steer a terminal; newlines and tabs
/// stay.
inline std::string printable(std::string text) {
  std::ranges::replace_if(
      text,
      [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\n' && c != '\t') || code == 0x7f;
      },
      '?');
  return text;
}

}  // namespace stockcheck::source
