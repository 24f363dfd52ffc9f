# file: mm/page_counter.c
# summary: Kernel code cannot call fork().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `fork'
/^void page_counter_cancel/i\
extern int fork(void);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tfork();
}
