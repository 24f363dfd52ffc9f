// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/tree_path.hpp"

#include "kernel_source/source_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace stockcheck::kernel_source {

namespace {

constexpr std::size_t longest_path = 240;

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("/._+-,@=~").find(c) != std::string_view::npos;
}

bool is_git(std::string_view component) {
  return component.size() == 4 && component[0] == '.' &&
         std::tolower(static_cast<unsigned char>(component[1])) == 'g' &&
         std::tolower(static_cast<unsigned char>(component[2])) == 'i' &&
         std::tolower(static_cast<unsigned char>(component[3])) == 't';
}

/// What an error quotes of a path, so that the reason behind it is not cut off.
std::string beginning_of(std::string_view path) {
  constexpr std::size_t enough = 200;
  return path.size() <= enough ? std::string(path) : fmt::format("{}...", path.substr(0, enough));
}

}  // namespace

std::string_view why_unsafe(std::string_view path) {
  if (path.empty()) return "is an empty path";
  if (path.front() == '/') return "is an absolute path";
  if (path.size() > longest_path) return "is too long a path";
  if (!std::ranges::all_of(path, is_plain)) return "has a character that is not allowed";
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view component = path.substr(0, slash);
    if (component == "..") return "leads out of the tree";
    if (component.empty() || component == ".") return "is not a plain path";
    if (is_git(component)) return "lies in a git repository's own directory";
    if (slash == std::string_view::npos) return "";
    path.remove_prefix(slash + 1);
  }
}

void require_safe(std::string_view path, std::string_view where) {
  const std::string_view why = why_unsafe(path);
  if (!why.empty())
    throw source_error(fmt::format("{}: the file name '{}' {}", where, beginning_of(path), why));
}

}  // namespace stockcheck::kernel_source
