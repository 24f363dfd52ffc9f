// struct page_counter of the kernel's own file, with the operations of memcg::page_counter: what a
// scenario calls of it.
#pragma once

#include "source/explored_memory.hpp"
#include "source/kernel_object.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace stockcheck::source {

/// Ends the execution: the scenario cannot be run on this kernel.
void not_in_this_kernel(std::string_view what);

/// Calls a function of a table, in which those that this kernel does not have are null.
template <class Result, class... Parameters>
Result call_kernel(Result (*function)(Parameters...), const char* name, Parameters... arguments) {
  if (function == nullptr) not_in_this_kernel(name);
  const kernel_call running;
  return function(arguments...);
}

/// Amounts are pages. Functions are the kernel's of the same name.
class kernel_page_counter {
 public:
  using ulong = unsigned long;

  /// page_counter_init(). `label` names the counter in reports and must outlive it.
  kernel_page_counter(kernel_page_counter* parent, bool protection_support, const char* label);
  kernel_page_counter(const kernel_page_counter&) = delete;
  kernel_page_counter& operator=(const kernel_page_counter&) = delete;

  [[nodiscard]] ulong read() const;
  void charge(ulong nr_pages);
  bool try_charge(ulong nr_pages, kernel_page_counter*& fail);
  void cancel(ulong nr_pages);
  void uncharge(ulong nr_pages);
  int set_max(ulong nr_pages);
  void set_min(ulong nr_pages);
  void set_low(ulong nr_pages);
  void set_high(ulong nr_pages);
  void reset_watermark();
  friend void calculate_protection(kernel_page_counter& root, kernel_page_counter& counter,
                                   bool recursive);

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
  [[nodiscard]] void* self() const { return const_cast<std::byte*>(memory_.data()); }
  static const sc_page_counter& table() { return kernel_object::current().page_counter(); }
  /// A member of the structure; 0 where this kernel has none and `optional` allows that.
  [[nodiscard]] ulong number(std::string_view field, bool optional = false) const;

 private:
  [[nodiscard]] long signed_number(std::string_view field) const {
    return static_cast<long>(number(field));
  }
  /// Comes first: the address of the structure is that of its wrapper. Kernels differ in its size.
  alignas(64) std::array<std::byte, 1024> memory_{};
  const char* label_;
};

}  // namespace stockcheck::source
