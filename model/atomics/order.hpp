// SPDX-License-Identifier: GPL-2.0-only
// The memory orders of the atomics policy: the C++ ones, and the kernel's "fully ordered".
#pragma once

#include <cstdint>
#include <source_location>

namespace stockcheck {

/// Where an access stands in the code under test. Every access of a policy takes one as a default
/// argument, so that a checker can name the line without macros.
using location = std::source_location;

/// Memory order of an access.
///
/// `full` is the order of the kernel's value-returning read-modify-writes (Linux kernel memory
/// model, linux-kernel.def `{mb}`): a full barrier before and one after, and as an access at least
/// an acquire and a release. It is stronger than
/// `seq_cst`, which does not forbid store buffering between a seq_cst RMW and a later relaxed load.
/// `full` is meaningful for RMWs and fences; on a load or a store it is a mistake of the caller.
enum class order : std::uint8_t { relaxed, acquire, release, acq_rel, seq_cst, full };

}  // namespace stockcheck
