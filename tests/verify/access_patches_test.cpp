// SPDX-License-Identifier: GPL-2.0-only
// Patches whose accesses have unusual forms: each is seen, and both compilers make the same of it.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace stockcheck::tests;

namespace {

using scenarios = std::set<std::string>;

/// The scenarios of page counters that fail only with these lines, which come after the usage went
/// down in page_counter_cancel(), under both compilers.
class patched_cancel {
 public:
  [[nodiscard]] scenarios newly_failing(const std::string& lines,
                                        const std::string& of = "'page_counter/*'") const {
    CAPTURE(lines);
    const std::string patch =
        shop_.sed("mm/page_counter.c", "/^void page_counter_cancel/,/^}/ s/^\\tnew = .*;$/&\\n\\t" +
                                           escaped(lines) + "/");
    const scenarios with_gcc = newly_failing_with("gcc", patch, of);
    CHECK(with_gcc == newly_failing_with("clang-19", patch, of));
    return with_gcc;
  }

 private:
  static std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
      if (c == '/' || c == '&' || c == '\\') result += '\\';
      result += c;
    }
    return result;
  }
  [[nodiscard]] scenarios newly_failing_with(const std::string& compiler, const std::string& patch,
                                             const std::string& of) const {
    const outcome result = shop_.verify(patch + " --json - --scenario " + of, "CC=" + compiler);
    CAPTURE(compiler);
    CAPTURE(result.text);
    REQUIRE((result.exit_code == 0 || result.exit_code == 1));
    const auto verdict = nlohmann::json::parse(result.text.substr(result.text.find('{')));
    scenarios names;
    for (const auto& change : verdict.at("changes"))
      if (change.at("change") == "newly failing")
        names.insert(change.at("scenario").get<std::string>());
    return names;
  }

  kernel_workshop shop_{"6.12"};
};

}  // namespace

TEST_CASE("what memset() clears is cleared as by WRITE_ONCE()") {
  const patched_cancel with;
  // By what fails with a marked store there.
  for (const std::string member :
       {"watermark", "local_watermark", "min", "usage", "children_min_usage", "max"}) {
    CAPTURE(member);
    const bool is_atomic = member == "usage" || member == "children_min_usage";
    const scenarios marked =
        with.newly_failing(is_atomic ? "atomic_long_set(&counter->" + member + ", 0);"
                                     : "WRITE_ONCE(counter->" + member + ", 0);");
    CHECK_FALSE(marked.empty());
    const scenarios cleared =
        with.newly_failing("memset(&counter->" + member + ", 0, sizeof(counter->" + member + "));");
    CHECK(std::ranges::includes(cleared, marked));
  }
}

TEST_CASE("so is what other forms write") {
  const patched_cancel with;
  const scenarios marked = with.newly_failing("WRITE_ONCE(counter->watermark, 0);");
  for (const char* const lines :
       {"__builtin_memset(&counter->watermark, 0, 8);",
        "memcpy(&counter->watermark, &(unsigned long){0}, sizeof(long));",
        "{ struct three { unsigned long of[3]; } zero = {{0}}; *(struct three "
        "*)&counter->watermark "
        "= zero; }",
        "{ struct one { unsigned int of[2]; } zero = {{0}}; *(struct one *)&counter->watermark = "
        "zero; }"})
    CHECK(std::ranges::includes(with.newly_failing(lines), marked));
  // Twenty stores that race with each other: not everywhere are they few enough to be searched.
  CHECK(with.newly_failing("*counter = (struct page_counter){ .parent = counter->parent, .max = "
                           "counter->max };",
                           "page_counter/charge_uncharge")
            .contains("page_counter/charge_uncharge"));
}

TEST_CASE("an update without a mark reads and writes") {
  const patched_cancel with;
  CHECK(with.newly_failing("data_race(counter->usage.counter += 1); atomic_long_dec(&counter->"
                           "usage);")
            .contains("page_counter/charge_uncharge"));
}

TEST_CASE("memory of a CPU of its own holds what was written there") {
  const patched_cancel with;
  for (const char* const lines :
       {"{ static long mine[8]; unsigned cpu = smp_processor_id(); WRITE_ONCE(mine[cpu], 7); "
        "mine[cpu]++; WARN_ON(READ_ONCE(mine[cpu]) != 8); }",
        "{ static long mine[8][8]; unsigned cpu = smp_processor_id(); WRITE_ONCE(mine[cpu][0], 7); "
        "memset(mine[cpu], 0, nr_pages + 8); WARN_ON(READ_ONCE(mine[cpu][0]) != 0); }",
        "{ static struct { long a, b, c; } mine[8], kept[8]; unsigned cpu = smp_processor_id(); "
        "WRITE_ONCE(mine[cpu].b, 7); kept[cpu] = mine[cpu]; WARN_ON(READ_ONCE(kept[cpu].b) != 7); "
        "}"})
    CHECK(with.newly_failing(lines).empty());
}

TEST_CASE("neighbours of all widths are accessed together and one at a time") {
  const patched_cancel with;
  for (const std::string type : {"u8", "u16", "u32", "bool"})
    CHECK(with.newly_failing("{ static struct { " + type + " hits, misses; } of; " +
                             "if (data_race(of.hits || of.misses)) WRITE_ONCE(of.hits, 0); else "
                             "WRITE_ONCE(of.misses, 1); data_race(memset(&of, 0, sizeof(of))); }")
              .empty());
}
