# Hostile: A warning has bytes that are no text; they change no verdict.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 1
# Says: newly failing  page_counter/charge_uncharge
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tWARN(1, "bad \\xff\\xfe byte");
}
