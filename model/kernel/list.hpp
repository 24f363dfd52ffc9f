// SPDX-License-Identifier: GPL-2.0-only
// struct list_head: a doubly linked ring of entries, with the functions of linux/list.h.
#pragma once

#include "model/atomics/atomics.hpp"

namespace stockcheck::kernel {

/// A place in a list, or a list itself: then it has no entry. Members of what they link; neither
/// may be moved. Plain memory: whoever shares a list needs a lock.
template <atomics_policy A, class T>
class list_head {
 public:
  /// `owner` names what the list belongs to, or what is in one, in reports and is a literal.
  /// `entry` is what is in a list, null for a list itself.
  explicit list_head(const char* owner, T* entry = nullptr) : entry_(entry) {
    A::label(next_, owner, "list.next");
    A::label(prev_, owner, "list.prev");
  }
  list_head(const list_head&) = delete;
  list_head& operator=(const list_head&) = delete;

  [[nodiscard]] bool is_empty() const { return next_.load() == this; }

  /// list_add(): this entry becomes the first of `list`. It must not be in any.
  void add_to(list_head& list) {
    list_head* const first = list.next_.load();
    link(*this, *first);
    link(list, *this);
  }
  /// list_del_init(): nothing for one that is in no list.
  void del() {
    link(*prev_.load(), *next_.load());
    link(*this, *this);
  }
  /// list_splice_init(): the entries of this list become the first of `list`.
  void splice_to(list_head& list) {
    if (is_empty()) return;
    list_head* const first = next_.load();
    list_head* const last = prev_.load();
    link(*last, *list.next_.load());
    link(list, *first);
    link(*this, *this);
  }
  /// list_for_each_entry()
  template <class Action>
  void for_each(Action action) {
    for (list_head* at = next_.load(); at != this; at = at->next_.load()) action(*at->entry_);
  }

 private:
  static void link(list_head& before, list_head& behind) {
    before.next_.store(&behind);
    behind.prev_.store(&before);
  }

  T* entry_;
  typename A::template plain<list_head*> next_{this};
  typename A::template plain<list_head*> prev_{this};
};

}  // namespace stockcheck::kernel
