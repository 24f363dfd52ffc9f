# file: mm/page_counter.c
# summary: Kernel code cannot call socket().
# scenario: page_counter/charge_uncharge
# exit: 2
# says: undefined reference to `socket'
/^void page_counter_cancel/i\
extern int socket(int, int, int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tsocket(1, 1, 0);
}
