# Hostile: Compiler barriers are no inline assembly that does something.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 0
# Says: unchanged
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tbarrier();\
\tasm volatile("" ::: "memory");\
\t__asm__ __volatile__("" : : "r"(counter) : "memory");
}
