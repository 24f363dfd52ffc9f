// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests that are written once and run on several kinds of memory: the engine's, real threads
// on the machine's, Relacy's.
#pragma once

#include <cstddef>

namespace stockcheck::explore::tests {

/// The orders of all stores and of all loads, in the terms of the memory.
template <class Order>
struct shape_orders {
  Order store;
  Order load;
};

// `Memory` has cells x and y and registers r; a task's number says what it does.

struct store_buffering {
  static constexpr std::size_t tasks = 2;
  template <class Memory, class Order>
  static void run(Memory& s, std::size_t task, const shape_orders<Order>& o) {
    if (task == 0) {
      s.x.store(1, o.store);
      s.r[0] = s.y.load(o.load);
    } else {
      s.y.store(1, o.store);
      s.r[1] = s.x.load(o.load);
    }
  }
};

struct message_passing {
  static constexpr std::size_t tasks = 2;
  template <class Memory, class Order>
  static void run(Memory& s, std::size_t task, const shape_orders<Order>& o) {
    if (task == 0) {
      s.x.store(1, o.store);
      s.y.store(1, o.store);
    } else {
      s.r[0] = s.y.load(o.load);
      s.r[1] = s.x.load(o.load);
    }
  }
};

/// Both loads of both cells, behind a store to each.
struct two_plus_two_writes {
  static constexpr std::size_t tasks = 2;
  template <class Memory, class Order>
  static void run(Memory& s, std::size_t task, const shape_orders<Order>& o) {
    auto& first = task == 0 ? s.x : s.y;
    auto& second = task == 0 ? s.y : s.x;
    first.store(1, o.store);
    second.store(2, o.store);
    s.r[task] = first.load(o.load);
  }
};

struct independent_reads {
  static constexpr std::size_t tasks = 4;
  template <class Memory, class Order>
  static void run(Memory& s, std::size_t task, const shape_orders<Order>& o) {
    switch (task) {
      case 0: s.x.store(1, o.store); break;
      case 1: s.y.store(1, o.store); break;
      case 2:
        s.r[0] = s.x.load(o.load);
        s.r[1] = s.y.load(o.load);
        break;
      default: s.r[2] = s.y.load(o.load); s.r[3] = s.x.load(o.load);
    }
  }
};

/// Updates, the order of which the registers show.
struct updates {
  static constexpr std::size_t tasks = 3;
  template <class Memory, class Order>
  static void run(Memory& s, std::size_t task, const shape_orders<Order>& o) {
    if (task == 2) {
      s.r[4] = s.x.load(o.load);
      s.r[5] = s.x.load(o.load);
      return;
    }
    s.r[task] = s.x.fetch_add(task + 1, o.store);
    s.r[2 + task] = s.y.fetch_add(task + 1, o.store);
  }
};

}  // namespace stockcheck::explore::tests
