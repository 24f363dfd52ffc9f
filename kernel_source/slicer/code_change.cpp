// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/code_change.hpp"

#include "kernel_source/slicer/c_directives.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

parted_tokens parts_of(const std::string& name, const std::string& text) {
  return parted(text, tokens_of(name, text));
}

/// The tokens as they are spelled; each directive is between two line ends.
std::vector<std::string> spelling(const std::string& name, const std::string& text) {
  const parted_tokens parts = parts_of(name, text);
  std::vector<std::string> words;
  auto next = parts.directives.begin();
  const auto add = [&](const c_token& token) {
    words.push_back(text.substr(token.begin, token.end - token.begin));
  };
  const auto add_directives_before = [&](std::size_t offset) {
    for (; next != parts.directives.end() && next->begin < offset; ++next) {
      words.emplace_back("\n");
      // Its name is no token of its own here.
      const std::size_t name_end =
          next->tokens.empty() ? next->end : std::min(next->end, next->tokens.front().begin);
      std::string head = text.substr(next->begin, name_end - next->begin);
      std::erase_if(head, [](char c) { return c == ' ' || c == '\t' || c == '\\' || c == '\n'; });
      if (const std::size_t comment = head.find("/*"); comment != std::string::npos)
        head.erase(comment);
      words.push_back(head);
      for (const c_token& token : next->tokens) add(token);
      // Only where nothing is between them is the first word a macro with parameters.
      if (next->kind == directive_kind::define && next->tokens.size() > 1 &&
          next->tokens[0].end == next->tokens[1].begin)
        words.emplace_back("joined");
      words.emplace_back("\n");
    }
  };
  for (const c_token& token : parts.code) {
    add_directives_before(token.begin);
    add(token);
  }
  add_directives_before(text.size() + 1);
  return words;
}

std::string line_text(const std::string& text, const directive& of) {
  std::string line = text.substr(of.begin, of.end - of.begin);
  if (const std::size_t comment = line.find("/*"); comment != std::string::npos)
    line.erase(comment);
  std::string words;
  for (const char c : line) {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\\';
    if (!is_space)
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

}  // namespace

bool is_same_code(const std::string& name, const std::string& before, const std::string& after) {
  return before == after || spelling(name, before) == spelling(name, after);
}

std::set<unsigned> code_lines(const std::string& name, const std::string& text) {
  const parted_tokens parts = parts_of(name, text);
  std::set<unsigned> lines;
  const auto add = [&lines](unsigned first, unsigned last) {
    for (unsigned line = first; line <= last; ++line) lines.insert(line);
  };
  for (const c_token& token : parts.code) add(token.line, token.last_line);
  for (const directive& one : parts.directives)
    if (one.kind == directive_kind::define || one.kind == directive_kind::undef)
      add(one.line, one.last_line);
  return lines;
}

std::string condition_around(const std::string& name, const std::string& text, unsigned line) {
  const parted_tokens parts = parts_of(name, text);
  const directive* found = nullptr;
  const directive* opening = nullptr;
  for (const conditional& group : conditionals_of(text, parts)) {
    if (group.is_include_guard) continue;
    for (std::size_t k = 0; k + 1 < group.directives.size(); ++k) {
      const directive& branch = parts.directives[group.directives[k]];
      const directive& next = parts.directives[group.directives[k + 1]];
      // Later conditionals lie deeper.
      if (branch.last_line >= line || line >= next.line) continue;
      found = &branch;
      opening = &parts.directives[group.directives.front()];
    }
  }
  if (found == nullptr) return "";
  if (found == opening) return line_text(text, *found);
  return line_text(text, *found) + " of " + line_text(text, *opening);
}

}  // namespace stockcheck::kernel_source
