// SPDX-License-Identifier: GPL-2.0-only
// Verdicts are the same on an idle machine, on a busy one, with one processor, and however many
// scenarios run side by side.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

using namespace stockcheck::tests;

namespace {

/// Keeps processors busy with so many processes as long as it exists.
class busy_loops {
 public:
  explicit busy_loops(unsigned number) {
    for (unsigned i = 0; i < number; ++i) {
      const pid_t child = ::fork();
      REQUIRE(child >= 0);
      if (child == 0)
        for (volatile unsigned n = 0;;) n = n + 1;
      children_.push_back(child);
    }
  }
  busy_loops(const busy_loops&) = delete;
  busy_loops& operator=(const busy_loops&) = delete;
  ~busy_loops() {
    for (const pid_t child : children_) {
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
    }
  }

 private:
  std::vector<pid_t> children_;
};

/// How a command is run: on what machine.
struct mood {
  const char* name;
  const char* before;  ///< in front of the command
  const char* behind;  ///< and behind it
  unsigned busy = 0;   ///< beside so many loops
};

constexpr mood calm{"idle", "", ""};
const std::vector<mood> moods{{"eight busy loops", "", "", 8},
                              {"one processor", "taskset -c 0 ", ""},
                              {"one job", "", " --jobs 1"},
                              {"two jobs", "", " --jobs 2"},
                              {"eight jobs", "", " --jobs 8"}};

/// The exit code and a line for each row of the JSON: verdicts, not numbers.
std::string verdicts(const std::string& arguments, const mood& of) {
  const busy_loops beside(of.busy);
  const outcome result = run_line(std::string(of.before) + STOCKCHECK_COMMAND + " " + arguments +
                                  of.behind + " --json -");
  const std::size_t start = result.text.find('{');
  REQUIRE_MESSAGE(start != std::string::npos, result.text);
  const auto document = nlohmann::json::parse(result.text.substr(start));
  std::string lines = "exit code " + std::to_string(result.exit_code) + "\n";
  const auto add = [&](const nlohmann::json& rows, const char* what) {
    for (const auto& row : rows)
      lines += row.at("scenario").get<std::string>() + " " + row.value("checker", "") + " " +
               row.at(what).get<std::string>() + "\n";
  };
  add(document.value("results", nlohmann::json::array()), "verdict");
  add(document.value("changes", nlohmann::json::array()), "change");
  return lines;
}

void are_steady(const std::string& arguments) {
  CAPTURE(arguments);
  const std::string expected = verdicts(arguments, calm);
  CHECK_MESSAGE(expected.starts_with("exit code 0\n"), expected);
  for (const mood& other : moods) {
    CAPTURE(other.name);
    CHECK(verdicts(arguments, other) == expected);
  }
}

/// A patch that says the same in other words. One that adds a comment would run nothing.
std::string harmless(const kernel_workshop& shop) {
  return shop.sed("mm/page_counter.c",
                  "/^bool page_counter_try_charge/,/^}/ s/return true;/return 1;/");
}

}  // namespace

TEST_CASE("verdicts do not depend on how busy the machine is") {
  are_steady(
      "check --checker all page_counter/last_page page_counter/false_refusal "
      "page_counter/watermark_below_peak page_counter_stock/two_owners_one_drainer "
      "one_slot_stock/put_before_unpublish slab_charge/softirq_at_once");
  const kernel_workshop shop("6.12");
  are_steady("verify --linux " + shop.tree() + " --scenario page_counter " + harmless(shop));
}

TEST_CASE("no verdict depends on how busy the machine is" * doctest::skip()) {
  are_steady("check --checker all");
  const kernel_workshop shop("6.12");
  are_steady("verify --linux " + shop.tree() + " " + harmless(shop));
}
