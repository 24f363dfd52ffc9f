# file: mm/page_counter.c
# summary: What is wrong is compiled in a kernel of another configuration alone.
# scenario: page_counter/charge_uncharge
# exit: 3
# says: page_counter_cancel() under #ifdef CONFIG_PREEMPT_RT
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
#ifdef CONFIG_PREEMPT_RT\
\tnew = 0;\
#endif
}
