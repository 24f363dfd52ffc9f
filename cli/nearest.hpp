// SPDX-License-Identifier: GPL-2.0-only
// The known word that a mistyped one probably means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stockcheck::cli {

/// Number of single-character insertions, deletions and substitutions between two words.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate with the smallest distance, unless even that is more than a third of the word.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// "; did you mean 'WORD'?", or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace stockcheck::cli
