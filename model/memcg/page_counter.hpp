// SPDX-License-Identifier: GPL-2.0-only
// struct page_counter: hierarchical, lockless accounting of pages against limits.
//
// Follows mm/page_counter.c and include/linux/page_counter.h of Linux 6.12.
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/kernel/limits.hpp"
#include "model/kernel/word.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::memcg {

/// All amounts are pages. Every function may run concurrently with every other one, except that
/// set_max() on one counter must be serialised by its callers. A parent must outlive its children.
template <atomics_policy A>
class page_counter {
 public:
  using ulong = unsigned long;

  /// page_counter_init(). `label` names the counter in reports and must outlive it.
  page_counter(page_counter* parent, bool protection_support, const char* label)
      : label_(label), parent_(parent), protection_support_(protection_support) {
    name_fields();
  }
  page_counter(const page_counter&) = delete;
  page_counter& operator=(const page_counter&) = delete;

  /// page_counter_read(). A usage that is negative for a moment reads as a huge number.
  [[nodiscard]] ulong read(location at = location::current()) const {
    return static_cast<ulong>(usage_.read(at));
  }

  /// page_counter_charge(): charges regardless of any limit.
  void charge(ulong nr_pages) {
    const bool protection = track_protection();
    for (page_counter* c = this; c != nullptr; c = c->parent_) {
      const long charged = c->usage_.add_return(static_cast<long>(nr_pages));
      if (protection) c->propagate_protected_usage(static_cast<ulong>(charged));
      c->update_watermarks(static_cast<ulong>(charged));
    }
  }

  /// page_counter_try_charge(). On failure nothing stays charged and `fail` is the counter whose
  /// limit was hit.
  bool try_charge(ulong nr_pages, page_counter*& fail) {
    const bool protection = track_protection();
    for (page_counter* c = this; c != nullptr; c = c->parent_) {
      // Charge first, then look at the limit: two charges that race for the last page cannot both
      // see room for themselves. The price is a usage above the limit for a moment, which can fail
      // a charge that would fit: known as false-refusal.
      //
      // (1) Fully ordered: charges, then reads the limit below, so that either we see the new limit
      // or set_max() sees our usage; pairs with (1) in set_max().
      const long charged = c->usage_.add_return(static_cast<long>(nr_pages));
      if (static_cast<ulong>(charged) > unmarked_read(c->max_)) {
        c->usage_.sub(static_cast<long>(nr_pages));
        const auto failures = c->failcnt_.racy();
        failures.store(failures.load() + 1);
        fail = c;
        undo_below(c, nr_pages);
        return false;
      }
      if (protection) c->propagate_protected_usage(static_cast<ulong>(charged));
      c->update_watermarks(static_cast<ulong>(charged));
    }
    return true;
  }

  /// page_counter_cancel(): takes pages from this level alone.
  void cancel(ulong nr_pages) {
    long left = usage_.sub_return(static_cast<long>(nr_pages));
    // The kernel warns, which here is a finding, and limits the damage (9317d0fffeb1): a counter
    // below 0 reads as a huge number, and no charge would ever succeed again.
    A::expect(left >= 0, oracle::underflow, "page_counter underflow",
              {{"usage", left}, {"nr_pages", static_cast<long>(nr_pages)}});
    if (left < 0) {
      left = 0;
      usage_.set(left);
    }
    if (track_protection()) propagate_protected_usage(static_cast<ulong>(left));
  }

  /// page_counter_uncharge().
  void uncharge(ulong nr_pages) {
    for (page_counter* c = this; c != nullptr; c = c->parent_) c->cancel(nr_pages);
  }

  /// page_counter_set_max(). Returns 0, or -EBUSY when the usage is above the new limit.
  int set_max(ulong nr_pages) {
    for (;;) {
      const ulong usage = read();
      if (usage > nr_pages) return -kernel::ebusy;
      // (1) Fully ordered: whoever charges after this sees the new limit, whoever charged before it
      // is seen by the read below; pairs with (1) in try_charge().
      const ulong old = xchg(max_, nr_pages);
      if (read() <= usage || nr_pages >= old) return 0;
      unmarked_write(max_, old);
    }
  }

  /// page_counter_set_min().
  void set_min(ulong nr_pages) { set_protection(min_, nr_pages); }
  /// page_counter_set_low().
  void set_low(ulong nr_pages) { set_protection(low_, nr_pages); }
  /// page_counter_set_high().
  void set_high(ulong nr_pages) { WRITE_ONCE(high_, nr_pages); }

  /// page_counter_reset_watermark(). Meant to leave local_watermark <= watermark, which
  /// it does not always: known as watermark-reset.
  void reset_watermark() {
    const ulong usage = read();
    unmarked_write(local_watermark_, usage);
    unmarked_write(watermark_, usage);
  }

  /// What memory.max, memory.min and so on show.
  [[nodiscard]] ulong max() const { return READ_ONCE(max_); }
  [[nodiscard]] ulong min() const { return READ_ONCE(min_); }
  [[nodiscard]] ulong low() const { return READ_ONCE(low_); }
  [[nodiscard]] ulong high() const { return READ_ONCE(high_); }
  [[nodiscard]] ulong watermark() const { return READ_ONCE(watermark_); }
  [[nodiscard]] ulong local_watermark() const { return READ_ONCE(local_watermark_); }
  [[nodiscard]] ulong failcnt() const { return failcnt_.racy().load(); }
  /// The protected part of the usage, and the sum of it over the children.
  [[nodiscard]] long min_usage() const { return min_usage_.read(); }
  [[nodiscard]] long low_usage() const { return low_usage_.read(); }
  [[nodiscard]] long children_min_usage() const { return children_min_usage_.read(); }
  [[nodiscard]] long children_low_usage() const { return children_low_usage_.read(); }

  [[nodiscard]] page_counter* parent() const { return parent_; }
  [[nodiscard]] const char* label() const { return label_; }

  /// Effective protection, written by calculate_protection() on a walk from the top.
  struct effective {
    kernel::word<A, ulong> min;
    kernel::word<A, ulong> low;
  };
  [[nodiscard]] effective& emin_elow() { return effective_; }
  [[nodiscard]] const effective& emin_elow() const { return effective_; }
  [[nodiscard]] ulong emin() const { return READ_ONCE(effective_.min); }
  [[nodiscard]] ulong elow() const { return READ_ONCE(effective_.low); }

 private:
  using number = kernel::word<A, ulong>;

  [[nodiscard]] bool track_protection() const { return protection_support_; }

  void undo_below(page_counter* failed, ulong nr_pages) {
    for (page_counter* c = this; c != failed; c = c->parent_) c->cancel(nr_pages);
  }

  void update_watermarks(ulong usage) {
    if (usage <= READ_ONCE(local_watermark_)) return;
    WRITE_ONCE(local_watermark_, usage);
    if (usage > READ_ONCE(watermark_)) WRITE_ONCE(watermark_, usage);
  }

  void set_protection(number& protection, ulong nr_pages) {
    WRITE_ONCE(protection, nr_pages);
    for (page_counter* c = this; c != nullptr; c = c->parent_)
      c->propagate_protected_usage(c->read());
  }

  /// propagate_protected_usage(). `usage` is what the caller's own RMW returned, not a new read.
  void propagate_protected_usage(ulong usage) {
    if (parent_ == nullptr) return;
    propagate(usage, min_, min_usage_, parent_->children_min_usage_);
    propagate(usage, low_, low_usage_, parent_->children_low_usage_);
  }
  /// The xchg hands every change of `mine` to exactly one caller, so that the parent's sum is right
  /// whatever the order, although `mine` itself may end at an old usage: protection-drift.
  static void propagate(ulong usage, const number& protection, kernel::atomic_long_t<A>& mine,
                        kernel::atomic_long_t<A>& sum_of_parent) {
    const auto protected_usage = static_cast<long>(std::min(usage, READ_ONCE(protection)));
    if (protected_usage == mine.read()) return;
    const long delta = protected_usage - mine.xchg(protected_usage);
    if (delta != 0) sum_of_parent.add(delta);
  }

  void name_fields() {
    A::label(usage_, label_, "usage");
    A::label(max_, label_, "max");
    A::label(min_, label_, "min");
    A::label(low_, label_, "low");
    A::label(high_, label_, "high");
    A::label(watermark_, label_, "watermark");
    A::label(local_watermark_, label_, "local_watermark");
    A::label(failcnt_, label_, "failcnt");
    A::label(min_usage_, label_, "min_usage");
    A::label(low_usage_, label_, "low_usage");
    A::label(children_min_usage_, label_, "children_min_usage");
    A::label(children_low_usage_, label_, "children_low_usage");
    A::label(effective_.min, label_, "emin");
    A::label(effective_.low, label_, "elow");
  }

  // Alone on its cache line, as in the kernel: every charge of every child writes it.
  static constexpr std::size_t cache_line = 64;
  alignas(cache_line) kernel::atomic_long_t<A> usage_{0};

  alignas(cache_line) effective effective_;
  kernel::atomic_long_t<A> min_usage_{0};
  kernel::atomic_long_t<A> children_min_usage_{0};
  kernel::atomic_long_t<A> low_usage_{0};
  kernel::atomic_long_t<A> children_low_usage_{0};
  number watermark_{0};
  number local_watermark_{0};
  typename A::template plain<ulong> failcnt_{0};

  alignas(cache_line) number max_{kernel::page_counter_max};
  number min_{0};
  number low_{0};
  number high_{kernel::page_counter_max};
  const char* label_;
  page_counter* parent_;
  bool protection_support_;
};

}  // namespace stockcheck::memcg
