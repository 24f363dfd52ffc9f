// SPDX-License-Identifier: GPL-2.0-only
// std_atomics costs nothing on x86-64: its machine code is that of std::atomic.
#include "tests/model/atomics/disassembly.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace {

using namespace stockcheck::tests;

const functions& x86() {
  static const functions all = disassemble(OBJDUMP, X86_OBJECT);
  return all;
}

/// Whether the instruction is a locked access: one with the prefix, or xchg with memory.
bool is_locked(const std::string& instruction) {
  return instruction.starts_with("lock ") ||
         (instruction.starts_with("xchg") && instruction.find('(') != std::string::npos);
}

TEST_CASE("on x86-64 std_atomics compiles to the instructions of hand-written std::atomic") {
  const auto names = names_of_pairs(x86());
  REQUIRE(names.size() >= 132);
  for (const std::string& name : names) {
    CAPTURE(name);
    REQUIRE(x86().contains("hand_" + name));
    CHECK(text_of(x86().at("ours_" + name)) == text_of(x86().at("hand_" + name)));
  }
}

TEST_CASE("on x86-64 a fully ordered RMW is one locked instruction and no fence") {
  const auto names = names_of_pairs(x86(), "full_");
  REQUIRE(names.size() >= 19);
  for (const std::string& name : names) {
    const instructions& code = x86().at("ours_" + name);
    CAPTURE(name);
    CAPTURE(text_of(code));
    CHECK(std::ranges::count_if(code, is_locked) == 1);
    CHECK(count_of(code, "mfence") == 0);
  }
}

TEST_CASE("the comparison of x86-64 code sees a different order, width and operation") {
  const auto code = [](const char* name) { return text_of(x86().at(name)); };
  CHECK(code("ours_store_seq_cst_long") != code("hand_store_relaxed_long"));
  CHECK(code("ours_load_relaxed_int") != code("hand_load_relaxed_long"));
  CHECK(code("ours_full_fetch_add_int") != code("hand_full_fetch_sub_int"));
}

}  // namespace
