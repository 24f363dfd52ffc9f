// SPDX-License-Identifier: GPL-2.0-only
/* Where the copies of per-CPU data lie. Compiled without instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/kernel.h>
#include <stockcheck/locks.h>

/* The section is there also where no variable of the kernel is. */
static char sc_no_variable __attribute__((section("sc_percpu"), used));

/* What the variables of DEFINE_PER_CPU are made of: the linker puts them into one section, which is
 * the copy of CPU 0. */
extern char sc_section_begin[] __asm__("__start_sc_percpu")
    __attribute__((weak, visibility("hidden")));
extern char sc_section_end[] __asm__("__stop_sc_percpu")
    __attribute__((weak, visibility("hidden")));
enum { sc_section_max = 4096 };
static char sc_copies[SC_MAX_CPUS - 1][sc_section_max] __attribute__((aligned(4096)));

void sc_copy_percpu(void) {
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

/* Nobody else looks at it: what it holds is no access of the code under test. */
void sc_local_lock(const void* lock, bool begins, const struct explore_site* at) {
  local_lock_t* const mine = sc_per_cpu_ptr(lock, sc_this_cpu(at));
  if (begins == (mine->held != 0)) sc_bad_local_lock(begins, at);
  mine->held = begins;
}

/* Handlers look at it: it matters whether they come before it is taken. */
bool sc_local_trylock(const void* lock, const struct explore_site* at) {
  local_trylock_t* const mine = sc_per_cpu_ptr(lock, sc_this_cpu(at));
  if (sc_load(&mine->acquired, sizeof mine->acquired, EXPLORE_RELAXED, at) != 0) return false;
  sc_store(&mine->acquired, sizeof mine->acquired, 1, EXPLORE_RELAXED, at);
  return true;
}
void sc_local_trylock_section(const void* lock, bool begins, const struct explore_site* at) {
  local_trylock_t* const mine = sc_per_cpu_ptr(lock, sc_this_cpu(at));
  if (begins == (sc_load(&mine->acquired, sizeof mine->acquired, EXPLORE_RELAXED, at) != 0))
    sc_bad_local_lock(begins, at);
  sc_store(&mine->acquired, sizeof mine->acquired, begins, EXPLORE_RELAXED, at);
}

void* sc_alloc_percpu(size_t size, size_t alignment, const struct explore_site* at) {
  if (size > SC_PERCPU_STRIDE) {
    sc_unsupported("the shim has no alloc_percpu() of that many bytes", at);
    return 0;
  }
  (void)alignment;
  return sc_alloc(sc_nr_cpus() * SC_PERCPU_STRIDE, SC_PERCPU_STRIDE, true, at);
}
