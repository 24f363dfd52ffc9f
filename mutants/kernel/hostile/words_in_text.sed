# Hostile: Words in comments and strings mean nothing.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 0
# Says: unchanged
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\t/* asm("lock"), __thread, SC_HERE, #pragma, #include "/dev/zero" */\
\tWARN_ONCE(counter == NULL, "asm __thread sc_load #pragma");
}
