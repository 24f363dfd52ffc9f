// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/patch_series.hpp"

#include "kernel_source/patch/commit_range.hpp"
#include "kernel_source/patch/mailbox.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <sstream>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

using path = std::filesystem::path;

bool is_range(const std::string& argument) {
  return !std::filesystem::exists(argument) && argument.find("..") != std::string::npos;
}

/// Text without the carriage returns of another system, if each line has one.
std::string with_plain_ends(const std::string& text) {
  std::string plain;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (!line.ends_with('\r')) return text;
    line.back() = '\n';
    plain += line;
  }
  return plain;
}

bool has_diff(const std::string& text) {
  const std::array signs{"diff --git ", "--- ", "@@ -"};
  return std::ranges::any_of(signs, [&](const char* sign) {
    return text.starts_with(sign) || text.find(std::string("\n") + sign) != std::string::npos;
  });
}

class reader {
 public:
  reader(const source_tree& tree, const std::atomic<bool>* stop) : tree_(tree), stop_(stop) {}

  void read_argument(const std::string& argument) {
    if (argument == "-") {
      read_patch(read_standard_input(stop_), "standard input", "standard input");
    } else if (is_range(argument)) {
      if (tree_.repository() == nullptr)
        throw source_error(
            fmt::format("'{}' is neither a file nor, as {} is no git checkout, a "
                        "commit range",
                        argument, tree_.identity().place));
      read_mailbox(commits_as_mails(*tree_.repository(), argument, result_.skipped), argument);
    } else if (std::filesystem::is_directory(argument)) {
      read_directory(argument);
    } else {
      read_named(argument);
    }
  }

  patch_series finish() {
    if (result_.patches.empty()) {
      std::string message = "there is no patch in what was given";
      for (const std::string& line : result_.skipped) message += "\n  left out: " + line;
      throw source_error(message);
    }
    for (std::string& line : result_.skipped) line = text::in_one_line(line);
    return std::move(result_);
  }

 private:
  void read_named(const path& file) {
    const std::string text = read_file(file, stop_);
    if (text.starts_with("\x1f\x8b"))
      throw source_error(fmt::format("{} is compressed: gunzip it first", file.string()));
    if (is_mail(text) || has_diff(text)) {
      read_patch(text, file.string(), file.stem().string());
    } else {
      read_series(text, file);
    }
  }

  void read_directory(const path& directory) {
    if (std::filesystem::exists(directory / "series")) {
      read_named(directory / "series");
      return;
    }
    std::vector<path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
      if (entry.path().extension() == ".patch") files.push_back(entry.path());
    if (files.empty())
      throw source_error(fmt::format("{} holds no patches: neither a file 'series' nor *.patch",
                                     directory.string()));
    std::ranges::sort(files);
    for (const path& file : files)
      read_patch(read_file(file, stop_), file.string(), file.stem().string());
  }

  /// A quilt series: a file's name on each line, and perhaps the option -p1.
  void read_series(const std::string& text, const path& series) {
    unsigned number = 0;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      ++number;
      std::istringstream words{line.substr(0, line.find('#'))};
      std::string name;
      if (!(words >> name)) continue;
      const path file = series.parent_path() / name;
      if (!why_unsafe(name).empty() || !std::filesystem::is_regular_file(file))
        throw source_error(
            fmt::format("{} is no patch (no mail, no diff), nor a series file: there "
                        "is no file '{}', as its line {} says",
                        series.string(), name, number));
      unsigned options = 0;
      for (std::string option; words >> option;)
        if (++options > 1 || option != "-p1")
          throw source_error(fmt::format("{}, line {}: only -p1 is possible, not '{}'",
                                         series.string(), number, option));
      read_patch(read_file(file, stop_), file.string(), file.stem().string());
    }
  }

  void read_patch(const std::string& text, const std::string& origin, const std::string& subject) {
    const std::string plain = with_plain_ends(text);
    if (is_mail(plain)) {
      read_mailbox(plain, origin);
    } else {
      result_.patches.push_back(checked_patch(origin, subject, "", plain));
    }
  }

  void read_mailbox(const std::string& text, const std::string& origin) {
    const std::vector<mail> mails = read_mails(text, origin);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < mails.size(); ++i) {
      const auto number = number_in_series(mails[i].subject);
      const char* why = nullptr;
      if (is_reply(mails[i]))
        why = "a reply";
      else if (number && number->number == 0)
        why = "a cover letter";
      else if (parse_unified_diff(mails[i].diff, origin).empty())
        why = "it has no patch";
      if (why == nullptr) {
        chosen.push_back(i);
      } else {
        result_.skipped.push_back(
            fmt::format("{}, mail {}, \"{}\": {}", origin, i + 1, mails[i].subject, why));
      }
    }
    if (chosen.size() > 1) sort_by_number(mails, chosen, origin);
    for (const std::size_t i : chosen)
      result_.patches.push_back(
          checked_patch(mails.size() == 1 ? origin : fmt::format("{}, mail {}", origin, i + 1),
                        plain_subject(mails[i].subject), mails[i].author, mails[i].diff));
  }

  /// Puts "[PATCH n/m]" in the order of n. Mails without any numbers keep their order.
  static void sort_by_number(const std::vector<mail>& mails, std::vector<std::size_t>& chosen,
                             const std::string& origin) {
    std::vector<std::pair<series_number, std::size_t>> numbered;
    std::vector<std::size_t> others;
    for (const std::size_t i : chosen) {
      if (const auto number = number_in_series(mails[i].subject)) {
        numbered.emplace_back(*number, i);
      } else {
        others.push_back(i);
      }
    }
    if (numbered.empty()) return;
    if (!others.empty())
      throw source_error(
          fmt::format("{}, mail {}, \"{}\", has no number among patches that have: "
                      "keep one series in a file",
                      origin, others[0] + 1, mails[others[0]].subject));
    std::ranges::sort(numbered, {}, [](const auto& entry) {
      return std::pair{entry.first.number, entry.second};
    });
    require_complete(numbered, origin);
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = numbered[i].second;
  }

  /// A series of m patches has the numbers 1 to m, each once.
  static void require_complete(const std::vector<std::pair<series_number, std::size_t>>& numbered,
                               const std::string& origin) {
    const unsigned total = numbered.front().first.total;
    unsigned expected = 1;
    for (const auto& [is, unused] : numbered) {
      if (is.number < expected)
        throw source_error(
            fmt::format("{} has two patches {}/{}: keep one version of the series in "
                        "a file (b4 am does)",
                        origin, is.number, is.total));
      if (is.total != total || is.number > total)
        throw source_error(
            fmt::format("{} has a patch {}/{} and a patch {}/{}: keep one series in a file", origin,
                        numbered.front().first.number, total, is.number, is.total));
      if (is.number > expected) break;
      ++expected;
    }
    if (expected <= total)
      throw source_error(
          fmt::format("{} has no patch {}/{}: to check a part of a series, give its "
                      "patches as files of their own",
                      origin, expected, total));
  }

  const source_tree& tree_;
  const std::atomic<bool>* stop_;
  patch_series result_;
};

}  // namespace

patch_series read_patches(const std::vector<std::string>& arguments, const source_tree& tree,
                          const std::atomic<bool>* stop) {
  reader all(tree, stop);
  for (const std::string& argument : arguments) all.read_argument(argument);
  return all.finish();
}

std::optional<std::string> base_of_range(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments)
    if (is_range(argument)) return argument.substr(0, argument.find(".."));
  return std::nullopt;
}

}  // namespace stockcheck::kernel_source
