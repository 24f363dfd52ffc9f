// SPDX-License-Identifier: GPL-2.0-only
// Whose fault it is: the machine's, the user's, or that of the code under test.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace stockcheck::tests;
namespace fs = std::filesystem;

namespace {

const std::string one_scenario = " --scenario page_counter/last_page";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A C compiler that the shell plays.
std::string compiler(const kernel_workshop& shop, const std::string& does) {
  const std::string program = shop.write(
      "compiler", "#!/bin/sh\nif [ \"$*\" = --version ]; then echo stand-in; exit; fi\n" + does);
  fs::permissions(program, fs::perms::owner_all);
  return "CC=" + program;
}

/// An own cache, empty.
std::string no_cache(const kernel_workshop& shop) { return " XDG_CACHE_HOME=" + shop.at("cache"); }

void is_of_machine(const outcome& result, const std::string& message) {
  CAPTURE(result.text);
  CHECK(result.exit_code == 4);
  CHECK(contains(result.text, message));
  CHECK(result.text.starts_with("stockcheck: "));
}

/// Nothing in it steers a terminal or makes a line that is not ours.
void is_clean(const std::string& text) {
  CAPTURE(text);
  CHECK(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c != '\x7f'); }));
  CHECK_FALSE(contains(text, "\nReviewed-by:"));
}

/// The only object of a cache.
fs::path object_in(const kernel_workshop& shop) {
  for (const auto& entry : fs::directory_iterator(shop.at("cache/stockcheck/objects")))
    if (entry.path().extension() == ".so") return entry.path();
  return {};
}

}  // namespace

TEST_CASE("a compiler that crashes, or makes nothing or nonsense, is no verdict on the code") {
  const kernel_workshop shop("6.12");
  is_of_machine(shop.verify(one_scenario, compiler(shop, "kill -SEGV $$\n") + no_cache(shop)),
                "Segmentation fault");
  is_of_machine(shop.verify(one_scenario, compiler(shop, "exit 0\n") + no_cache(shop)),
                "made no object");
  is_of_machine(
      shop.verify(one_scenario, compiler(shop,
                                         "for last; do :; done; head -c 999 /dev/urandom > "
                                         "\"$last\"\n") +
                                    no_cache(shop)),
      "made no object");
  // Nothing of it is kept.
  CHECK(shop.verify(one_scenario, no_cache(shop)).exit_code == 0);
}

TEST_CASE("a machine without descriptors or space is not the user's fault") {
  const kernel_workshop shop("6.12");
  const std::string command =
      STOCKCHECK_COMMAND " verify --linux " + shop.tree() + one_scenario + " 2>&1";
  is_of_machine(run_line("prlimit --nofile=8 " + command), "Too many open files");
  if (run_line("unshare -m true").exit_code != 0) return;  // nobody but root has a full disk
  is_of_machine(run_line("unshare -m sh -c 'mount -t tmpfs -o size=8k,mode=777 none " + shop.tmp() +
                         " && TMPDIR=" + shop.tmp() + no_cache(shop) + " " + command + "'"),
                "cannot use git");
}

TEST_CASE("a damaged object of the cache is made anew, and is no verdict on the code") {
  const kernel_workshop shop("6.12");
  const outcome whole = shop.verify(one_scenario, no_cache(shop));
  REQUIRE(whole.exit_code == 0);
  const std::string content = text_of(object_in(shop));
  for (const std::size_t length : {content.size(), content.size() / 2, std::size_t{0}}) {
    std::string damaged = content.substr(0, length);
    if (length == content.size()) damaged[length / 3] ^= 4;
    std::ofstream(object_in(shop), std::ios::binary) << damaged;
    const outcome again = shop.verify(one_scenario, no_cache(shop));
    CHECK(again.exit_code == 0);
    CHECK(contains(again.text, "was damaged and is made anew"));
    CHECK(contains(again.text, "1 passed, 0 known, 0 failed, 0 unknown"));
    CHECK_FALSE(contains(shop.verify(one_scenario, no_cache(shop)).text, "damaged"));
  }
}

TEST_CASE("text of the code, the tree and names of files passes one gate to every output") {
  const kernel_workshop shop("6.12");
  REQUIRE(run_line("sed -i 's/^EXTRAVERSION.*/EXTRAVERSION = \\x1b]0;owned\\x07\\xff\"},{\"x/' " +
                   shop.tree() + "/Makefile")
              .exit_code == 0);
  const std::string tree = shop.at("k_\xfc\x1b[31m");
  REQUIRE(run_line("cp -r " + shop.tree() + " '" + tree + "'").exit_code == 0);
  const std::string edit =
      "/^bool page_counter_try_charge/,/^}/ s/^\\(\\t*\\)return true;/"
      "\\1WARN(1, \"\\\\033[2J\\\\033]0;owned\\\\007 \\\\xff\\\\xfe\\\\n\\\\n"
      "Reviewed-by: NAME <ADDRESS>\\\\n\");\\n\\1return true;/";
  const std::string patch = shop.at("\x1b[31mred\xff\xe2\x80\xae.patch");
  fs::rename(shop.sed("mm/page_counter.c", edit), patch);
  const std::string arguments =
      " verify --linux '" + tree + "' '" + patch + "'" + one_scenario + " --time 120";
  for (const char* const form : {"", " --reply", " --json -"}) {
    CAPTURE(form);
    const outcome result = run(arguments + form);
    CHECK(result.exit_code == 1);
    is_clean(result.text);
    CHECK(contains(result.text, "owned"));
    CHECK(
        contains(result.text, *form == ' ' && contains(form, "json") ? "\\\\x1b[2J" : "\\x1b[2J"));
  }
  CHECK(nlohmann::json::parse(run(arguments + " --json -").text).at("exit_code") == 1);
}

TEST_CASE("a warning that is cut off inside a character is the same finding") {
  const kernel_workshop shop("6.12");
  const std::string edit =
      "/^bool page_counter_try_charge/,/^}/ s/^\\(\\t*\\)return true;/"
      "\\1WARN(1, \"" +
      std::string(254, 'a') + "\xc3\xa4 and more\");\\n\\1return true;/";
  const outcome result = shop.verify(shop.sed("mm/page_counter.c", edit) + one_scenario);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text, std::string(254, 'a')));
  CHECK_FALSE(contains(result.text, "\\xc3"));
}
