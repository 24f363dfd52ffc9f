# file: mm/page_counter.c
# summary: The same by a name of the checker.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: SC_HERE: a name of the checker
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/c\
#ifdef SC_HERE\
\tnew = atomic_long_sub_return(nr_pages, \&counter->usage);\
#else\
\tnew = 0;\
#endif
}
