// SPDX-License-Identifier: GPL-2.0-only
// order::full on AArch64: fences around an exclusive loop, or a single LSE instruction.
#include "tests/model/atomics/disassembly.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace {

using namespace stockcheck::tests;

const functions& llsc() {
  static const functions all = disassemble(AARCH64_OBJDUMP, LLSC_OBJECT);
  return all;
}
const functions& lse() {
  static const functions all = disassemble(AARCH64_OBJDUMP, LSE_OBJECT);
  return all;
}

bool is_full(const std::string& name) { return name.starts_with("full_"); }

/// Index of the first instruction that starts with `text`, or -1.
long first_of(const instructions& code, std::string_view text) {
  const auto found = std::ranges::find_if(
      code, [&](const std::string& instruction) { return instruction.starts_with(text); });
  return found == code.end() ? -1 : found - code.begin();
}
/// Index of the last one, or -1.
long last_of(const instructions& code, std::string_view text) {
  const instructions reversed{code.rbegin(), code.rend()};
  const long found = first_of(reversed, text);
  return found < 0 ? -1 : static_cast<long>(code.size()) - 1 - found;
}

void check_pairs(const functions& all) {
  const auto names = names_of_pairs(all);
  REQUIRE(names.size() >= 132);
  for (const std::string& name : names) {
    if (is_full(name)) continue;
    CAPTURE(name);
    REQUIRE(all.contains("hand_" + name));
    CHECK(text_of(all.at("ours_" + name)) == text_of(all.at("hand_" + name)));
  }
}

TEST_CASE(
    "on AArch64 std_atomics compiles to the instructions of std::atomic, with and without LSE") {
  check_pairs(llsc());
  check_pairs(lse());
}

TEST_CASE(
    "on AArch64 without LSE a fully ordered RMW is an exclusive loop between two full barriers") {
  const auto names = names_of_pairs(llsc(), "full_");
  REQUIRE(names.size() >= 19);
  for (const std::string& name : names) {
    const instructions& code = llsc().at("ours_" + name);
    CAPTURE(name);
    CAPTURE(text_of(code));
    CHECK(count_of(code, "dmb") == 2);
    CHECK(count_of(code, "dmb ish") == 2);
    CHECK(count_of(code, "dmb ishld") == 0);
    CHECK(count_of(code, "ldxr") == 1);
    CHECK(count_of(code, "stxr") == 1);
    CHECK(first_of(code, "dmb ish") < first_of(code, "ldxr"));
    CHECK(last_of(code, "dmb ish") > last_of(code, "stxr"));
    // Nothing returns before the second barrier.
    CHECK(first_of(code, "ret") > last_of(code, "dmb ish"));
  }
}

TEST_CASE(
    "on AArch64 with LSE a fully ordered RMW is one acquire-release instruction and no barrier") {
  static constexpr std::array instructions_of_lse{
      std::string_view{"ldaddal"}, std::string_view{"ldclral"}, std::string_view{"ldsetal"},
      std::string_view{"swpal"}, std::string_view{"casal"}};
  const auto names = names_of_pairs(lse(), "full_");
  REQUIRE(names.size() >= 19);
  for (const std::string& name : names) {
    const instructions& code = lse().at("ours_" + name);
    CAPTURE(name);
    CAPTURE(text_of(code));
    long found = 0;
    for (const std::string_view instruction : instructions_of_lse)
      found += count_of(code, instruction);
    CHECK(found == 1);
    CHECK(count_of(code, "dmb") == 0);
    CHECK(count_of(code, "ldxr") + count_of(code, "ldaxr") == 0);
  }
}

TEST_CASE("on AArch64 a fully ordered RMW without LSE is not what std::atomic makes of seq_cst") {
  CHECK(text_of(llsc().at("ours_full_fetch_add_long")) !=
        text_of(llsc().at("hand_full_fetch_add_long")));
}

}  // namespace
