// SPDX-License-Identifier: GPL-2.0-only
/* The entry points that -fsanitize=thread calls, and the accesses of the shim's headers: both go to
 * the table. Compiled without instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/kernel.h>

uint64_t sc_load(const void* address, size_t size, enum explore_order order,
                 const struct explore_site* at) {
  return sc_hooks->load(address, size, order, at);
}
void sc_store(void* address, size_t size, uint64_t value, enum explore_order order,
              const struct explore_site* at) {
  sc_hooks->store(address, size, value, order, at);
}
uint64_t sc_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                enum explore_order order, const struct explore_site* at) {
  return sc_hooks->rmw(address, size, op, operand, order, at);
}
bool sc_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
            enum explore_order success, const struct explore_site* at) {
  return sc_hooks->cas(address, size, expected, desired, success, at);
}
void sc_fence(enum explore_order order, const struct explore_site* at) {
  sc_hooks->fence(order, at);
}
void sc_racy(bool begins) { sc_hooks->racy(begins); }

void __sanitizer_cov_trace_pc(void) { sc_hooks->ran(__builtin_return_address(0)); }

void __tsan_init(void) {}
void __tsan_func_entry(void* pc) { (void)pc; }
void __tsan_func_exit(void) {}

#define SC_PLAIN(prefix, bytes)                                               \
  void __tsan_##prefix##read##bytes(void* address) {                          \
    sc_hooks->plain_read(address, bytes, __builtin_return_address(0));        \
  }                                                                           \
  void __tsan_##prefix##write##bytes(void* address) {                         \
    sc_hooks->plain_write(address, bytes, __builtin_return_address(0));       \
  }
SC_PLAIN(, 1)
SC_PLAIN(, 2)
SC_PLAIN(, 4)
SC_PLAIN(, 8)
SC_PLAIN(, 16)
/* An access that the compiler cannot tell to be aligned: one that is not is reported as such. */
SC_PLAIN(unaligned_, 2)
SC_PLAIN(unaligned_, 4)
SC_PLAIN(unaligned_, 8)
SC_PLAIN(unaligned_, 16)

void __tsan_read_range(void* address, unsigned long size) {
  sc_hooks->plain_read(address, size, __builtin_return_address(0));
}
void __tsan_write_range(void* address, unsigned long size) {
  sc_hooks->plain_write(address, size, __builtin_return_address(0));
}
