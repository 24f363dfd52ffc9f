# Hostile: What is wrong is compiled in a kernel of another configuration alone.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 3
# Says: page_counter_cancel() under #ifdef CONFIG_PREEMPT_RT
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
#ifdef CONFIG_PREEMPT_RT\
\tnew = 0;\
#endif
}
