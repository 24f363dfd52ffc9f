# Hostile: Attributes that change nothing that is seen.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 0
# Says: unchanged
s/^void page_counter_cancel/__attribute__((cold)) &/
