// SPDX-License-Identifier: GPL-2.0-only
// Scenarios that exist for several kinds of stocks. Each is written once, as a template over a
// family, which is a subject together with one of its kinds of stocks and the first part of the
// names. The list of a family names the templates: `scenario_list<...>::of_family<FAMILY>`.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace stockcheck::checks {

/// Text that is an argument of a template.
template <std::size_t Size>
struct literal {
  std::array<char, Size> chars{};

  // NOLINTNEXTLINE(*-explicit-*,*-avoid-c-arrays): "text" is to become one by itself.
  consteval literal(const char (&text)[Size]) { std::copy_n(text, Size, chars.begin()); }
  [[nodiscard]] constexpr std::string_view view() const { return {chars.data(), Size - 1}; }
};

namespace detail {

template <class Family, literal Name>
struct composed_name {
  static constexpr auto chars = [] {
    std::array<char, Family::name.size() + 1 + Name.view().size()> all{};
    auto end = std::ranges::copy(Family::name, all.begin()).out;
    *end++ = '/';
    std::ranges::copy(Name.view(), end);
    return all;
  }();
};

}  // namespace detail

/// "family/what_happens"
template <class Family, literal Name>
inline constexpr std::string_view name_in_family{detail::composed_name<Family, Name>::chars.data(),
                                                 detail::composed_name<Family, Name>::chars.size()};

}  // namespace stockcheck::checks
