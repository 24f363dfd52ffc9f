#include "checkers/judge.hpp"

#include <doctest/doctest.h>

using namespace stockcheck;
using report::verdict;

namespace {

/// A checker that does nothing; whether it must find known properties is given.
class idle_checker final : public checkers::checker {
 public:
  explicit idle_checker(bool searches) : searches_(searches) {}
  [[nodiscard]] std::string_view name() const override { return "idle"; }
  [[nodiscard]] bool finds_known_properties() const override { return searches_; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(checkers::search) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info&, const checkers::options&,
                                     const checkers::progress_sink&) override {
    return {};
  }

 private:
  bool searches_;
};

constexpr checks::scenario_info sound{
    .name = "a/sound", .summary = "", .task_list = {{{"works"}, {"rests", {1, 2}}}}};
constexpr checks::scenario_info flawed{.name = "a/flawed",
                                       .summary = "",
                                       .task_list = {{{"works"}}},
                                       .known = checks::known_property{oracle::scenario, "a-test"}};

verdict judged(const checks::scenario_info& scenario, std::optional<oracle> found, bool searches) {
  const idle_checker by{searches};
  report::result result = checkers::begin_record(by, scenario, {});
  if (found) result.finding = report::finding{.kind = *found};
  checkers::judge(result, by, scenario);
  return result.verdict;
}

}  // namespace

TEST_CASE("a finding fails a scenario that declares none") {
  CHECK(judged(sound, std::nullopt, true) == verdict::pass);
  CHECK(judged(sound, oracle::leak, true) == verdict::fail);
}

TEST_CASE("a declared property is known; any other finding still fails") {
  CHECK(judged(flawed, oracle::scenario, true) == verdict::known);
  CHECK(judged(flawed, oracle::leak, true) == verdict::fail);
}

TEST_CASE("a declared property that a search no longer finds is a failure") {
  CHECK(judged(flawed, std::nullopt, true) == verdict::fail);
  CHECK(judged(flawed, std::nullopt, false) == verdict::pass);
}

TEST_CASE("a record begins with the scenario, its tasks and the seed, and is unknown") {
  const auto record = checkers::begin_record(idle_checker{true}, sound, {.seed = 7});
  CHECK(record.scenario == "a/sound");
  CHECK(record.checker == "idle");
  CHECK(record.seed == 7);
  CHECK(record.verdict == verdict::unknown);
  CHECK(record.tasks == std::vector<std::string>{"works on cpu 0", "rests on cpu 1, may migrate"});
}
