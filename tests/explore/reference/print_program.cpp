// SPDX-License-Identifier: GPL-2.0-only
// Writing programs as C++.
#include "tests/explore/reference/print_program.hpp"

#include <fmt/format.h>

namespace stockcheck::explore::reference {
namespace {

std::string_view name(memory_order order) {
  switch (order) {
    case memory_order::plain: return "memory_order::plain";
    case memory_order::racy: return "memory_order::racy";
    case memory_order::relaxed: return "memory_order::relaxed";
    case memory_order::acquire: return "memory_order::acquire";
    case memory_order::release: return "memory_order::release";
    case memory_order::acq_rel: return "memory_order::acq_rel";
    case memory_order::seq_cst: return "memory_order::seq_cst";
    case memory_order::full: return "memory_order::full";
  }
  return "?";
}

std::string unconditional(const instruction& step) {
  const auto access = [&step](std::string_view call) {
    return fmt::format("{}({}, {}, {})", call, step.location, step.value, name(step.order));
  };
  switch (step.code) {
    case opcode::load: return fmt::format("load({}, {})", step.location, name(step.order));
    case opcode::store: return access("store");
    case opcode::exchange: return access("exchange");
    case opcode::fetch_add: return access("fetch_add");
    case opcode::compare_exchange:
      return fmt::format("compare_exchange({}, {}, {}, {}, {})", step.location, step.expected,
                         step.value, name(step.order), name(step.failure_order));
    case opcode::fence: return fmt::format("fence({})", name(step.order));
    case opcode::lock: return fmt::format("lock({})", step.location);
    case opcode::unlock: return fmt::format("unlock({})", step.location);
    case opcode::try_lock: return fmt::format("try_lock({})", step.location);
    case opcode::await_equal: return access("await_equal");
    case opcode::await_not_equal: return access("await_not_equal");
    case opcode::choose: return fmt::format("choose({})", step.value);
  }
  return "?";
}

}  // namespace

std::string to_string(const instruction& step) {
  std::string text = unconditional(step);
  if (step.plus_last_read) text = fmt::format("plus_last_read({})", text);
  if (step.only_if) text = fmt::format("only_if({}, {})", *step.only_if, text);
  return text;
}

std::string to_string(const litmus_program& program) {
  std::string text = "{.threads = {";
  for (std::size_t thread = 0; thread < program.threads.size(); ++thread) {
    text += thread == 0 ? "{" : ",\n             {";
    for (std::size_t position = 0; position < program.threads[thread].size(); ++position) {
      if (position != 0) text += ", ";
      text += to_string(program.threads[thread][position]);
    }
    text += '}';
  }
  return text + fmt::format("}},\n .locations = {}}}", program.locations);
}

std::string_view name(memory_model model) {
  switch (model) {
    case memory_model::sc: return "sc";
    case memory_model::tso: return "tso";
    case memory_model::rc11: return "rc11";
  }
  return "?";
}

std::string as_test_case(const litmus_program& program, std::string_view sentence) {
  return fmt::format(
      "TEST_CASE(\"{}\") {{\n  const litmus_program program{};\n  check(program);\n}}\n", sentence,
      to_string(program));
}

}  // namespace stockcheck::explore::reference
