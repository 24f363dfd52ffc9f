// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/git_tree.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/tree/makefile_version.hpp"

#include <fmt/format.h>

#include <utility>

namespace stockcheck::kernel_source {

namespace {

/// Cuts the text up to the separator off the front of `text`.
std::string take(std::string& text, char separator) {
  const std::size_t end = text.find(separator);
  std::string head = text.substr(0, end);
  text.erase(0, end == std::string::npos ? end : end + 1);
  return head;
}

struct blob {
  std::string path;
  std::string hash;
  std::size_t size = 0;  ///< bytes
};

/// An entry of `git ls-tree -l`: "mode type hash size<tab>path".
blob parse_entry(std::string entry, const std::string& commit) {
  std::string facts = take(entry, '\t');
  const std::string mode = take(facts, ' ');
  const std::string type = take(facts, ' ');
  blob result{std::move(entry), take(facts, ' '), 0};
  if (type != "blob" || !mode.starts_with("100"))
    throw source_error(fmt::format("{} of {} is not a file, but {}", result.path, commit,
                                   mode == "120000" ? "a symbolic link" : "of git's type " + type));
  result.size = std::stoull(facts);
  if (result.size > largest_file)
    throw source_error(fmt::format("{} of {} is too large", result.path, commit));
  return result;
}

}  // namespace

std::string commit_of(const git& repository, const std::string& revision) {
  process_result result = repository.run(
      {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (!result.succeeded())
    throw source_error(
        fmt::format("{} has no revision '{}'; {}", repository.directory().string(), revision,
                    result.errors.empty() ? "fetch it, or name another" : result.errors));
  return take(result.output, '\n');
}

std::string describe(const git& repository, const std::string& revision) {
  const std::string commit = commit_of(repository, revision);
  std::string name = repository.output({"describe", "--tags", "--always", "--abbrev=12", commit},
                                       fmt::format("cannot describe '{}'", revision));
  return take(name, '\n');
}

git_tree::git_tree(git repository, const std::string& revision)
    : repository_(std::move(repository)), commit_(commit_of(repository_, revision)) {
  identity_.place = repository_.directory().string();
  identity_.commit = describe(repository_, commit_);
  identity_.version = makefile_version(read({"Makefile"})["Makefile"]);
}

tree_files git_tree::read(const std::vector<std::string>& paths) const {
  std::vector<std::string> list{"ls-tree", "-z", "--full-tree", "-l", commit_, "--"};
  for (const std::string& path : paths) {
    require_safe(path, identity_.place);
    list.push_back(path);
  }
  if (paths.empty()) return {};
  const std::string what = fmt::format("{}: cannot read {}", identity_.place, identity_.commit);
  std::string entries = repository_.output(list, what);

  std::vector<blob> blobs;
  std::string hashes;
  while (!entries.empty()) {
    blobs.push_back(parse_entry(take(entries, '\0'), identity_.commit));
    hashes += blobs.back().hash + "\n";
  }

  // An object comes as "hash blob size", its text, and a newline.
  const std::string objects = repository_.output({"cat-file", "--batch"}, what, hashes);
  tree_files found;
  std::size_t at = 0;
  for (const blob& b : blobs) {
    const std::string header = fmt::format("{} blob {}\n", b.hash, b.size);
    if (objects.compare(at, header.size(), header) != 0)
      throw source_error(fmt::format("{}: git has no text of {}", what, b.path));
    at += header.size();
    found[b.path] = objects.substr(at, b.size);
    at += b.size + 1;
  }
  return found;
}

}  // namespace stockcheck::kernel_source
