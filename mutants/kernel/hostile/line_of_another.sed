# Hostile: Places that are told for others.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: #line: 
/^void page_counter_cancel/i\
#line 1 "mm/innocent.c"
