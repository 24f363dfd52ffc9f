// SPDX-License-Identifier: GPL-2.0-only
// A kernel C file: what it defines, where, and under which conditionals. Nothing is preprocessed.
#include "kernel_source/slicer/c_file.hpp"

#include "kernel_source/slicer/c_declarator.hpp"
#include "kernel_source/slicer/c_reader.hpp"
#include "kernel_source/slicer/c_segments.hpp"
#include "kernel_source/source_error.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace stockcheck::kernel_source {
namespace {

/// Brackets in brackets, far more than code has: the reader calls itself for some of them.
constexpr std::size_t deepest_nesting = 500;

void check_nesting(const std::string& name, const std::string& text,
                   const std::vector<c_token>& tokens) {
  std::size_t depth = 0;
  for (const c_token& token : tokens) {
    if (token.kind != token_kind::punctuation) continue;
    const char mark = text[token.begin];
    if (mark == '(' || mark == '[' || mark == '{') ++depth;
    if ((mark == ')' || mark == ']' || mark == '}') && depth > 0) --depth;
    if (depth > deepest_nesting)
      throw source_error(name + ":" + std::to_string(token.line) +
                         ": brackets are nested more than " + std::to_string(deepest_nesting) +
                         " deep");
  }
}

}  // namespace

c_file::c_file(std::string name, std::string text)
    : name_{std::move(name)}, text_{std::move(text)} {}

c_file c_file::parse(std::string name, std::string text) {
  c_file result{std::move(name), std::move(text)};
  const std::vector<c_token> tokens = tokens_of(result.name_, result.text_);
  check_nesting(result.name_, result.text_, tokens);
  result.parts_ = parted(result.text_, tokens);
  result.conditionals_ = conditionals_of(result.text_, result.parts_);
  result.read_definitions();
  return result;
}

void c_file::read_definitions() {
  for (const segment& found : segments_of(text_, parts_)) {
    definitions_.push_back(read_declaration(text_, parts_, found));
    widen(definitions_.back());
    add_conditions(definitions_.back());
  }
  for (const directive& found : parts_.directives)
    if (found.kind == directive_kind::define || found.kind == directive_kind::undef)
      definitions_.push_back(read_macro(text_, found));
  std::ranges::sort(definitions_, [](const auto& a, const auto& b) {
    return std::tie(a.begin, a.end, a.names) < std::tie(b.begin, b.end, b.names);
  });
  for (std::size_t i = 0; i < definitions_.size(); ++i)
    for (const std::string& name : definitions_[i].names) by_name_[name].push_back(i);

  const token_view code{text_, parts_.code};
  for (std::size_t i = 1; i < code.size(); ++i)
    if (code.is_identifier(i) && (code.is(i - 1, ".") || code.is(i - 1, "->")))
      members_.emplace(code.spelling(i));
}

void c_file::widen(definition& piece) const {
  for (bool has_changed = true; std::exchange(has_changed, false);) {
    for (const conditional& group : conditionals_) {
      const directive& first = parts_.directives[group.directives.front()];
      const directive& last = parts_.directives[group.directives.back()];
      const auto lies_within = [&](std::size_t i) {
        return parts_.directives[i].begin > piece.begin && parts_.directives[i].end < piece.end;
      };
      const bool has_one = std::ranges::any_of(group.directives, lies_within);
      if (!has_one || (piece.begin <= first.begin && last.end <= piece.end)) continue;
      if (first.begin < piece.begin) piece.line = first.line;
      if (last.end > piece.end) piece.last_line = last.last_line;
      piece.begin = std::min(piece.begin, first.begin);
      piece.end = std::max(piece.end, last.end);
      has_changed = true;
    }
  }
}

void c_file::add_conditions(definition& piece) const {
  for (const directive& found : parts_.directives) {
    if (found.begin < piece.begin || found.end > piece.end) continue;
    if (found.kind != directive_kind::if_ && found.kind != directive_kind::else_) continue;
    const auto uses = conditions_of(text_, found);
    piece.uses.insert(piece.uses.end(), uses.begin(), uses.end());
  }
}

std::span<const std::size_t> c_file::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return {};
  return found->second;
}

const definition* c_file::at_line(unsigned line) const {
  const definition* result = nullptr;
  for (const definition& piece : definitions_)
    if (piece.line <= line && line <= piece.last_line) result = &piece;
  return result;
}

bool c_file::is_conditional(std::size_t offset) const {
  return std::ranges::any_of(conditionals_, [&](const conditional& group) {
    return !group.is_include_guard && parts_.directives[group.directives.front()].end < offset &&
           offset < parts_.directives[group.directives.back()].begin;
  });
}

std::vector<name_use> c_file::conditions(branch where) const {
  return conditions_of(text_, opening(where));
}

std::vector<c_file::branch> c_file::branches_around(const definition& piece) const {
  std::vector<branch> result;
  for (std::size_t i = 0; i < conditionals_.size(); ++i) {
    if (conditionals_[i].is_include_guard) continue;
    const std::vector<std::size_t>& directives = conditionals_[i].directives;
    for (std::size_t k = 0; k < directives.size(); ++k) {
      const directive& opening = parts_.directives[directives[k]];
      if (opening.kind == directive_kind::endif || opening.end > piece.begin) continue;
      const bool is_last = k + 1 == directives.size();
      if (is_last || parts_.directives[directives[k + 1]].begin >= piece.end)
        result.push_back({i, k});
    }
  }
  return result;
}

}  // namespace stockcheck::kernel_source
