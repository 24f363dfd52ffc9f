// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/patch.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/tree/git.hpp"
#include "kernel_source/tree/tree_path.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

namespace stockcheck::kernel_source {

namespace {

std::string kind_of(const std::string& mode) {
  if (mode == "120000") return "a symbolic link";
  if (mode == "160000") return "a git submodule";
  return "a file of mode " + mode;
}

void require_plain_mode(const patch& p, const file_change& change, const std::string& mode) {
  if (mode.empty() || mode == "100644" || mode == "100755") return;
  throw source_error(fmt::format("{}: {} is {}: a patch may only change plain files", p.origin,
                                 change.path(), kind_of(mode)));
}

void require_safe_change(const patch& p, const file_change& change) {
  for (const std::string& path : {change.old_path, change.new_path})
    if (!path.empty()) require_safe(path, p.origin);
  for (const std::string& mode : {change.old_mode, change.new_mode})
    require_plain_mode(p, change, mode);
  if (change.is_binary)
    throw source_error(fmt::format("{}: {} is changed by a binary patch, which is not supported",
                                   p.origin, change.path()));
}

/// What `git apply --numstat -z` says of a patch.
std::string expected_numstat(const patch& p) {
  std::string all;
  for (const file_change& change : p.files) {
    unsigned added = 0;
    unsigned removed = 0;
    for (const hunk& h : change.hunks) {
      added += h.added();
      removed += h.removed();
    }
    all += fmt::format("{}\t{}\t{}", added, removed, change.path()) + '\0';
  }
  return all;
}

/// What was checked here must be what git applies later: two readers of the same text may differ
/// on a text that is meant to make them.
void require_same_reading(const patch& p) {
  const temporary_directory nowhere;
  const std::string numstat = git(nowhere.path())
                                  .output({"apply", "--numstat", "-z", "-"},
                                          fmt::format("{} is malformed", p.origin), p.text);
  if (numstat == expected_numstat(p)) return;
  std::string changes = numstat;
  for (char& c : changes)
    if (c == '\0' || c == '\t') c = ' ';
  throw source_error(
      fmt::format("{} is ambiguous: git reads other changes in it (lines added, "
                  "lines removed, file: {})",
                  p.origin, changes));
}

}  // namespace

patch checked_patch(const std::string& origin, const std::string& subject,
                    const std::string& author, const std::string& diff) {
  patch p{text::in_one_line(origin), text::in_one_line(subject), text::in_one_line(author), diff,
          parse_unified_diff(diff, origin)};
  if (p.files.empty())
    throw source_error(
        fmt::format("{} is no patch: it changes no file (no line '--- a/...')", origin));
  for (const file_change& change : p.files) require_safe_change(p, change);
  require_same_reading(p);
  return p;
}

}  // namespace stockcheck::kernel_source
