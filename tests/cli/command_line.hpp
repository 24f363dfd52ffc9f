// SPDX-License-Identifier: GPL-2.0-only
// The command as a user runs it, for tests.
#pragma once

#include <doctest/doctest.h>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace stockcheck::tests {

struct outcome {
  int exit_code = -1;
  std::string text;  ///< standard output and standard error, without progress
};

/// Returns the lines that do not say how far long work is: how many of these there are depends on
/// how busy the machine is.
inline std::string without_progress(const std::string& text) {
  std::string rest;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const bool counts = line.size() > 1 && line[0] == '[' && line[1] >= '0' && line[1] <= '9';
    if (!counts && !line.starts_with("compiling the scenarios")) rest += line;
    begin = end;
  }
  return rest;
}

/// By the shell.
inline outcome run_line(const std::string& line) {
  FILE* const pipe = ::popen((line + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  outcome result;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    result.text.append(buffer.data(), got);
  result.text = without_progress(result.text);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

inline outcome run(const std::string& arguments) {
  return run_line(std::string(STOCKCHECK_COMMAND) + " " + arguments);
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Wrong usage is one clear message, exit code 2, and no result.
inline void refused(const std::string& arguments, const std::string& message) {
  CAPTURE(arguments);
  const outcome result = run(arguments);
  CAPTURE(result.text);
  CHECK(result.exit_code == 2);
  CHECK(contains(result.text, message));
  CHECK(result.text.starts_with("stockcheck: "));
  CHECK_FALSE(contains(result.text, "PASS"));
}

}  // namespace stockcheck::tests
