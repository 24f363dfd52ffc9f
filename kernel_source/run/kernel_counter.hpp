// SPDX-License-Identifier: GPL-2.0-only
// A struct page_counter of the kernel's own file, wherever it lies, with the operations of
// memcg::page_counter.
#pragma once

#include "kernel_source/run/kernel_object.hpp"
#include "kernel_source/run/kernel_structure.hpp"
#include "kernel_source/run/platform.hpp"

#include <cstddef>
#include <string_view>

namespace stockcheck::kernel_source {

/// Calls a function of a table, in which those that this kernel does not have are null.
template <class Result, class... Parameters>
Result call_kernel(Result (*function)(Parameters...), const char* name, Parameters... arguments) {
  if (function == nullptr) not_in_this_kernel(name);
  const kernel_call running(kernel_object::current().runs_on());
  return function(arguments...);
}

/// Amounts are pages. Functions are the kernel's of the same name.
class kernel_counter {
 public:
  using ulong = unsigned long;

  /// The structure is zeroed memory of table().size bytes. `label` names it in reports. `is_gone`,
  /// if given, says that the memory was freed: then values are those that were there last, for who
  /// looks when nothing runs. All must outlive the counter.
  kernel_counter(void* structure, const char* label, const bool* is_gone = nullptr)
      : self_(structure), label_(label), is_gone_(is_gone) {}
  kernel_counter(const kernel_counter&) = delete;
  kernel_counter& operator=(const kernel_counter&) = delete;

  [[nodiscard]] ulong read() const;
  void charge(ulong nr_pages);
  void cancel(ulong nr_pages);
  void uncharge(ulong nr_pages);
  int set_max(ulong nr_pages);
  void set_min(ulong nr_pages);
  void set_low(ulong nr_pages);
  void set_high(ulong nr_pages);
  void reset_watermark();

  /// Members of the structure, read as by READ_ONCE().
  [[nodiscard]] ulong max() const { return number("max"); }
  [[nodiscard]] ulong min() const { return number("min"); }
  [[nodiscard]] ulong low() const { return number("low"); }
  [[nodiscard]] ulong high() const { return number("high"); }
  [[nodiscard]] ulong emin() const { return number("emin"); }
  [[nodiscard]] ulong elow() const { return number("elow"); }
  [[nodiscard]] ulong watermark() const { return number("watermark"); }
  [[nodiscard]] ulong local_watermark() const { return number("local_watermark"); }
  [[nodiscard]] ulong failcnt() const { return number("failcnt"); }
  [[nodiscard]] long min_usage() const { return signed_number("min_usage"); }
  [[nodiscard]] long low_usage() const { return signed_number("low_usage"); }
  [[nodiscard]] long children_min_usage() const { return signed_number("children_min_usage"); }
  [[nodiscard]] long children_low_usage() const { return signed_number("children_low_usage"); }

  [[nodiscard]] const char* label() const { return label_; }
  /// The kernel's structure, whose functions take it as one that they may write to.
  [[nodiscard]] void* self() const { return self_; }
  static const sc_page_counter& table() { return kernel_object::current().page_counter(); }
  /// A member of the structure; 0 where this kernel has none and `optional` allows that.
  [[nodiscard]] ulong number(std::string_view field, bool optional = false) const;

 protected:
  /// page_counter_init()
  void init(const kernel_counter* parent, bool protection_support);

 private:
  [[nodiscard]] long signed_number(std::string_view field) const {
    return static_cast<long>(number(field));
  }

  void* self_;
  const char* label_;
  const bool* is_gone_;
};

}  // namespace stockcheck::kernel_source
