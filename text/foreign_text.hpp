// SPDX-License-Identifier: GPL-2.0-only
// The one gate for text that stockcheck did not write: warnings of the checked code, messages of
// compilers, names of files, trees and mails.
//
// What passes it is valid UTF-8 without anything that steers a terminal, moves the reading
// direction, or makes a line that looks like one of ours. What was there is shown: an escape
// character as \x1b, a byte that is not UTF-8 as \xff, a direction mark as \u202e. Text that has
// passed it passes it unchanged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stockcheck::text {

/// Longer than every path and every command that somebody reads, in bytes.
inline constexpr std::size_t longest_line = 4096;

/// More lines than anybody reads of a compiler.
inline constexpr std::size_t most_lines = 100;

/// The text in one line: newlines are shown as \n, those at the end are dropped. At most `longest`
/// bytes, the last of which say "..." if something was cut off.
std::string in_one_line(std::string_view foreign, std::size_t longest = longest_line);

/// Treats a text of several lines so, which stay lines; tabs stay tabs. If there are more than
/// `most`, the last one that is left says how many there were.
std::string in_lines(std::string_view foreign, std::size_t most = most_lines);

/// What is printed, as a last look at all of it: the same without a limit. Colours stay if they are
/// ours, which is to say if there are any.
std::string for_terminal(std::string_view whole, bool coloured);

}  // namespace stockcheck::text
