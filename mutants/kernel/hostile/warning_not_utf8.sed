# file: mm/page_counter.c
# summary: A warning has bytes that are no text; they change no verdict.
# scenario: page_counter/charge_uncharge
# exit: 1
# says: newly failing  page_counter/charge_uncharge
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tWARN(1, "bad \\xff\\xfe byte");
}
