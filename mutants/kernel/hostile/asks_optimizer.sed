# Hostile: The same by the level of optimisation.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: __OPTIMIZE__: code that asks how it is compiled
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/i\
#ifndef __OPTIMIZE__\
#endif
}
