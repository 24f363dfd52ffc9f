# Hostile: Kernel code cannot call _exit().
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: undefined reference to `_exit'
/^void page_counter_cancel/i\
extern void _exit(int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t_exit(0);
}
