// SPDX-License-Identifier: GPL-2.0-only
#include "cli/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace stockcheck::cli {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // One row of the usual table: distances from a prefix of `a` to every prefix of `b`.
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const auto distance = [word](const std::string& c) { return edit_distance(word, c); };
  const auto best = std::ranges::min_element(candidates, {}, distance);
  if (best == candidates.end() || distance(*best) > std::max<std::size_t>(1, word.size() / 3))
    return std::nullopt;
  return *best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::optional<std::string> best = nearest(word, candidates);
  return best ? "; did you mean '" + *best + "'?" : "";
}

}  // namespace stockcheck::cli
