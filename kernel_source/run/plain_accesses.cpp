// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/plain_accesses.hpp"

#include "explore/runtime.hpp"
#include "kernel_source/run/endless_loop_watch.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/memory_cuts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

using machine = kernel::machine<explored_atomics>;

/// A piece that the compiled code is about to write: its value is in memory when the code does
/// anything else.
struct pending_write {
  char* to = nullptr;
  std::size_t size = 0;
  explore_site at{};
  explore_order order = EXPLORE_PLAIN;
  std::uint64_t before = 0;  ///< what is in memory at the time of the announcement
};
// Holds the writes of one announcement, in the order of their addresses. Nothing runs between a
// write and the next call of a hook: one list serves all tasks.
std::vector<pending_write> pending;

memory_cuts cuts;

/// Says of each task whether it is in a data_race().
std::array<bool, explore::max_threads> racy{};

/// A line of a file. Few are passed over, and all accesses are compared with them.
struct source_position {
  std::string file;
  unsigned line = 0;
};
std::vector<source_position> passed_over;
bool is_passed_over(std::string_view file, unsigned line) {
  return std::ranges::any_of(
      passed_over, [&](const auto& known) { return known.line == line && known.file == file; });
}

/// Also while the object is loaded.
bool is_alone() {
  const machine* const on = machine::current_or_null();
  return on == nullptr || on->is_booting();
}

explore_site site_of(const void* pc) {
  kernel_object* const object = kernel_object::current_or_null();
  if (object == nullptr) return {"", "", 0};
  const explore::site& at = object->lines().caller(pc);
  return {at.file, at.function, at.line};
}

/// Whether an access concerns the running code alone.
bool is_private(const void* address) { return is_alone() || explore_on_stack(address); }

explore_order order_at(const explore_site& at) {
  if (racy.at(explore::task())) return EXPLORE_RACY;
  if (is_passed_over(at.file, at.line)) return EXPLORE_RACY;
  return EXPLORE_PLAIN;
}

std::uint64_t value_at(const char* address, std::size_t size) {
  std::uint64_t value = 0;
  std::memcpy(&value, address, size);
  return value;
}

/// A value that a piece of memory is to hold.
struct read_piece {
  char* at = nullptr;
  std::size_t size = 0;
  std::uint64_t value = 0;
};

void put(char* at, std::size_t size, std::uint64_t value) {
  // What cannot be written holds the value.
  if (std::memcmp(at, &value, size) != 0) std::memcpy(at, &value, size);
}

void read(char* address, std::size_t size, const explore_site& at) {
  const explore_order order = order_at(at);
  if (cuts.is_one_piece(address, size)) {
    before_access(address, size, &at);
    put(address, size, explore_load(address, size, order, &at));
    return;
  }
  // While one is read others may run, and use the memory of those before: all are put there at
  // once.
  std::vector<read_piece> pieces;
  cuts.for_each_piece(address, size, [&](char* piece, std::size_t width) {
    before_access(piece, width, &at);
    pieces.push_back({piece, width, explore_load(piece, width, order, &at)});
  });
  for (const auto& [piece, width, value] : pieces) put(piece, width, value);
}

enum class copy_form : std::uint8_t { none, elsewhere, onto_itself };

/// GCC announces what it writes before what it reads where it copies a structure: the write that is
/// pending is then of the same line and size, and not done.
copy_form form_of_copy(const char* from, std::size_t size, const explore_site& at) {
  if (pending.empty() || pending.front().at.line != at.line ||
      std::strcmp(pending.front().at.file, at.file) != 0)
    return copy_form::none;
  const char* const begin = pending.front().to;
  const char* const end = pending.back().to + pending.back().size;
  const bool is_done = std::ranges::any_of(
      pending, [](const auto& w) { return value_at(w.to, w.size) != w.before; });
  if (is_done || end - begin != static_cast<std::ptrdiff_t>(size)) return copy_form::none;
  if (from + size <= begin || end <= from) return copy_form::elsewhere;
  // A smaller one may be a number that was written and is read again.
  return from == begin && size > sizeof(std::uint64_t) ? copy_form::onto_itself : copy_form::none;
}

}  // namespace

void plain_read(void* address, std::size_t size, const void* pc) {
  if (is_private(address)) return;
  const explore_site at = site_of(pc);
  char* const from = static_cast<char*>(address);
  const copy_form form = form_of_copy(from, size, at);
  if (form == copy_form::none) {
    perform_writes();
    read(from, size, at);
    return;
  }
  // The list is empty while others run, who may use that memory, too.
  std::vector<pending_write> later = std::exchange(pending, {});
  read(from, size, at);
  if (form == copy_form::elsewhere)
    for (const pending_write& w : later) std::memcpy(w.to, &w.before, w.size);
  pending = std::move(later);
}

void plain_write(void* address, std::size_t size, const void* pc) {
  if (is_private(address)) return;
  perform_writes();
  const explore_site at = site_of(pc);
  const explore_order order = order_at(at);
  char* const to = static_cast<char*>(address);
  cuts.for_each_piece(to, size, [&](char* piece, std::size_t width) {
    before_access(piece, width, &at);
    // Before the code writes there: the engine looks at what was there.
    explore::runtime::current().locate(piece, width, {at.file, at.function, at.line});
  });
  cuts.for_each_piece(to, size, [&](char* piece, std::size_t width) {
    pending.push_back({piece, width, at, order, value_at(piece, width)});
  });
}

void perform_writes() {
  engine_was_asked();
  if (pending.empty()) return;
  for (const pending_write& w : std::exchange(pending, {}))
    explore_store(w.to, w.size, value_at(w.to, w.size), w.order, &w.at);
}

bool set_racy(bool races_with_nothing) {
  return std::exchange(racy.at(explore::task()), races_with_nothing);
}

void forget_plain_accesses() {
  pending.clear();
  racy.fill(false);
}

bool cut_memory(const explore::engine_finding& found) {
  return found.kind == explore::finding_kind::mixed_widths && cuts.add(found.pieces);
}
void forget_memory_cuts() { cuts = {}; }

bool pass_over_races_of(std::string_view file, unsigned line) {
  if (is_passed_over(file, line)) return false;
  passed_over.push_back({std::string(file), line});
  return true;
}
void pass_over_no_races() { passed_over.clear(); }

}  // namespace stockcheck::kernel_source
