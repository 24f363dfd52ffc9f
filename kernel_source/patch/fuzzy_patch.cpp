// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/fuzzy_patch.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/run_process.hpp"
#include "kernel_source/system/temporary_directory.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>

namespace stockcheck::kernel_source {

namespace {

unsigned number(const std::ssub_match& text) {
  return text.matched ? static_cast<unsigned>(std::stoul(text)) : 0;
}

}  // namespace

fuzzy_result apply_with_fuzz(const std::string& text, const file_change& change) {
  const temporary_directory work;
  write_file(work.path() / "before", text);
  std::string hunks = "--- before\n+++ after\n";
  for (const hunk& h : change.hunks) hunks += h.text();
  const process_result ran = run_process(
      {.arguments = {"patch", "--unified", "--force", "--fuzz=2", "--no-backup-if-mismatch",
                     "--reject-file=-", "--output=after", "before"},
       .input = hunks,
       .directory = work.path(),
       .environment = plain_environment()});
  if (ran.exit_code != 0 && ran.exit_code != 1)
    throw source_error(fmt::format("{}: patch: {}{}", change.path(), ran.output, ran.errors));

  fuzzy_result result;
  const std::regex report{
      R"(^Hunk #(\d+) (?:(FAILED)|succeeded) at (\d+)(?: with fuzz (\d+))?(?: \(offset (-?\d+) lines?\))?\.$)"};
  std::istringstream lines{ran.output};
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_match(line, match, report)) continue;
    if (match[2].matched) {
      result.failed.push_back(number(match[1]));
    } else {
      result.inexact.push_back({change.path(), number(match[1]), number(match[3]),
                                match[5].matched ? std::stoi(match[5]) : 0, number(match[4])});
    }
  }
  if ((ran.exit_code == 0) != result.failed.empty())
    throw source_error(fmt::format("{}: patch says what is not understood: {}{}", change.path(),
                                   ran.output, ran.errors));
  if (std::filesystem::exists(work.path() / "after"))
    result.text = read_file(work.path() / "after");
  return result;
}

}  // namespace stockcheck::kernel_source
