# Hostile: A function that gives way to another one.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute weak
s/^void page_counter_cancel/__attribute__((__weak__)) &/
