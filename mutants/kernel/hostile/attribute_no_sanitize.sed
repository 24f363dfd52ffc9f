# Hostile: Accesses are hidden from the checker.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute no_sanitize
s/^void page_counter_cancel/__attribute__((no_sanitize("thread"))) &/
