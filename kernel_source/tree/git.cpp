// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/git.hpp"

#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

constexpr std::initializer_list<const char*> settings{
    "core.attributesFile=/dev/null", "core.excludesFile=/dev/null", "core.hooksPath=/dev/null",
    "core.fsmonitor=false", "core.autocrlf=false", "core.quotePath=true",
    // A symbolic link, should one get this far, becomes a file.
    "core.symlinks=false",
    // No fetching of what a partial clone lacks.
    "protocol.allow=never",
    // A tree that belongs to somebody else was named by the user, who is about to run its code.
    "safe.directory=*"};

std::vector<std::string> environment(const std::filesystem::path& directory,
                                     const std::filesystem::path& repository) {
  std::vector<std::string> all = plain_environment();
  all.insert(
      all.end(),
      {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_ATTR_NOSYSTEM=1",
       "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_LITERAL_PATHSPECS=1", "GIT_PAGER=cat",
       fmt::format("GIT_CEILING_DIRECTORIES={}", directory.parent_path().string())});
  if (!repository.empty()) {
    all.push_back(fmt::format("GIT_DIR={}", repository.string()));
    all.push_back(fmt::format("GIT_WORK_TREE={}", directory.string()));
  }
  return all;
}

}  // namespace

git::git(const std::filesystem::path& directory, const std::atomic<bool>* stop)
    : directory_(std::filesystem::canonical(directory)), stop_(stop) {}

git::git(const std::filesystem::path& directory, std::filesystem::path repository)
    : directory_(std::filesystem::canonical(directory)), repository_(std::move(repository)) {}

process_result git::run(const std::vector<std::string>& arguments, const std::string& input) const {
  process_request request{.arguments = {"git"},
                          .input = input,
                          .directory = directory_,
                          .environment = environment(directory_, repository_),
                          .stop = stop_};
  for (const char* setting : settings)
    request.arguments.insert(request.arguments.end(), {"-c", setting});
  request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
  return run_process(request);
}

std::string git::output(const std::vector<std::string>& arguments, const std::string& what,
                        const std::string& input) const {
  process_result result = run(arguments, input);
  if (result.succeeded()) return std::move(result.output);
  std::string why = std::move(result.errors);
  while (!why.empty() && why.back() == '\n') why.pop_back();
  throw_failure(result.signal != 0 || is_trouble_of_machine(why),
                fmt::format("{}: {}", what, why.empty() ? how_it_ended(result) : why));
}

}  // namespace stockcheck::kernel_source
