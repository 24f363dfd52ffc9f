// SPDX-License-Identifier: GPL-2.0-only
// Cuts the functions that charge memory cgroups out of the kernel's mm/memcontrol.c and mm/slab.h.
#pragma once

#include "kernel_source/tree/tree_path.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// The files that it cuts from, as far as a kernel has them.
const std::vector<std::string>& memcg_files();

/// Without what nothing is cut from: mm/slab.h, unless its inline functions charge slabs.
tree_files without_unused(tree_files files);

/// C that says in an object why it lacks something: a function that returns the reason.
std::string explanation(const char* function, const std::string& why);

/// Whether the kernel has mm/memcontrol.c at all.
bool has_memcg(const tree_files& files);

/// A translation unit: the shim's memcg.h, what was cut, and the shim's part behind it. Throws
/// lack_error, with one line that says why, if functions are missing or use what neither the
/// kernel's files nor the shim have, and refused_code if what was cut has something that nobody
/// would see.
struct memcg_slice {
  std::string text;
  /// Holds the members of struct memcg_stock_pcp.
  std::string stock_members;
  /// Holds the members of struct obj_stock_pcp, if objects have stocks of their own.
  std::string obj_stock_members;
};
memcg_slice cut_memcg(const tree_files& files);

}  // namespace stockcheck::kernel_source
