// SPDX-License-Identifier: GPL-2.0-only
// The command as a user runs it: output, errors and exit codes.
#include "cli/output.hpp"
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

using namespace stockcheck::tests;

TEST_CASE("help shows the commands and examples") {
  const outcome general = run("--help");
  CHECK(general.exit_code == 0);
  for (const char* command : {"list", "check", "stress", "verify", "compare"})
    CHECK(contains(general.text, command));
  for (const char* command : {"list", "check", "stress", "verify", "compare"}) {
    const outcome help = run(std::string(command) + " --help");
    CHECK(help.exit_code == 0);
    CHECK(contains(help.text, "Examples:"));
  }
}

TEST_CASE("the list names scenarios, and their tasks when asked") {
  const outcome names = run("list");
  CHECK(names.exit_code == 0);
  CHECK(contains(names.text, "page_counter/last_page"));
  CHECK(contains(names.text, "page_counter_stock/consume_against_drain"));
  const outcome tasks = run("list --tasks page_counter/false_refusal");
  CHECK(contains(tasks.text, "task 1 on cpu 1: try_charge 1"));
  CHECK(contains(tasks.text, "scenario is broken; known: false-refusal: "));
}

TEST_CASE("a sound scenario passes and a known property does not fail a run") {
  const outcome passed = run("check page_counter/charge_charge page_counter/false_refusal");
  CHECK(passed.exit_code == 0);
  CHECK(contains(passed.text, "PASS (exhaustive, RC11)"));
  CHECK(contains(passed.text, "every execution under RC11: 4 complete, 0 blocked"));
  CHECK(contains(passed.text, "KNOWN"));
  CHECK(contains(passed.text, "2 runs: 1 passed, 1 known, 0 failed, 0 unknown"));
}

TEST_CASE("the checker, the memory model and the search can be chosen") {
  const outcome relacy = run("check page_counter/charge_charge --checker relacy");
  CHECK(relacy.exit_code == 0);
  CHECK(contains(relacy.text, "PASS (bounded)"));
  const outcome every = run("check page_counter/last_page --memory-model all");
  CHECK(every.exit_code == 0);
  CHECK(contains(every.text, "PASS (exhaustive, SC, TSO, RC11)"));
  const outcome bounded = run("check page_counter/last_page --search switches --bound 1");
  CHECK(bounded.exit_code == 0);
  CHECK(contains(bounded.text, "PASS (bounded)"));
  CHECK(contains(bounded.text, "nothing found under RC11, at most 1 context switch: "));
}

TEST_CASE("a pattern selects an algorithm or what its wildcards match") {
  const outcome watermarks = run("list 'page_counter/watermark_*'");
  CHECK(contains(watermarks.text, "page_counter/watermark_reset"));
  CHECK_FALSE(contains(watermarks.text, "page_counter/last_page"));
  const outcome stocks = run("list page_counter_stock");
  CHECK(contains(stocks.text, "page_counter_stock/migration"));
  CHECK_FALSE(contains(stocks.text, "page_counter/last_page"));
}

TEST_CASE("what runs out of time is unknown, with an exit code of its own") {
  const outcome result =
      run("check page_counter_stock/two_owners_one_drainer --checker relacy --search full "
          "--time 0.001");
  CHECK(result.exit_code == 3);
  CHECK(contains(result.text, "UNKNOWN"));
}

TEST_CASE("a counterexample of a known property is shown when asked for") {
  const outcome result = run("check page_counter/set_max_refused --known");
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "root.usage += 9: 2 -> 11 (fully ordered)"));
  CHECK(contains(result.text, "again: stockcheck check 'page_counter/set_max_refused'"));
}

TEST_CASE("the command that a result names finds it again") {
  for (const char* checker : {"explore", "relacy"}) {
    const outcome result = run(std::string("check page_counter/watermark_below_peak --checker ") +
                               checker + " --search full");
    CHECK(result.exit_code == 0);
    CHECK(contains(result.text, "KNOWN"));
  }
}

TEST_CASE("results are written as JSON") {
  const std::string file =
      (std::filesystem::temp_directory_path() / fmt::format("stockcheck-{}.json", ::getpid()))
          .string();
  CHECK(run("check page_counter/last_page --json " + file).exit_code == 0);
  std::ifstream stream{file};
  const nlohmann::json run_record = nlohmann::json::parse(stream);
  CHECK(run_record.at("exit_code") == 0);
  CHECK(run_record.at("results").size() == 1);
  CHECK(run_record.at("results").at(0).at("scenario") == "page_counter/last_page");
  CHECK(run_record.at("results").at(0).at("verdict") == "PASS");
  CHECK(run_record.at("results").at(0).at("proof") == "RC11");
  std::filesystem::remove(file);

  const outcome printed = run("check page_counter/last_page --json -");
  CHECK(nlohmann::json::parse(printed.text).at("exit_code") == 0);
}

TEST_CASE("a stress run ends with its numbers") {
  const outcome result = run("stress --time 0.3 --threads 2");
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "PASS"));
}

TEST_CASE("options and scenarios come in any order, and a list of one is one word") {
  for (const char* arguments : {"check --checker relacy page_counter/charge_charge",
                                "check page_counter/charge_charge --checker relacy",
                                "check --checker=relacy page_counter/charge_charge"}) {
    const outcome result = run(arguments);
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    CHECK(contains(result.text, "1 run: 1 passed"));
  }
  for (const char* arguments :
       {"check --checker relacy,explore page_counter/charge_charge",
        "check --checker relacy --checker explore page_counter/charge_charge"})
    CHECK(contains(run(arguments).text, "2 runs: 2 passed"));
}

TEST_CASE("the limit of a run leaves the rest unknown") {
  const outcome result =
      run("check page_counter_stock/two_owners_one_drainer --checker relacy --search full "
          "--time 600 --limit 0.5");
  CAPTURE(result.text);
  CHECK(result.exit_code == 3);
  CHECK(contains(result.text, "interrupted before its end"));
}

TEST_CASE("colours are for terminals that have some, unless NO_COLOR says something") {
  CHECK(stockcheck::cli::allows_colour(nullptr, "xterm"));
  CHECK(stockcheck::cli::allows_colour("", "xterm"));
  CHECK(stockcheck::cli::allows_colour(nullptr, nullptr));
  CHECK_FALSE(stockcheck::cli::allows_colour("1", "xterm"));
  CHECK_FALSE(stockcheck::cli::allows_colour(nullptr, "dumb"));
}

TEST_CASE("a signal that ends a stress run leaves its verdict unknown") {
  for (const char* signal : {"TERM", "INT", "HUP"}) {
    const outcome result =
        run_line(fmt::format("timeout --preserve-status --signal={} 1 {} stress "
                             "--time 600 --threads 1",
                             signal, STOCKCHECK_COMMAND));
    CAPTURE(result.text);
    CHECK(result.exit_code == 3);
    CHECK(contains(result.text, "UNKNOWN"));
    CHECK(contains(result.text, "of 600.0 s, stopped early"));
  }
}

TEST_CASE("an interrupt ends a run with what there is") {
  const std::string command =
      "check --checker relacy --search full --jobs 1 "
      "page_counter/charge_charge page_counter_stock/two_owners_one_drainer ";
  // What is compiled is kept.
  CHECK(run(command + "--executions 1").exit_code == 3);
  // A signal for timeout is one for its whole group: the same Ctrl-C arrives more than once.
  const outcome result = run_line(std::string("timeout --preserve-status --signal=INT 2 ") +
                                  STOCKCHECK_COMMAND + " " + command + "--time 60");
  CHECK(result.exit_code == 3);
  CHECK(contains(result.text, "2 runs: 1 passed, 0 known, 0 failed, 1 unknown"));
  CHECK(contains(result.text, "interrupted"));
}

TEST_CASE("what is shown of long work is no part of a test's text") {
  using stockcheck::tests::without_progress;
  CHECK(without_progress("compiling the scenarios: 4 of 31 files\n[1/2] a 3k\nstockcheck: no\n") ==
        "stockcheck: no\n");
  CHECK(without_progress("[{}]\nend") == "[{}]\nend");
  CHECK(without_progress("").empty());
}

TEST_CASE("wrong usage is refused with one clear message") {
  refused("", "command");
  refused("chek", "there is no command 'chek'; did you mean 'check'?");
  refused("check --serch full", "'check' has no option '--serch'; did you mean '--search'?");
  refused("check page_counter/last_pag",
          "no scenario matches 'page_counter/last_pag'; did you mean 'page_counter/last_page'?");
  refused("check page_counter_stok",
          "no scenario matches 'page_counter_stok'; did you mean 'page_counter_stock'?");
  refused("check --limit 0", "--limit");
  refused("check frobnicate", "no scenario matches 'frobnicate'\n'stockcheck list'");
  refused("check --checker relacky", "--checker");
  refused("check --memory-model arm", "--memory-model");
  refused("check --model sc", "--model has become --memory-model");
  refused("verify --model README.md", "--model has become --of-model");
  refused("check --checker relacy --search pct",
          "relacy has no --search pct; choose another or --checker explore");
  refused("check --checker threads --memory-model tso", "--memory-model is for --checker explore");
  refused("check --jobs 0", "--jobs");
  refused("check --time 0", "--time");
  refused("check --time -1", "--time");
  refused("check --seed 70000", "--seed");
  refused("check --seed x", "--seed");
  refused("check --json /nonexistent/x.json", "cannot write /nonexistent/x.json: No such file");
  refused("check page_counter_stock/free_against_charger --checker threads", "corrupt");
  refused("stress --threads 0", "threads");
  refused("stress --threads 1000000", "threads");
  refused("stress --time 0", "--time");
}

TEST_CASE("a full disk is noticed, and is not the user's fault") {
  if (!std::filesystem::exists("/dev/full")) return;
  for (const char* const to : {"--json /dev/full", "--json - > /dev/full", "> /dev/full"}) {
    CAPTURE(to);
    const outcome result =
        run_line(fmt::format("({} check page_counter/last_page {})", STOCKCHECK_COMMAND, to));
    CHECK(result.exit_code == 4);
    CHECK(contains(result.text, "failed"));
  }
  CHECK(contains(run("check page_counter/last_page --json /dev/full").text,
                 "writing /dev/full failed: No space left on device"));
}

TEST_CASE("the JSON of the last run stays until that of the next one is there") {
  const std::string directory = run_line("mktemp -d").text;
  const std::string file = directory.substr(0, directory.size() - 1) + "/run.json";
  std::ofstream(file) << "the last run";
  run_line(std::string("timeout --signal=KILL 1 ") + STOCKCHECK_COMMAND +
           " check page_counter/charge_charge --stress 60 --json " + file);
  CHECK(run_line("cat " + file).text == "the last run");
  // Its rights stay, and so does a link to it.
  run_line("chmod 640 " + file + "; ln -s run.json " + file + ".link");
  CHECK(run("check page_counter/last_page --json " + file + ".link").exit_code == 0);
  CHECK(contains(run_line("cat " + file).text, "\"exit_code\": 0"));
  CHECK(run_line("stat -c %a " + file).text == "640\n");
  CHECK(contains(run("check page_counter/last_page --json /dev/stdout").text, "\"exit_code\": 0"));
  run_line("rm -r " + directory);
}
