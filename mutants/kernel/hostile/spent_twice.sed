# file: mm/memcontrol.c
# summary: Pages of a stock are spent and stay in it.
# scenario: one_slot_stock/consume_against_drain_all
# exit: 1
# says: newly failing
/^static bool consume_stock/,/^}/ s/^.*WRITE_ONCE(stock->nr_pages, .*$/\t\t;/
