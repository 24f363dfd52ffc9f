# Hostile: Kernel code cannot call fork().
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: undefined reference to `fork'
/^void page_counter_cancel/i\
extern int fork(void);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tfork();
}
