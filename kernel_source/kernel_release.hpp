// SPDX-License-Identifier: GPL-2.0-only
// Releases of the kernel: what is known of some is not known of others.
#pragma once

#include <charconv>
#include <compare>
#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

/// 6.12 of a kernel 6.12.117 or 6.12.0-rc1.
struct kernel_release {
  unsigned major = 0;
  unsigned minor = 0;

  friend constexpr auto operator<=>(const kernel_release&, const kernel_release&) = default;
  [[nodiscard]] std::string text() const {
    return std::to_string(major) + "." + std::to_string(minor);
  }
};

/// That of a version as a kernel's Makefile has it; 0.0, of which nothing is known, if it is empty
/// or another text.
inline kernel_release release_of(std::string_view version) {
  kernel_release release;
  const char* const end = version.data() + version.size();
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end is given
  const auto major = std::from_chars(version.data(), end, release.major);
  if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return {};
  const auto minor = std::from_chars(major.ptr + 1, end, release.minor);
  return minor.ec == std::errc{} ? release : kernel_release{};
}

}  // namespace stockcheck::kernel_source
