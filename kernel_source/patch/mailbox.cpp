// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/mailbox.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/tree/git.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <sstream>

namespace stockcheck::kernel_source {

namespace {

/// A thread on a mailing list is shorter.
constexpr std::size_t most_mails = 1000;

/// Longer ones are cut off: nobody reads them, and regular expressions recurse.
constexpr std::size_t longest_value = 500;

/// The value behind "Key: " in what mailinfo prints.
std::string value_of(const std::string& info, const std::string& key) {
  std::istringstream lines{info};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(key + ": "))
      return text::in_one_line(std::string_view(line).substr(key.size() + 2), longest_value);
  return "";
}

bool is_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 &&
         std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
         });
}

}  // namespace

bool is_mail(std::string_view text) {
  if (text.starts_with("From ")) return true;
  bool knows_sender = false;
  for (bool first = true; !text.empty(); first = false) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const bool continues = !first && (line.starts_with(' ') || line.starts_with('\t'));
    if (line.empty() || line == "\r" || (!continues && !is_header(line))) break;
    knows_sender |= line.starts_with("From:") || line.starts_with("Subject:");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return knows_sender;
}

std::vector<mail> read_mails(const std::string& text, const std::string& name) {
  const temporary_directory work;
  const git runner(work.path());
  const std::string what = fmt::format("{}: git cannot take this mail apart", name);
  (void)runner.output({"mailsplit", "-b", "-d6", "-o."}, what, text);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(work.path()))
    files.push_back(entry.path());
  std::ranges::sort(files);
  if (files.size() > most_mails)
    throw source_error(fmt::format("{} holds {} mails, more than {}: keep one series in a file",
                                   name, files.size(), most_mails));

  std::vector<mail> mails;
  for (const auto& file : files) {
    const std::string info = runner.output(
        {"mailinfo", "-k", "--encoding=UTF-8", "--quoted-cr=strip", "message", "diff"}, what,
        read_file(file));
    const std::string author = value_of(info, "Author");
    const std::string address = value_of(info, "Email");
    mails.push_back({value_of(info, "Subject"),
                     address.empty() ? author : fmt::format("{} <{}>", author, address),
                     read_file(work.path() / "diff")});
  }
  return mails;
}

std::optional<series_number> number_in_series(const std::string& subject) {
  const std::regex bracket{R"(^(?:\[[^\]]*\]\s*)*?\[(?:[^\]]*\s)?(\d{1,4})/(\d{1,4})\])"};
  std::smatch match;
  if (!std::regex_search(subject, match, bracket)) return std::nullopt;
  return series_number{static_cast<unsigned>(std::stoul(match[1])),
                       static_cast<unsigned>(std::stoul(match[2]))};
}

bool is_reply(const mail& m) {
  return std::regex_search(m.subject, std::regex{R"(^\s*(re|aw|fwd?):)", std::regex::icase});
}

std::string plain_subject(const std::string& subject) {
  return std::regex_replace(subject, std::regex{R"(^\s*(\[[^\]]*\]\s*)+)"}, "");
}

}  // namespace stockcheck::kernel_source
