# file: mm/page_counter.c
# summary: A warning is so long that it is cut, within a character of two bytes.
# scenario: page_counter/charge_uncharge
# exit: 1
# says: newly failing  page_counter/charge_uncharge
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tWARN(1, "%0254d\\xc3\\xa4 and more", 0);
}
