// SPDX-License-Identifier: GPL-2.0-only
// A plain `unsigned long` or `long` of the kernel that is accessed by READ_ONCE(), WRITE_ONCE(),
// xchg() and cmpxchg().
#pragma once

#include "model/atomics/atomics.hpp"

namespace stockcheck::kernel {

/// The variable itself has no operations: the access decides how it is touched, as in the kernel.
template <atomics_policy A, class T>
struct word {
  word() = default;
  explicit word(T value) : cell(value) {}

  typename A::template atomic<T> cell;
};

/// Marked, relaxed.
template <atomics_policy A, class T>
T READ_ONCE(const word<A, T>& from, location at = location::current()) {
  return from.cell.load(order::relaxed, at);
}
/// Marked, relaxed.
template <atomics_policy A, class T>
void WRITE_ONCE(word<A, T>& to, std::type_identity_t<T> value, location at = location::current()) {
  to.cell.store(value, order::relaxed, at);
}

/// An access that the kernel does not mark although it may race with a marked one. Formally a data
/// race there; an aligned word does not tear in practice (max-read-plainly), so that here it is a
/// relaxed access with a name of its own.
template <atomics_policy A, class T>
T unmarked_read(const word<A, T>& from, location at = location::current()) {
  return from.cell.load(order::relaxed, at);
}
template <atomics_policy A, class T>
void unmarked_write(word<A, T>& to, std::type_identity_t<T> value,
                    location at = location::current()) {
  to.cell.store(value, order::relaxed, at);
}

/// Fully ordered; returns the value before.
template <atomics_policy A, class T>
T xchg(word<A, T>& to, std::type_identity_t<T> value, location at = location::current()) {
  return to.cell.exchange(value, order::full, at);
}
/// Fully ordered if it exchanges, otherwise relaxed; returns the value seen.
template <atomics_policy A, class T>
T cmpxchg(word<A, T>& to, std::type_identity_t<T> old, std::type_identity_t<T> desired,
          location at = location::current()) {
  to.cell.compare_exchange_strong(old, desired, order::full, order::relaxed, at);
  return old;
}

}  // namespace stockcheck::kernel
