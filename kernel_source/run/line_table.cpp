// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/line_table.hpp"

#include "kernel_source/run/code_blocks.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/debug_session.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

/// The last entry that begins at or before an address; nullptr if there is none.
template <class Entry>
const Entry* entry_at(const std::map<std::uintptr_t, Entry>& entries, std::uintptr_t address) {
  const auto behind = entries.upper_bound(address);
  return behind == entries.begin() ? nullptr : &std::prev(behind)->second;
}

/// As it is in the tree, and as GCC writes it: clang has "./" before it.
const char* in_tree(const char* file) {
  return file != nullptr && std::string_view(file).starts_with("./") ? file + 2 : file;
}

}  // namespace

const char* line_table::keep(const char* text) {
  return strings_.emplace(text == nullptr ? "" : text).first->c_str();
}

line_table::line_table(const std::string& path, std::uintptr_t base) {
  const debug_session session = begin_debug_session();
  dwfl_report_begin(session.get());
  Dwfl_Module* const module =
      dwfl_report_elf(session.get(), "kernel", path.c_str(), -1, base, false);
  dwfl_report_end(session.get(), nullptr, nullptr);

  for_each_source_line(module, [this](std::uintptr_t address, const char* file, int line) {
    rows_[address] = {keep(in_tree(file)), static_cast<unsigned>(line)};
  });
  if (rows_.empty())
    throw source_error(
        fmt::format("cannot read the debug information of {}: {}", path, dwfl_errmsg(-1)));
  for (const auto& [call, mark] : code_blocks(path)) blocks_[base + call] = base + mark;
  for (int i = 0; i < dwfl_module_getsymtab(module); ++i) {
    GElf_Sym symbol;
    GElf_Addr address = 0;
    const char* const name =
        dwfl_module_getsym_info(module, i, &symbol, &address, nullptr, nullptr, nullptr);
    if (name != nullptr && GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_value != 0)
      functions_[address] = keep(name);
  }
}

file_lines line_table::lines() const {
  file_lines lines;
  for (const auto& [address, at] : rows_)
    if (at.line != 0 && !is_of_shim(at.file)) lines[at.file].insert(at.line);
  return lines;
}

std::uintptr_t line_table::mark_of(std::uintptr_t address) const {
  // What comes before the first call of a function belongs to that block, too.
  const auto behind = functions_.upper_bound(address);
  if (behind == functions_.begin()) return 0;
  const std::uintptr_t function = std::prev(behind)->first;
  const auto next = blocks_.upper_bound(address);
  if (next != blocks_.begin() && std::prev(next)->first >= function) return std::prev(next)->second;
  const bool is_inside =
      next != blocks_.end() && (behind == functions_.end() || next->first < behind->first);
  return is_inside ? next->second : 0;
}

file_lines line_table::lines_run(const std::function<bool(const void*)>& has_run) const {
  file_lines lines;
  for (const auto& [address, at] : rows_) {
    if (at.line == 0 || is_of_shim(at.file)) continue;
    const std::uintptr_t mark = mark_of(address);
    // NOLINTNEXTLINE(performance-no-int-to-ptr): addresses are numbers here
    if (mark != 0 && has_run(reinterpret_cast<const void*>(mark))) lines[at.file].insert(at.line);
  }
  return lines;
}

const explore::site& line_table::caller(const void* return_address) {
  const auto [known, is_new] = known_.try_emplace(return_address);
  if (!is_new) return known->second;
  const void* const call = static_cast<const char*>(return_address) - 1;
  const row* const found = entry_at(rows_, reinterpret_cast<std::uintptr_t>(call));
  if (found != nullptr) {
    known->second.file = found->file;
    known->second.line = found->line;
  }
  known->second.function = function_at(call);
  return known->second;
}

const char* line_table::function_at(const void* instruction) const {
  const char* const* const in = entry_at(functions_, reinterpret_cast<std::uintptr_t>(instruction));
  return in == nullptr ? "" : *in;
}

const char* line_table::file_of_function_at(const void* instruction) const {
  const auto behind = functions_.upper_bound(reinterpret_cast<std::uintptr_t>(instruction));
  if (behind == functions_.begin()) return "";
  const row* const first = entry_at(rows_, std::prev(behind)->first);
  return first == nullptr ? "" : first->file;
}

}  // namespace stockcheck::kernel_source
