#include "source/compile/lack.hpp"

#include "source/compile/compiler.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

namespace stockcheck::source {

namespace {

/// What a compiler or linker says is missing.
struct missing {
  std::vector<std::string> of_kernel;    ///< functions that the shim calls
  std::vector<std::string> of_shim;      ///< names that the kernel's code uses
  std::vector<std::string> of_a_linker;  ///< functions that it declares, and that nobody defines
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

missing missing_in(const std::string& message) {
  missing all;
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) {
    auto& names = line.find("shim/stockcheck") != std::string::npos       ? all.of_kernel
                  : line.find("undefined reference") != std::string::npos ? all.of_a_linker
                                                                          : all.of_shim;
    for (const std::string& name : missing_names(line))
      if (std::ranges::find(names, name) == names.end() && !is_used_wrongly(name, message))
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
  if (!names.of_a_linker.empty()) return lack::code;
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
  if (!names.of_a_linker.empty())
    return fmt::format(
        "{}: nothing that is compiled defines {}: does it need another patch of its "
        "series?",
        telling_line(message), fmt::join(names.of_a_linker, ", "));
  return telling_line(message);
}

}  // namespace stockcheck::source
