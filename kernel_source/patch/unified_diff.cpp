// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/unified_diff.hpp"

#include "kernel_source/source_error.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

/// Cuts a prefix off; false if there is none.
bool skip(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_number(std::string_view& text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "12,3", or "12" for a single line.
bool take_range(std::string_view& text, line_range& range) {
  range.count = 1;
  if (!take_number(text, range.first)) return false;
  return !skip(text, ",") || take_number(text, range.count);
}

std::optional<hunk> hunk_header(std::string_view line) {
  hunk result;
  if (!skip(line, "@@ -") || !take_range(line, result.before) || !skip(line, " +") ||
      !take_range(line, result.after) || !skip(line, " @@"))
    return std::nullopt;
  skip(line, " ");
  result.section = text::in_one_line(line);
  return result;
}

class parser {
 public:
  parser(std::string_view text, std::string name) : name_(std::move(name)) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      lines_.push_back(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }

  std::vector<file_change> run() {
    while (!at_end()) {
      if (line().starts_with("diff --git ")) {
        git_change();
      } else if (is_plain_header()) {
        changes_.emplace_back();
        plain_names();
        hunks();
      } else if (hunk_header(line())) {
        fail("a hunk without the name of its file (lines '---' and '+++')");
      } else {
        ++at_;
      }
    }
    return std::move(changes_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw source_error(fmt::format("{}, line {}: {}", name_, at_ + 1, why));
  }

  [[nodiscard]] bool at_end() const { return at_ >= lines_.size(); }
  [[nodiscard]] std::string_view line(std::size_t ahead = 0) const {
    return at_ + ahead < lines_.size() ? lines_[at_ + ahead] : std::string_view{};
  }

  [[nodiscard]] bool is_plain_header() const {
    return line().starts_with("--- ") && line(1).starts_with("+++ ") && hunk_header(line(2));
  }

  /// The path without its first component; empty for /dev/null. A tab ends a name.
  [[nodiscard]] std::string stripped(std::string_view name) const {
    name = name.substr(0, name.find('\t'));
    if (name == "/dev/null") return "";
    if (name.starts_with('"')) fail("a file name in quotes is not allowed");
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos)
      fail(
          fmt::format("the file name '{}' has no first component to cut off; make the patch with "
                      "the usual a/ and b/",
                      name));
    if (slash == 0) fail(fmt::format("the file name '{}' is an absolute path", name));
    return std::string(name.substr(slash + 1));
  }

  /// The lines "--- a/x" and "+++ b/x".
  void plain_names() {
    file_change& change = changes_.back();
    std::string_view old_name = line();
    skip(old_name, "--- ");
    change.old_path = stripped(old_name);
    ++at_;
    std::string_view new_name = line();
    skip(new_name, "+++ ");
    change.new_path = stripped(new_name);
    ++at_;
    if (change.path().empty()) fail("a change of no file");
  }

  /// From "diff --git a/x b/x" on.
  void git_change() {
    std::string_view names = line();
    skip(names, "diff --git ");
    const std::size_t space = names.find(' ');
    if (space == std::string_view::npos || names.find(' ', space + 1) != std::string_view::npos ||
        names.find('"') != std::string_view::npos)
      fail("this names no two files, or names with spaces or quotes, which are not allowed");
    changes_.emplace_back();
    file_change& change = changes_.back();
    change.old_path = stripped(names.substr(0, space));
    change.new_path = stripped(names.substr(space + 1));
    ++at_;
    while (!at_end() && extended_header(change)) ++at_;
    if (is_plain_header()) {
      const file_change announced = change;
      plain_names();
      const bool agrees = (change.old_path.empty() || change.old_path == announced.old_path ||
                           announced.old_path.empty()) &&
                          (change.new_path.empty() || change.new_path == announced.new_path);
      if (!agrees) fail("the names behind '---' and '+++' are not those behind 'diff --git'");
      hunks();
    }
  }

  /// A line between "diff --git" and "---"; false if this is none.
  bool extended_header(file_change& change) const {
    std::string_view text = line();
    if (skip(text, "old mode ")) {
      change.old_mode = text;
    } else if (skip(text, "new mode ")) {
      change.new_mode = text;
    } else if (skip(text, "deleted file mode ")) {
      change.old_mode = text;
      change.new_path.clear();
    } else if (skip(text, "new file mode ")) {
      change.new_mode = text;
      change.old_path.clear();
    } else if (skip(text, "copy from ")) {
      change.is_copy = true;
      change.old_path = text;
    } else if (skip(text, "rename from ") || skip(text, "rename old ")) {
      change.old_path = text;
    } else if (skip(text, "copy to ") || skip(text, "rename to ") || skip(text, "rename new ")) {
      change.new_path = text;
    } else if (skip(text, "index ")) {
      const std::size_t space = text.find(' ');
      if (space != std::string_view::npos)
        change.old_mode = change.new_mode = text.substr(space + 1);
    } else if (text == "GIT binary patch" || text.starts_with("Binary files ")) {
      change.is_binary = true;
    } else {
      return text.starts_with("similarity index ") || text.starts_with("dissimilarity index ");
    }
    return true;
  }

  void hunks() {
    while (!at_end()) {
      std::optional<hunk> next = hunk_header(line());
      if (!next) return;
      ++at_;
      body(*next);
      changes_.back().hunks.push_back(std::move(*next));
    }
  }

  void body(hunk& into) {
    unsigned before = into.before.count;
    unsigned after = into.after.count;
    while (before > 0 || after > 0) {
      if (at_end()) fail("the patch is cut off in the middle of a hunk");
      // Mailers drop the space of an empty line.
      const std::string text = line().empty() ? " " : std::string(line());
      const bool old_line = text[0] == ' ' || text[0] == '-';
      const bool new_line = text[0] == ' ' || text[0] == '+';
      if (!old_line && !new_line && text[0] != '\\')
        fail(
            "this is no line of a hunk, which should begin with ' ', '+' or '-'; did a mailer "
            "wrap it?");
      if ((old_line && before == 0) || (new_line && after == 0))
        fail("the hunk has other lines than its '@@' announces");
      before -= old_line ? 1 : 0;
      after -= new_line ? 1 : 0;
      into.lines.push_back(text);
      ++at_;
    }
    if (line().starts_with("\\ ")) {
      into.lines.emplace_back(line());
      ++at_;
    }
  }

  std::string name_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  std::vector<file_change> changes_;
};

unsigned count(const std::vector<std::string>& lines, char first) {
  return static_cast<unsigned>(std::count_if(
      lines.begin(), lines.end(), [first](const std::string& line) { return line[0] == first; }));
}

}  // namespace

unsigned hunk::added() const { return count(lines, '+'); }
unsigned hunk::removed() const { return count(lines, '-'); }

std::string hunk::text() const {
  std::string all = fmt::format("@@ -{},{} +{},{} @@ {}\n", before.first, before.count, after.first,
                                after.count, section);
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

std::vector<file_change> parse_unified_diff(std::string_view text, const std::string& name) {
  return parser(text, name).run();
}

}  // namespace stockcheck::kernel_source
