// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/refused_includes.hpp"

#include "kernel_source/compile/refused_constructs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

/// What an #include line names.
struct included_name {
  std::string name;
  bool is_quoted = false;
};

/// Returns what an #include names; none if it is no plain name, or if a backslash continues it.
std::optional<included_name> name_in(const c_file& file, const directive& found) {
  if (found.tokens.empty()) return std::nullopt;
  const std::size_t begin = found.tokens.front().begin;
  const std::string_view rest = std::string_view(file.text()).substr(begin, found.end - begin);
  if (rest.find('\\') != std::string_view::npos) return std::nullopt;
  const bool is_quoted = rest.front() == '"';
  if (!is_quoted && rest.front() != '<') return std::nullopt;
  const std::size_t end = rest.find(is_quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return included_name{std::string(rest.substr(1, end - 1)), is_quoted};
}

/// Where a quoted name leads from the file that has it, relative to the top of the tree.
std::string place_of(const std::string& name, const std::string& file) {
  const std::filesystem::path from = std::filesystem::path(file).parent_path();
  return (from / name).lexically_normal().generic_string();
}

/// Which of the files an #include line of `file` names; empty if none.
std::string file_named(const included_name& named, const std::string& file,
                       const tree_files& files) {
  if (named.is_quoted)
    if (const std::string beside = place_of(named.name, file); files.contains(beside))
      return beside;
  const std::string header = "include/" + named.name;
  return files.contains(header) ? header : "";
}

std::string why_refused(const included_name& named, const std::string& file,
                        const tree_files& files) {
  if (!file_named(named, file, files).empty()) return "";
  if (!named.is_quoted) return std::string(why_unsafe(named.name));
  const std::string place = place_of(named.name, file);
  if (place.starts_with("/")) return "is no file of the tree";
  if (place == ".." || place.starts_with("../")) return "leads out of the tree";
  return "is none of the files that are compiled here";
}

bool is_within(const directive& found, std::span<const text_range> compiled) {
  return std::ranges::any_of(compiled, [&](const text_range& part) {
    return part.begin <= found.begin && found.begin < part.end;
  });
}

/// Cuts a name that is long down to what is enough to find it.
std::string shortened(const std::string& name) {
  constexpr std::size_t most = 60;
  return name.size() <= most ? name : name.substr(0, most) + "...";
}

void add_refused_in(const std::string& path, const tree_files& files, std::set<std::string>& seen,
                    std::vector<std::string>& lines) {
  const auto found = files.find(path);
  if (found == files.end() || !seen.insert(path).second) return;
  const c_file file = c_file::parse(path, found->second);
  const std::array all{text_range{0, file.text().size()}};
  std::ranges::move(refused_constructs(file, all), std::back_inserter(lines));
  std::ranges::move(refused_includes(file, all, files), std::back_inserter(lines));
  for (const directive& line : file.parts().directives)
    if (line.name == "include")
      if (const auto named = name_in(file, line))
        add_refused_in(file_named(*named, path, files), files, seen, lines);
}

}  // namespace

std::vector<std::string> refused_includes(const c_file& file, std::span<const text_range> compiled,
                                          const tree_files& files) {
  std::vector<std::string> lines;
  for (const directive& found : file.parts().directives) {
    if (found.name != "include" || !is_within(found, compiled)) continue;
    const auto named = name_in(file, found);
    const std::string why = named ? why_refused(*named, file.name(), files)
                                  : "is no plain name: what it includes is not known";
    if (!why.empty())
      lines.push_back(fmt::format("{}:{}: #include {}{}", file.name(), found.line,
                                  named ? "'" + shortened(named->name) + "' " : "", why));
  }
  return lines;
}

std::set<std::string> headers_named_in(std::string_view text) {
  static constexpr const char* blanks = " \t";
  static constexpr std::string_view word = "include";
  std::set<std::string> names;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    std::size_t begin = text.find_first_not_of(blanks, at + 1);
    if (begin == std::string_view::npos || !text.substr(begin).starts_with(word)) continue;
    begin = text.find_first_not_of(blanks, begin + word.size());
    if (begin == std::string_view::npos || text[begin] != '<') continue;
    const std::size_t end = text.find_first_of(">\n", ++begin);
    if (end != std::string_view::npos && end > begin && text[end] == '>')
      names.emplace(text.substr(begin, end - begin));
  }
  return names;
}

void refuse_in(const std::string& path, const tree_files& files) {
  std::set<std::string> seen;
  std::vector<std::string> lines;
  add_refused_in(path, files, seen, lines);
  refuse(lines);
}

}  // namespace stockcheck::kernel_source
