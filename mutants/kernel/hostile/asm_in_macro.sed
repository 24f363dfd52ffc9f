# Hostile: Inline assembly in a macro, over two lines, in pieces.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
#define nop() as\\\
m volatile("nop")
