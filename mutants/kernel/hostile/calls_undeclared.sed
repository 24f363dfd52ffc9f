# file: mm/page_counter.c
# summary: A function that nobody declares.
# scenario: page_counter/charge_uncharge
# exit: 3
# says: the shim lacks getppid
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tgetppid();
}
