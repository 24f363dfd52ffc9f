// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/include_closure.hpp"

#include "kernel_source/system/file_text.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace stockcheck::harness {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view blanks = " \t";

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

/// What follows "#include" in a line; nullopt if it is another line.
std::optional<std::string_view> included_in(std::string_view line) {
  skip_blanks(line);
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks(line);
  constexpr std::string_view directive = "include";
  if (!line.starts_with(directive)) return std::nullopt;
  line.remove_prefix(directive.size());
  skip_blanks(line);
  return line;
}

/// The name between quotes or angle brackets; nullopt if a macro says it.
std::optional<std::string_view> name_in(std::string_view operand) {
  if (operand.empty() || (operand.front() != '"' && operand.front() != '<')) return std::nullopt;
  const std::size_t end = operand.find(operand.front() == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return operand.substr(1, end - 1);
}

class follower {
 public:
  follower(const kernel_source::tree_files& tree, const fs::path& users)
      : tree_(tree), users_(users) {}

  /// `directory`: where the text lies.
  void follow(std::string_view text, const fs::path& directory) {
    if (text.find("has_include") != std::string_view::npos) result_.is_whole_tree = true;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (const auto operand = included_in(text.substr(0, end))) {
        if (const auto name = name_in(*operand))
          add(*name, directory);
        else
          result_.is_whole_tree = true;
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  include_closure end() && {
    if (result_.is_whole_tree) result_.files.insert(tree_.begin(), tree_.end());
    return std::move(result_);
  }

 private:
  void add(std::string_view name, const fs::path& directory) {
    for (const fs::path& path :
         {(directory / name).lexically_normal(), fs::path(name).lexically_normal()}) {
      if (result_.files.contains(path.string())) return;
      if (const auto text = text_of(path)) {
        result_.files.emplace(path.string(), *text);
        return follow(*text, path.parent_path());
      }
    }
  }
  [[nodiscard]] std::optional<std::string> text_of(const fs::path& path) const {
    if (const auto file = tree_.find(path.string()); file != tree_.end()) return file->second;
    if (users_.empty() || path.empty() || *path.begin() != "users") return std::nullopt;
    const fs::path file = users_ / path.lexically_relative("users");
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return std::nullopt;
    return kernel_source::read_file(file);
  }

  const kernel_source::tree_files& tree_;
  const fs::path& users_;
  include_closure result_;
};

}  // namespace

include_closure closure_of(std::string_view unit, const kernel_source::tree_files& tree,
                           const fs::path& users) {
  follower files(tree, users);
  files.follow(unit, {});
  return std::move(files).end();
}

}  // namespace stockcheck::harness
