# Hostile: The same by a name of the checker.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: SC_HERE: a name of the checker
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/c\
#ifdef SC_HERE\
\tnew = atomic_long_sub_return(nr_pages, \&counter->usage);\
#else\
\tnew = 0;\
#endif
}
