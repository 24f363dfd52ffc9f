// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/conditional_lines.hpp"

#include "kernel_source/compile/compile_error.hpp"
#include "kernel_source/compile/compiler.hpp"
#include "kernel_source/compile/line_markers.hpp"
#include "kernel_source/compile/shim_files.hpp"
#include "kernel_source/slicer/c_directives.hpp"
#include "kernel_source/slicer/c_lexer.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/system/trouble.hpp"

#include <algorithm>
#include <cstddef>

namespace stockcheck::kernel_source {

namespace {

/// The lines keep their numbers: of a directive that goes on over lines nothing but its newlines is
/// left.
std::string without_includes(const std::string& name, std::string text) {
  for (const directive& found : parted(text, tokens_of(name, text)).directives)
    if (found.name.starts_with("include"))
      std::replace_if(
          text.begin() + static_cast<std::ptrdiff_t>(found.begin),
          text.begin() + static_cast<std::ptrdiff_t>(found.end), [](char c) { return c != '\n'; },
          ' ');
  return text;
}

/// Where the shim has the configuration.
std::string configuration() {
  const auto files = shim_files();
  const auto found = std::ranges::find(files, "stockcheck/types.h", &embedded_file::name);
  if (found == files.end()) return "";
  return without_includes(std::string(found->name), std::string(found->text));
}

}  // namespace

std::optional<std::set<unsigned>> lines_left_by_conditionals(const std::string& text,
                                                             const std::atomic<bool>* stop) {
  const temporary_directory scratch;
  write_file(scratch.path() / "configuration.h", configuration());
  write_file(scratch.path() / "kernel/asked.c", without_includes("asked.c", text));
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

}  // namespace stockcheck::kernel_source
