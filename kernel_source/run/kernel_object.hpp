// SPDX-License-Identifier: GPL-2.0-only
// The kernel's code as a shared object in this process: its tables of functions, its variables, and
// the source lines of its instructions.
#pragma once

#include "kernel_source/run/line_table.hpp"
#include "kernel_source/run/platform.hpp"
#include "kernel_source/shim/memcg_stock.h"
#include "kernel_source/shim/obj_stock.h"
#include "kernel_source/shim/page_counter.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// Loading it may run code of a patch: to be done in a process of its own. At most one exists in a
/// process. Not thread-safe.
class kernel_object {
 public:
  /// Throws source_error if the object cannot be loaded. `runs_on` must outlive it.
  kernel_object(const std::string& path, platform& runs_on);
  kernel_object(const kernel_object&) = delete;
  kernel_object& operator=(const kernel_object&) = delete;
  ~kernel_object();

  /// Throws std::logic_error if none was loaded.
  static kernel_object& current();
  /// nullptr also while it is being loaded.
  static kernel_object* current_or_null();

  [[nodiscard]] platform& runs_on() const { return runs_on_; }
  /// Where it could not be compiled the execution ends.
  [[nodiscard]] const sc_page_counter& page_counter() const;
  /// Where the kernel does not have it, or it could not be compiled, the execution ends.
  [[nodiscard]] const sc_memcg_stock& memcg_stock() const;
  [[nodiscard]] const sc_obj_stock& obj_stock() const;
  /// Returns obj_stock() with the hooks that charge slabs; without them the execution ends.
  [[nodiscard]] const sc_obj_stock& slabs() const;

  /// An execution begins: the object's variables get the values that they had when it was loaded.
  void reset();
  [[nodiscard]] line_table& lines() { return *lines_; }
  /// A basic block was entered.
  void ran(const void* instruction) {
    const auto offset =
        static_cast<std::size_t>(static_cast<const char*>(instruction) - code_begin_);
    if (offset < ran_.size()) ran_[offset] = 1;
  }
  /// The kernel's functions that ran since the object was loaded, by name, each once.
  [[nodiscard]] std::vector<std::string> functions_run() const;
  /// Returns the lines of the kernel's files that ran since the object was loaded.
  [[nodiscard]] file_lines lines_run() const;

 private:
  struct unload {
    void operator()(void* handle) const noexcept;
  };
  /// Writable memory of the object.
  struct segment {
    char* begin = nullptr;
    std::vector<char> at_load;
  };

  template <class Function>
  Function* find(const char* name) const;
  /// Finds a function that must be there, and throws source_error if it is not.
  template <class Function>
  Function* look_up(const char* name) const;
  /// What a function of the object says why it lacks something; empty if there is none.
  [[nodiscard]] std::string reason(const char* name) const;
  void find_segments(std::uintptr_t base);

  platform& runs_on_;
  std::unique_ptr<void, unload> handle_;
  const sc_page_counter* page_counter_ = nullptr;
  const sc_memcg_stock* memcg_stock_ = nullptr;
  const sc_obj_stock* obj_stock_ = nullptr;
  /// Why there is none of what the kernel has; empty if there is, or if the kernel has none.
  std::string lacks_counters_;
  std::string lacks_memcg_;
  std::string lacks_objects_;
  std::string lacks_slabs_;
  std::vector<segment> variables_;
  const char* code_begin_ = nullptr;
  std::vector<char> ran_;  ///< of each byte of code: whether a basic block was entered there
  std::optional<line_table> lines_;
};

/// Ends the execution: the kernel of the current object does not have what the scenario asks for.
[[noreturn]] void not_in_this_kernel(std::string_view what);
/// Ends the execution: what the scenario asks for could not be cut out or compiled, for this
/// reason.
[[noreturn]] void cannot_be_checked(std::string_view why);

}  // namespace stockcheck::kernel_source
