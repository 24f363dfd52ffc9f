# file: mm/memcontrol.c
# summary: A drained stock keeps its number of pages.
# scenario: one_slot_stock/switch
# oracle: conservation
/^static void drain_stock/,/^}/ s/WRITE_ONCE(stock->nr_pages, 0);/;/
