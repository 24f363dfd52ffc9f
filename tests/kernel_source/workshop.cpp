// SPDX-License-Identifier: GPL-2.0-only
#include "tests/kernel_source/workshop.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <utility>

namespace stockcheck::kernel_source {

const std::string small_page_counter = R"(/* Counts pages: nothing but what the tests need. */
#include <linux/page_counter.h>

static long pages_in_use;

void take_pages(long pages)
{
	pages_in_use += pages;
}

void give_pages(long pages)
{
	pages_in_use -= pages;
}

long count_pages(void)
{
	return pages_in_use;
}

int has_pages(void)
{
	return pages_in_use > 0;
}
)";

const std::string small_patch = R"(diff --git a/mm/page_counter.c b/mm/page_counter.c
--- a/mm/page_counter.c
+++ b/mm/page_counter.c
@@ -10,6 +10,7 @@ void take_pages(long pages)
 
 void give_pages(long pages)
 {
+	check_pages(pages);
 	pages_in_use -= pages;
 }
 
)";

namespace {

const std::string makefile = R"(# SPDX-License-Identifier: GPL-2.0
VERSION = 6
PATCHLEVEL = 99
SUBLEVEL = 0
EXTRAVERSION = -rc1
NAME = Tests

VERSION = 7
)";

std::string environment_value(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

workshop::workshop() : old_tmpdir_(environment_value("TMPDIR")) {
  std::string name = (std::filesystem::canonical(std::filesystem::temp_directory_path()) /
                      "stockcheck-tests-XXXXXX")
                         .string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
  std::filesystem::create_directory(path_ / "tmp");
  ::setenv("TMPDIR", at("tmp").c_str(), 1);
  write("tree/mm/page_counter.c", small_page_counter);
  write("tree/include/linux/page_counter.h", "void check_pages(long pages);\n");
  write("tree/mm/other.c", "int other;\n");
  write("tree/Makefile", makefile);
}

workshop::~workshop() {
  if (old_tmpdir_.empty())
    ::unsetenv("TMPDIR");
  else
    ::setenv("TMPDIR", old_tmpdir_.c_str(), 1);
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string workshop::at(const std::string& name) const { return (path_ / name).string(); }

std::string workshop::write(const std::string& name, const std::string& text) const {
  write_file(path_ / name, text);
  return at(name);
}

std::unique_ptr<const kernel_tree> workshop::open(const std::string& tree,
                                                  const std::string& base) const {
  return open_kernel_tree(
      {.tree = at(tree), .base = base, .installed = at("installed"), .cache = at("cache")});
}

process_result workshop::run(std::vector<std::string> arguments) const {
  std::vector<std::string> environment = plain_environment();
  for (const char* name : {"GIT_AUTHOR", "GIT_COMMITTER"}) {
    environment.push_back(std::string(name) + "_NAME=Ann Author");
    environment.push_back(std::string(name) + "_EMAIL=ann@example.org");
    environment.push_back(std::string(name) + "_DATE=2024-01-01T12:00:00Z");
  }
  environment.insert(environment.end(), {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"});
  process_result result = run_process(
      {.arguments = std::move(arguments), .directory = at("tree"), .environment = environment});
  REQUIRE_MESSAGE(result.succeeded(), result.output, result.errors);
  return result;
}

void workshop::make_checkout() const {
  run({"git", "init", "--quiet", "--initial-branch=main"});
  run({"git", "add", "."});
  run({"git", "commit", "--quiet", "--message=The tree"});
  run({"git", "tag", "v6.99-rc1"});
}

std::map<std::string, std::string> workshop::contents() const {
  std::map<std::string, std::string> all;
  for (auto at = std::filesystem::recursive_directory_iterator(path_);
       at != std::filesystem::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().lexically_relative(path_).string();
    if (name == "cache")
      at.disable_recursion_pending();
    else if (at->is_symlink())
      all[name] = "-> " + std::filesystem::read_symlink(at->path()).string();
    else
      all[name] = at->is_regular_file() ? read_file(at->path()) : "";
  }
  return all;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const source_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

std::string trouble_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const machine_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace stockcheck::kernel_source
