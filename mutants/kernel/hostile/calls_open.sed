# Hostile: Kernel code cannot call open().
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: undefined reference to `open'
/^void page_counter_cancel/i\
extern int open(const char *, int);
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\topen("/etc/hostname", 0);
}
