# file: mm/page_counter.c
# summary: The same by the level of optimisation.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: __OPTIMIZE__: code that asks how it is compiled
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/i\
#ifndef __OPTIMIZE__\
#endif
}
