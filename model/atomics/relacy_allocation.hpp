// SPDX-License-Identifier: GPL-2.0-only
// What a program that runs Relacy must define about allocation.
//
// Include it in one source file of a program, one that the program needs anyway: an object of a
// library that nothing else asks for is not linked.
#pragma once

#include "explore/sanitizer_fiber.hpp"
#include "model/atomics/relacy_package.hpp"

#include <cstddef>
#include <new>

// Relacy replaces operator delete(void*) but not the sized form, which the sanitizers' runtimes
// define on their own: what Relacy allocated has to come back to Relacy.
// NOLINTBEGIN(misc-definitions-in-headers): one file includes this
void operator delete(void* memory, std::size_t) noexcept { ::operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { ::operator delete[](memory); }
// NOLINTEND(misc-definitions-in-headers)

#if defined(__SANITIZE_ADDRESS__)
// Relacy's operator new is malloc() in disguise, and it leaks what a failed execution held.
extern "C" const char* __asan_default_options() {
  return "alloc_dealloc_mismatch=0:detect_leaks=0";
}
#endif
