# file: mm/page_counter.c
# summary: Inline assembly in a macro, over two lines, in pieces.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
#define nop() as\\\
m volatile("nop")
