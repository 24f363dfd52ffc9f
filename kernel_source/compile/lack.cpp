// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/lack.hpp"

#include "kernel_source/compile/compiler.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

/// What a compiler or linker says is missing.
struct missing {
  std::vector<std::string> of_kernel;  ///< functions that the shim calls
  std::vector<std::string> of_shim;    ///< names that the kernel's code uses
  std::vector<std::string> of_series;  ///< what its own code would define, in another version
};

/// Who gives a macro of the shim too little does not get it: what is wrong is the use. One that
/// gets too much may be one that the shim knows in an older form.
bool is_used_wrongly(const std::string& name, const std::string& message) {
  const auto says = [&message](const std::string& text) {
    return message.find(text) != std::string::npos;
  };
  return says(fmt::format("macro \"{}\" requires", name)) ||
         (says("too few arguments provided to function-like macro") &&
          says(fmt::format("macro '{}' defined here", name)));
}

/// What a macro of the shim declares is missing when its argument is wrong.
bool is_of_shim(const std::string& name) { return name.starts_with("sc_"); }

missing missing_in(const std::string& message) {
  missing all;
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) {
    const auto says = [&line](const char* text) { return line.find(text) != std::string::npos; };
    // The counters' structure is the kernel's own, like functions that it declares.
    auto& names = says("shim/stockcheck")                                        ? all.of_kernel
                  : says("undefined reference") || says("'struct page_counter'") ? all.of_series
                                                                                 : all.of_shim;
    for (const std::string& name : missing_names(line))
      if (std::ranges::find(names, name) == names.end() && !is_used_wrongly(name, message) &&
          !is_of_shim(name))
        names.push_back(name);
  }
  return all;
}

}  // namespace

std::string telling_line(const std::string& message) {
  const auto line_at = [&message](std::size_t at) {
    const std::size_t begin = message.rfind('\n', at) + 1;
    return message.substr(begin, message.find('\n', at) - begin);
  };
  for (const char* const mark : {"lacks: ", "undefined reference", "error: "})
    if (const std::size_t at = message.find(mark); at != std::string::npos) return line_at(at);
  return line_at(0);
}

lack cause_of(const std::string& message) {
  const missing names = missing_in(message);
  if (!names.of_kernel.empty()) return lack::function;
  if (!names.of_shim.empty()) return lack::name;
  if (!names.of_series.empty()) return lack::code;
  // The shim calls the kernel's functions as the kernels have them that it knows.
  return telling_line(message).starts_with("shim/") ? lack::name : lack::code;
}

std::string reason_of(const std::string& message, std::string_view file) {
  const missing names = missing_in(message);
  if (!names.of_kernel.empty())
    return fmt::format("{} has no {}, which scenarios call", file,
                       fmt::join(names.of_kernel, ", "));
  if (!names.of_shim.empty())
    return fmt::format("the shim lacks {}, used by {}", fmt::join(names.of_shim, ", "), file);
  if (!names.of_series.empty())
    return fmt::format(
        "{}: nothing that is compiled defines {}: does it need another patch of its "
        "series?",
        telling_line(message), fmt::join(names.of_series, ", "));
  return telling_line(message);
}

}  // namespace stockcheck::kernel_source
