# Hostile: A warning is so long that it is cut, within a character of two bytes.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 1
# Says: newly failing  page_counter/charge_uncharge
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tWARN(1, "%0254d\\xc3\\xa4 and more", 0);
}
