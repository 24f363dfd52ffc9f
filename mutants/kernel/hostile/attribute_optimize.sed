# Hostile: Accesses are merged before the checker sees them.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute optimize
s/^void page_counter_cancel/__attribute__((optimize("O2"))) &/
