/* The entry points that -fsanitize=thread calls, and the functions behind the shim's headers.
 * Compiled without instrumentation. */
#include <stockcheck/kernel.h>

#include <stdarg.h>
#include <stdio.h>

static const struct sc_hook_table* hooks;

SC_EXPORT void sc_enter(const struct sc_hook_table* table) { hooks = table; }

uint64_t sc_load(const void* address, size_t size, enum explore_order order,
                 const struct explore_site* at) {
  return hooks->load(address, size, order, at);
}
void sc_store(void* address, size_t size, uint64_t value, enum explore_order order,
              const struct explore_site* at) {
  hooks->store(address, size, value, order, at);
}
uint64_t sc_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                enum explore_order order, const struct explore_site* at) {
  return hooks->rmw(address, size, op, operand, order, at);
}
bool sc_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
            enum explore_order success, const struct explore_site* at) {
  return hooks->cas(address, size, expected, desired, success, at);
}
void sc_fence(enum explore_order order, const struct explore_site* at) { hooks->fence(order, at); }
void sc_racy(bool begins) { hooks->racy(begins); }
void* sc_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at) {
  return hooks->alloc(size, alignment, zeroed, at);
}
void sc_free(void* memory, const struct explore_site* at) { hooks->free(memory, at); }
unsigned sc_this_cpu(const struct explore_site* at) { return hooks->this_cpu(at); }
unsigned sc_nr_cpus(void) { return hooks->nr_cpus(); }
void sc_preempt(bool off, const struct explore_site* at) { hooks->preempt(off, at); }
void sc_warn(const char* text, const struct explore_site* at) { hooks->warn(text, at); }
void sc_unsupported(const char* what, const struct explore_site* at) {
  hooks->unsupported(what, at);
}

const char* sc_format(const char* format, ...) {
  static char text[256];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  /* The kernel's messages end a line. */
  if (length > 0 && (size_t)length < sizeof text && text[length - 1] == '\n') text[length - 1] = 0;
  return text;
}

unsigned long long memparse(const char* text, char** end) {
  sc_unsupported("memparse()", SC_HERE);
  *end = (char*)text;
  return 0;
}

/* What the variables of DEFINE_PER_CPU are made of: the linker puts them into one section, which is
 * the copy of CPU 0. */
extern char sc_section_begin[] __asm__("__start_sc_percpu") __attribute__((weak));
extern char sc_section_end[] __asm__("__stop_sc_percpu") __attribute__((weak));
enum { sc_section_max = 4096 };
static char sc_copies[SC_MAX_CPUS - 1][sc_section_max] __attribute__((aligned(4096)));

__attribute__((constructor)) static void sc_copy_percpu(void) {
  const size_t size = sc_section_end - sc_section_begin;
  if (size > sc_section_max) __builtin_trap();
  for (unsigned cpu = 1; cpu < SC_MAX_CPUS; ++cpu)
    __builtin_memcpy(sc_copies[cpu - 1], sc_section_begin, size);
}

void* sc_per_cpu_ptr(const void* variable, unsigned cpu) {
  char* const byte = (char*)variable;
  if (byte < sc_section_begin || byte >= sc_section_end) return byte + cpu * SC_PERCPU_STRIDE;
  return cpu == 0 ? byte : sc_copies[cpu - 1] + (byte - sc_section_begin);
}

void* sc_alloc_percpu(size_t size, size_t alignment, const struct explore_site* at) {
  if (size > SC_PERCPU_STRIDE) {
    sc_unsupported("alloc_percpu() of that many bytes", at);
    return 0;
  }
  (void)alignment;
  return sc_alloc(sc_nr_cpus() * SC_PERCPU_STRIDE, SC_PERCPU_STRIDE, true, at);
}

void __sanitizer_cov_trace_pc(void) {
  /* The compiler's own constructors run before sc_enter(). */
  if (hooks != 0) hooks->ran(__builtin_return_address(0));
}

void __tsan_init(void) {}
void __tsan_func_entry(void* pc) { (void)pc; }
void __tsan_func_exit(void) {}

#define SC_PLAIN(prefix, bytes)                                               \
  void __tsan_##prefix##read##bytes(void* address) {                          \
    hooks->plain_read(address, bytes, __builtin_return_address(0));        \
  }                                                                           \
  void __tsan_##prefix##write##bytes(void* address) {                         \
    hooks->plain_write(address, bytes, __builtin_return_address(0));       \
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
  hooks->plain_read(address, size, __builtin_return_address(0));
}
void __tsan_write_range(void* address, unsigned long size) {
  hooks->plain_write(address, size, __builtin_return_address(0));
}
