# file: mm/page_counter.c
# summary: Compiler barriers are no inline assembly that does something.
# scenario: page_counter/charge_uncharge
# exit: 0
# says: unchanged
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tbarrier();\
\tasm volatile("" ::: "memory");\
\t__asm__ __volatile__("" : : "r"(counter) : "memory");
}
