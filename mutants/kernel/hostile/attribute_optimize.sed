# file: mm/page_counter.c
# summary: Accesses are merged before the checker sees them.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute optimize
s/^void page_counter_cancel/__attribute__((optimize("O2"))) &/
