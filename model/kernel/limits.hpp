// SPDX-License-Identifier: GPL-2.0-only
// Constants of the kernel that the algorithms use, for a 64-bit machine with 4 KiB pages.
#pragma once

#include <limits>

namespace stockcheck::kernel {

inline constexpr unsigned long page_size = 4096;  ///< bytes

/// The largest limit of a page_counter, in pages (include/linux/page_counter.h, 64 bit).
inline constexpr unsigned long page_counter_max =
    static_cast<unsigned long>(std::numeric_limits<long>::max()) / page_size;

/// Error numbers, returned negated as in the kernel.
inline constexpr int enomem = 12;
inline constexpr int ebusy = 16;
inline constexpr int einval = 22;

}  // namespace stockcheck::kernel
