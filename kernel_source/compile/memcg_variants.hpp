// SPDX-License-Identifier: GPL-2.0-only
// What kernels do differently in mm/memcontrol.c, and which functions tell how one does it.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// A way to do something: a kernel that has these functions does it so.
struct memcg_variant {
  /// Defined for the shim; null for the way that it takes without.
  const char* definition = nullptr;
  std::vector<std::string> functions{};
};

/// The ways to do one thing, the latest first. Of a kernel that has none of them the last one's
/// functions are missing.
using memcg_variants = std::vector<memcg_variant>;

/// How a CPU drains its stocks: pages and objects each by a work of their own, or both by one.
const memcg_variants& drain_variants();
/// How the memory of sockets is charged: that of a socket, or of its group.
const memcg_variants& socket_variants();
/// How objects are charged and counted: by a few functions under one lock, by one function, or one
/// after the other.
const memcg_variants& object_variants();

/// What the code may ask for, and what is defined for the shim then.
struct memcg_question {
  const char* definition;
  const char* function;
};
std::span<const memcg_question> memcg_questions();

}  // namespace stockcheck::kernel_source
