// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/changed_lines.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/tree/git.hpp"

#include <fmt/format.h>

namespace stockcheck::kernel_source {

std::vector<hunk> changed_lines(const std::string& before, const std::string& after) {
  const temporary_directory work;
  write_file(work.path() / "before", before);
  write_file(work.path() / "after", after);
  const process_result ran = git(work.path())
                                 .run({"diff", "--no-index", "-U0", "--text", "--no-color",
                                       "--no-ext-diff", "--no-textconv", "--", "before", "after"});
  // 1: the files differ.
  if (ran.exit_code != 0 && ran.exit_code != 1)
    throw source_error(fmt::format("cannot compare two versions of a file: {}", ran.errors));
  std::vector<file_change> changes = parse_unified_diff(ran.output, "the difference");
  return changes.empty() ? std::vector<hunk>{} : std::move(changes.front().hunks);
}

}  // namespace stockcheck::kernel_source
