# file: mm/page_counter.c
# summary: Kernel code cannot call _exit().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `_exit'
/^void page_counter_cancel/i\
extern void _exit(int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t_exit(0);
}
