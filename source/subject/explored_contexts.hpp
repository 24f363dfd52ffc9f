// The contexts of the kernel's code on the exploration engine: those of model/kernel.
#pragma once

#include "source/hooks.h"

#include <cstddef>

namespace stockcheck::source {

/// Interrupts off is an RCU read section as well, in the kernel as here; here it begins with the
/// first reference that goes, because nothing before that can end a life.
const sc_context_hooks& explored_contexts();

/// An execution begins: the sections that the one before was in are no more.
void forget_contexts();
/// A reference goes: see explored_contexts().
void reference_goes();

/// How many sections and locks the running task is in. What the kernel's code begins it ends before
/// it returns to a scenario.
std::size_t open_contexts();

}  // namespace stockcheck::source
