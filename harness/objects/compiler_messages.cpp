// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/compiler_messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace stockcheck::harness {

namespace {

bool is_error(std::string_view line) { return line.find("error: ") != std::string_view::npos; }

/// "my_idea.hpp:12:" or "users/my_idea.hpp:12:".
bool is_at(std::string_view line, std::string_view file) {
  const std::string_view path = line.substr(0, std::min(line.find(':'), line.size()));
  return path == file || path == fmt::format("users/{}", file);
}

/// "In instantiation of ... [with Scenario = last_page]": the scenario that an error is about.
bool is_instantiation(std::string_view line) {
  return line.find("n instantiation of ") != std::string_view::npos;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// In the words that the file itself uses.
std::string in_short(std::string text, scenario_subject subject) {
  replace_all(text, words_of(subject).type, "S");
  for (const std::string_view what : {"stockcheck::checks::", "stockcheck::", "users/", "../tree/"})
    replace_all(text, what, "");
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end != 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

std::vector<std::string> flags_for_brief_messages(bool is_clang) {
  if (is_clang)
    return {"-ferror-limit=3", "-ftemplate-backtrace-limit=1", "-fno-caret-diagnostics"};
  return {"-fmax-errors=3", "-ftemplate-backtrace-limit=1", "-fno-diagnostics-show-caret"};
}

std::string brief_messages(std::string_view messages, std::string_view file,
                           scenario_subject subject) {
  const std::vector<std::string_view> lines = lines_of(messages);
  std::string text;
  std::size_t shown = 0;
  const auto show = [&](auto is_wanted) {
    for (const std::string_view line : lines)
      if (is_wanted(line)) {
        text += fmt::format("{}{}", text.empty() ? "" : "\n", line);
        ++shown;
      }
  };
  show([&](std::string_view line) { return is_at(line, file) && is_error(line); });
  const bool is_elsewhere = shown == 0;
  show([&](std::string_view line) {
    return (is_error(line) && !is_at(line, file)) || (is_elsewhere && is_instantiation(line));
  });
  if (shown == 0) return std::string(messages);
  // The first line of the messages says of a file of ours that it failed.
  const std::size_t others = lines.size() - shown - 1;
  if (others > 0) text += fmt::format("\n({} more lines of the compiler's)", others);
  return in_short(fmt::format("cannot compile {}:\n{}", file, text), subject);
}

}  // namespace stockcheck::harness
