# Hostile: Kernel code cannot call socket().
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: undefined reference to `socket'
/^void page_counter_cancel/i\
extern int socket(int, int, int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tsocket(1, 1, 0);
}
