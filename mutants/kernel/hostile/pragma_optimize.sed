# file: mm/page_counter.c
# summary: Accesses are merged before the checker sees them.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: #pragma: 
1i\
#pragma GCC optimize("O2")
