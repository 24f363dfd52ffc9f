# Hostile: A function that nobody declares.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 3
# Says: the shim lacks getppid
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tgetppid();
}
