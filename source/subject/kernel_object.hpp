// The kernel's code as a shared object in this process: its tables of functions, its variables, and
// the source lines of its instructions.
#pragma once

#include "source/shim/memcg_stock.h"
#include "source/shim/obj_stock.h"
#include "source/shim/page_counter.h"
#include "source/subject/line_table.hpp"
#include "source/subject/platform.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::source {

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
  [[nodiscard]] const sc_page_counter& page_counter() const { return *page_counter_; }
  /// Where it could not be compiled the execution ends: this kernel does not have it.
  [[nodiscard]] const sc_memcg_stock& memcg_stock() const;
  [[nodiscard]] const sc_obj_stock& obj_stock() const;

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
  /// The same where it must be there.
  template <class Function>
  Function* look_up(const char* name) const;
  void find_segments(std::uintptr_t base);

  platform& runs_on_;
  std::unique_ptr<void, unload> handle_;
  const sc_page_counter* page_counter_ = nullptr;
  const sc_memcg_stock* memcg_stock_ = nullptr;
  const sc_obj_stock* obj_stock_ = nullptr;
  std::string lacks_;  ///< what there is instead of memcg_stock_
  std::vector<segment> variables_;
  const char* code_begin_ = nullptr;
  std::vector<char> ran_;  ///< of each byte of code: whether a basic block was entered there
  std::optional<line_table> lines_;
};

/// Ends the execution: the scenario cannot be run on the current object.
[[noreturn]] void not_in_this_kernel(std::string_view what);

}  // namespace stockcheck::source
