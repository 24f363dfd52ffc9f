// Relacy replaces operator delete(void*) but not the sized form, which the sanitizers' runtimes
// define on their own: what Relacy allocated has to come back to Relacy.
#include "model/atomics/relacy_package.hpp"

#include <cstddef>
#include <new>

void operator delete(void* memory, std::size_t) noexcept { ::operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { ::operator delete[](memory); }
