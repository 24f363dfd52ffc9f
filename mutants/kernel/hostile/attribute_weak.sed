# file: mm/page_counter.c
# summary: A function that gives way to another one.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute weak
s/^void page_counter_cancel/__attribute__((__weak__)) &/
