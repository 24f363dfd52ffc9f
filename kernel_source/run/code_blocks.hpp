// SPDX-License-Identifier: GPL-2.0-only
// Where the basic blocks of a compiled object begin, from the relocations that its linker kept.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace stockcheck::kernel_source {

/// What -fsanitize-coverage=trace-pc calls at the beginning of each block.
inline constexpr const char* block_hook = "__sanitizer_cov_trace_pc";

/// By the address of the call that begins a block, the address that the call returns to. Addresses
/// are those of the file. Empty if it has no such calls, or keeps no relocations. Throws
/// source_error if it cannot be read.
std::map<std::uintptr_t, std::uintptr_t> code_blocks(const std::string& path);

}  // namespace stockcheck::kernel_source
