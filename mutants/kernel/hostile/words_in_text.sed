# file: mm/page_counter.c
# summary: Words in comments and strings mean nothing.
# scenario: page_counter/charge_uncharge
# exit: 0
# says: unchanged
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t/* asm("lock"), __thread, SC_HERE, #pragma, #include "/dev/zero" */\
\tWARN_ONCE(counter == NULL, "asm __thread sc_load #pragma");
}
