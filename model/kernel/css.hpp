// SPDX-License-Identifier: GPL-2.0-only
// References to a css (cgroup_subsys_state): css_get(), css_tryget(), css_put(), css_killed.
//
// A percpu_ref in percpu mode orders nothing; the put that ends it all is fully ordered
// (lib/percpu-refcount.c of 6.12). The count is one number here: percpu mode is an optimisation.
#pragma once

#include "model/kernel/atomic.hpp"

namespace stockcheck::kernel {

/// Born with one reference, its cgroup's own. When the last one is put, `release` is called, once,
/// in the context of that put. Thread-safe.
template <atomics_policy A>
class css_ref {
 public:
  using release_function = void (*)(void* argument);

  css_ref(const char* label, release_function release, void* argument)
      : label_(label), release_(release), argument_(argument) {
    A::label(count_, label, "css refcount");
  }
  css_ref(const css_ref&) = delete;
  css_ref& operator=(const css_ref&) = delete;

  /// css_get_many(). Whoever calls it holds a reference or knows of one.
  void get(long references = 1, location at = location::current()) {
    const long before = count_.fetch_add(references, order::relaxed, at);
    A::expect(before > 0, oracle::references, "css_get() of a css whose references are gone",
              {{label_, before}}, at);
  }
  /// css_tryget(): false if the references are gone.
  bool tryget(location at = location::current()) {
    long before = count_.load(order::relaxed, at);
    while (before > 0)
      if (count_.compare_exchange_strong(before, before + 1, order::full, order::relaxed, at))
        return true;
    return false;
  }
  /// css_put_many().
  void put(long references = 1, location at = location::current()) {
    const long left = count_.fetch_sub(references, order::full, at) - references;
    A::expect(left >= 0, oracle::references, "css_put() of more references than there are",
              {{label_, left}}, at);
    if (left == 0) release_(argument_);
  }

  /// For oracles and reports.
  [[nodiscard]] long count() const { return count_.load(order::relaxed); }

 private:
  const char* label_;
  release_function release_;
  void* argument_;
  typename A::template atomic<long> count_{1};
};

}  // namespace stockcheck::kernel
