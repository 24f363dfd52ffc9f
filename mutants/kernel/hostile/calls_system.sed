# file: mm/page_counter.c
# summary: Kernel code cannot call system().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `system'
/^void page_counter_cancel/i\
extern int system(const char *);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tsystem("true");
}
