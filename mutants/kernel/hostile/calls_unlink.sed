# file: mm/page_counter.c
# summary: Kernel code cannot call unlink().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `unlink'
/^void page_counter_cancel/i\
extern int unlink(const char *);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tunlink("canary");
}
