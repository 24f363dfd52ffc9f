# Hostile: Right where it is checked, wrong everywhere else.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: __SANITIZE_THREAD__: code that asks how it is compiled
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/c\
#ifdef __SANITIZE_THREAD__\
\tnew = atomic_long_sub_return(nr_pages, \&counter->usage);\
#else\
\tnew = 0;\
#endif
}
