// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/commit_range.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/tree/git_tree.hpp"

#include <fmt/format.h>

namespace stockcheck::kernel_source {

namespace {

/// A series on a mailing list is shorter; the way from one release to the next is much longer.
constexpr unsigned long longest_range = 500;

}  // namespace

std::string commits_as_mails(const git& repository, const std::string& range,
                             std::vector<std::string>& skipped) {
  const std::size_t dots = range.find("..");
  const std::string first = range.substr(0, dots);
  const std::string last = range.substr(dots + 2);
  if (first.empty() || last.starts_with('.') || last.empty())
    throw source_error(fmt::format("'{}' is neither a file nor a commit range A..B", range));
  const std::string commits =
      fmt::format("{}..{}", commit_of(repository, first), commit_of(repository, last));

  const std::string what = fmt::format("cannot list the commits of {}", range);
  const auto count = [&](const char* kind) {
    return std::stoul(repository.output({"rev-list", "--count", kind, commits}, what));
  };
  const unsigned long patches = count("--no-merges");
  if (patches == 0) throw source_error(fmt::format("the range {} holds no commit", range));
  if (patches > longest_range)
    throw source_error(
        fmt::format("the range {} holds {} commits, more than {}: name a shorter one", range,
                    patches, longest_range));
  if (const unsigned long merges = count("--merges"); merges > 0)
    skipped.push_back(fmt::format("{}: {} merges", range, merges));

  // The repository's settings may ask for another form.
  std::string mails = repository.output(
      {"format-patch", "--stdout", "--numbered", "--subject-prefix=PATCH", "--no-attach",
       "--no-thread", "--no-cover-letter", "--no-base", "--no-notes", "--no-signature", "--no-stat",
       "--no-ext-diff", "--no-textconv", "--no-color", "--src-prefix=a/", "--dst-prefix=b/", "-U3",
       commits},
      what);
  if (mails.size() > largest_file)
    throw source_error(fmt::format("the patches of {} are too large: more than {} MiB", range,
                                   largest_file >> 20));
  return mails;
}

}  // namespace stockcheck::kernel_source
