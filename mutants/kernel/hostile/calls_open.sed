# file: mm/page_counter.c
# summary: Kernel code cannot call open().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `open'
/^void page_counter_cancel/i\
extern int open(const char *, int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\topen("/etc/hostname", 0);
}
