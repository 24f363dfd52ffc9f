#include "source/compile/conditional_lines.hpp"

#include "source/compile/compile_error.hpp"
#include "source/compile/compiler.hpp"
#include "source/compile/line_markers.hpp"
#include "source/compile/shim_files.hpp"
#include "source/system/file_text.hpp"
#include "source/system/temporary_directory.hpp"
#include "source/system/trouble.hpp"

#include <algorithm>
#include <sstream>

namespace stockcheck::source {

namespace {

/// Line by line the same.
std::string without_includes(const std::string& text) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line); result += '\n') {
    const std::size_t hash = line.find_first_not_of(" \t");
    const bool is_directive = hash != std::string::npos && line[hash] == '#';
    const std::size_t name = is_directive ? line.find_first_not_of(" \t", hash + 1) : hash;
    if (!is_directive || !line.substr(std::min(name, line.size())).starts_with("include"))
      result += line;
  }
  return result;
}

/// Where the shim has the configuration.
std::string configuration() {
  const auto files = shim_files();
  const auto found = std::ranges::find(files, "stockcheck/types.h", &embedded_file::name);
  return found == files.end() ? "" : without_includes(std::string(found->text));
}

}  // namespace

std::optional<std::set<unsigned>> lines_left_by_conditionals(const std::string& text,
                                                             const std::atomic<bool>* stop) {
  const temporary_directory scratch;
  write_file(scratch.path() / "configuration.h", configuration());
  write_file(scratch.path() / "kernel/asked.c", without_includes(text));
  file_lines lines;
  try {
    add_marked_lines(compiler(c_language, stop)
                         .preprocess(scratch.path(), "kernel/asked.c",
                                     {"-I", ".", "-include", "configuration.h"}),
                     lines);
  } catch (const compile_error&) {
    return std::nullopt;
  }
  return lines["asked.c"];
}

}  // namespace stockcheck::source
