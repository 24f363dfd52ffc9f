# file: mm/page_counter.c
# summary: Places that are told for others.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #line: 
/^void page_counter_cancel/i\
#line 1 "mm/innocent.c"
