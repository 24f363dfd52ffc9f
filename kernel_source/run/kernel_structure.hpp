// SPDX-License-Identifier: GPL-2.0-only
// The members of the kernel's structures by their names, of which kernels have more or fewer.
#pragma once

#include "kernel_source/shim/page_counter.h"

#include <cstdint>
#include <string_view>

namespace stockcheck::kernel_source {

/// A member of a structure; null if there is none.
const sc_field* find_field(const sc_field* fields, std::string_view name);

/// Names the members of a structure "label.member" in reports. Both live as long as the execution.
void name_fields(void* structure, const sc_field* fields, const char* label);

/// What a member holds, read as by READ_ONCE().
std::uint64_t read_once(const void* member, std::size_t size);

}  // namespace stockcheck::kernel_source
