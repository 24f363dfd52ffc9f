// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/patch/apply_patch.hpp"

#include "kernel_source/patch/fuzzy_patch.hpp"
#include "kernel_source/source_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <regex>
#include <sstream>

namespace stockcheck::kernel_source {

namespace {

/// All files that a patch touches, before and after.
std::vector<std::string> paths_of(const patch& p) {
  std::vector<std::string> paths;
  for (const file_change& change : p.files)
    for (const std::string& path : {change.old_path, change.new_path})
      if (!path.empty() && std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  return paths;
}

bool is_left_out(const file_change& change, const source_tree& tree) {
  return std::ranges::all_of(std::array{&change.old_path, &change.new_path}, [&](const auto* path) {
    return path->empty() || tree.leaves_out(*path);
  });
}

/// Returns the arguments of git, with the options that keep it from what the tree leaves out.
std::vector<std::string> arguments_for(const patch& p, const source_tree& tree,
                                       std::vector<std::string> options) {
  options.insert(options.begin(), "apply");
  for (const file_change& change : p.files)
    if (is_left_out(change, tree)) options.push_back("--exclude=" + change.path());
  options.emplace_back("-");
  return options;
}

/// The offsets in what `git apply --verbose` says.
std::vector<inexact_hunk> offsets(const std::string& said) {
  const std::regex file{R"(^Checking patch (?:.* => )?(.*)\.\.\.$)"};
  const std::regex offset{R"(^Hunk #(\d+) succeeded at (\d+) \(offset (-?\d+) lines?\)\.$)"};
  std::vector<inexact_hunk> found;
  std::string current;
  std::istringstream lines{said};
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, file)) current = match[1];
    if (std::regex_match(line, match, offset))
      found.push_back({current, static_cast<unsigned>(std::stoul(match[1])),
                       static_cast<unsigned>(std::stoul(match[2])), std::stoi(match[3]), 0});
  }
  return found;
}

/// Applies a patch that git found not to fit, file by file, with fuzz.
class fuzzy_application {
 public:
  fuzzy_application(const patch& p, const source_tree& tree, scratch_tree& scratch)
      : patch_(p), tree_(tree), scratch_(scratch) {}

  std::vector<inexact_hunk> run() {
    for (const file_change& change : patch_.files)
      if (!is_left_out(change, tree_)) apply(change);
    if (!rejects_.empty()) reject();
    for (const auto& [path, text] : texts_) {
      if (text)
        scratch_.write(path, *text);
      else if (scratch_.has(path))
        scratch_.remove(path);
    }
    return std::move(inexact_);
  }

 private:
  /// The file as it stands, with what earlier parts of the patch did to it; none if it is missing.
  std::optional<std::string> text(const std::string& path) const {
    if (const auto known = texts_.find(path); known != texts_.end()) return known->second;
    if (!scratch_.has(path)) return std::nullopt;
    return scratch_.read(path);
  }

  void apply(const file_change& change) {
    const bool is_new = change.old_path.empty();
    const std::optional<std::string> before = is_new ? std::string() : text(change.old_path);
    if (!before) {
      rejects_ += fmt::format("\n  {}: the tree has no such file", change.old_path);
      return;
    }
    if (change.old_path != change.new_path && !change.new_path.empty() && text(change.new_path)) {
      rejects_ += fmt::format("\n  {}: the tree has this file already", change.new_path);
      return;
    }
    fuzzy_result result{*before, {}, {}};
    if (!change.hunks.empty()) result = apply_with_fuzz(*before, change);
    for (const unsigned number : result.failed) reject_hunk(change, number);
    if (change.new_path.empty() && result.failed.empty() && !result.text.empty())
      rejects_ += fmt::format(
          "\n  {}: it is to be removed, but has lines that the patch does not "
          "know",
          change.old_path);
    if (!is_new && !change.is_copy && change.old_path != change.new_path)
      texts_[change.old_path] = std::nullopt;
    if (!change.new_path.empty()) texts_[change.new_path] = result.text;
    inexact_.insert(inexact_.end(), result.inexact.begin(), result.inexact.end());
  }

  void reject_hunk(const file_change& change, unsigned number) {
    const hunk& h = change.hunks.at(number - 1);
    rejects_ += fmt::format("\n  {}: hunk {} of {} does not fit (lines {}-{}{}{})", change.path(),
                            number, change.hunks.size(), h.before.first,
                            h.before.first + std::max(h.before.count, 1U) - 1,
                            h.section.empty() ? "" : ": ", h.section);
  }

  [[noreturn]] void reject() const {
    const bool is_there =
        scratch_.repository()
            .run(arguments_for(patch_, tree_, {"--check", "--reverse"}), patch_.text)
            .succeeded();
    throw source_error(fmt::format(
        "{}, \"{}\", {} {}:{}\n{}", patch_.origin, patch_.subject,
        is_there ? "has already been applied to" : "does not apply to", tree_.identity().name(),
        rejects_, is_there ? "name the tree before it" : "name the tree that it was made for"));
  }

  const patch& patch_;
  const source_tree& tree_;
  scratch_tree& scratch_;
  std::map<std::string, std::optional<std::string>> texts_;
  std::vector<inexact_hunk> inexact_;
  std::string rejects_;
};

applied_patch apply(const patch& p, const source_tree& tree, scratch_tree& scratch) {
  applied_patch result{p.origin, p.subject, {}, {}, {}};
  const process_result exact = scratch.repository().run(
      arguments_for(p, tree, {"--verbose", "--whitespace=nowarn"}), p.text);
  result.inexact =
      exact.succeeded() ? offsets(exact.errors) : fuzzy_application(p, tree, scratch).run();
  scratch.require_plain_files();
  for (const std::string& path : paths_of(p))
    (tree.is_subject(path) ? result.changed : result.ignored).push_back(path);
  return result;
}

}  // namespace

bool applied_patch::has_fuzz() const {
  return std::ranges::any_of(inexact, [](const inexact_hunk& hunk) { return hunk.fuzz > 0; });
}

std::vector<applied_patch> apply_series(const patch_series& series, const source_tree& tree,
                                        scratch_tree& scratch,
                                        const std::function<void()>& after_each) {
  std::vector<std::string> touched;
  for (const patch& p : series.patches)
    for (const std::string& path : paths_of(p)) touched.push_back(path);
  scratch.fetch(tree, touched);
  std::vector<applied_patch> applied;
  applied.reserve(series.patches.size());
  for (const patch& p : series.patches) {
    applied.push_back(apply(p, tree, scratch));
    if (after_each) after_each();
  }
  return applied;
}

}  // namespace stockcheck::kernel_source
