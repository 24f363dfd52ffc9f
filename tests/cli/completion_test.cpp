// SPDX-License-Identifier: GPL-2.0-only
// What shells offer behind `stockcheck`.
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace stockcheck::tests;

namespace {

const std::string completion = std::string(STOCKCHECK_SOURCE_DIR) + "/cli/completion/";

std::string offered(const std::string& line) {
  const outcome result = run("complete -- " + line);
  CHECK(result.exit_code == 0);
  return "\n" + result.text;
}

/// In front of everything else, so that the shells find the command.
std::string with_path() {
  return "PATH=" + std::filesystem::path(STOCKCHECK_COMMAND).parent_path().string() + ":$PATH ";
}

/// As in the shell, whose script completes a line of these words and prints what it offers.
void offers_as_it_should(const std::string& line, const std::string& words) {
  const outcome result = run_line(with_path() + line);
  CAPTURE(line);
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(" " + result.text, words));
}

}  // namespace

TEST_CASE("commands are offered, but no hidden ones") {
  const std::string words = offered("''");
  for (const char* one : {"check", "compare", "list", "stress", "verify", "--help"})
    CHECK(contains(words, std::string("\n") + one + "\n"));
  CHECK_FALSE(contains(words, "complete"));
}

TEST_CASE("options of the command are offered, but not what became of them") {
  const std::string words = offered("verify --");
  CHECK(contains(words, "\n--of-model\n"));
  CHECK(contains(words, "\n--memory-model\n"));
  CHECK_FALSE(contains(words, "\n--model\n"));
}

TEST_CASE("the words that an option takes are offered, and the names of scenarios") {
  CHECK(offered("check --memory-model ''") == "\nsc\ntso\nrc11\nall\n");
  CHECK(contains(offered("verify --scenario page"), "\npage_counter/last_page\n"));
  CHECK(contains(offered("check ''"), "\npage_counter/last_page\n"));
}

TEST_CASE("where a file may stand nothing is offered, so that the shell offers files") {
  CHECK(offered("verify ''") == "\n");
  CHECK(offered("check --json ''") == "\n");
  CHECK(offered("nothing ''") == "\n");
}

TEST_CASE("bash offers them") {
  offers_as_it_should(
      "bash -c '. " + completion +
          "stockcheck.bash; COMP_WORDS=(stockcheck check --search p); COMP_CWORD=3; "
          "_stockcheck; echo \"${COMPREPLY[@]}\"'",
      " pct pos\n");
}

#ifdef STOCKCHECK_ZSH
TEST_CASE("zsh offers them") {
  offers_as_it_should(
      "zsh -fc 'compadd() { print -- \"$@\" }; _files() { print files }; "
      "words=(stockcheck check --search p); CURRENT=4; . " +
          completion + "_stockcheck'",
      " pct pos\n");
  offers_as_it_should(
      "zsh -fc 'compadd() { print -- \"$@\" }; _files() { print files }; "
      "words=(stockcheck verify f); CURRENT=3; . " +
          completion + "_stockcheck'",
      " files\n");
}
#endif

#ifdef STOCKCHECK_FISH
TEST_CASE("fish offers them") {
  offers_as_it_should(
      "fish -c '. " + completion +
          "stockcheck.fish; complete -C \"stockcheck check --search p\" | tr \"\\n\" "
          "\" \"; echo'",
      "pct pos ");
}
#endif
