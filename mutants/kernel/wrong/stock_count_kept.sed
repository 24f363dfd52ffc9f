# Wrong: A drained stock keeps its number of pages.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/switch
# Oracle: conservation
/^static void drain_stock/,/^}/ s/WRITE_ONCE(stock->nr_pages, 0);/;/
