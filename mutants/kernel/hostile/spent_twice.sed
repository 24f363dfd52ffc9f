# Hostile: Pages of a stock are spent and stay in it.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/consume_against_drain_all
# Exit: 1
# Says: newly failing
/^static bool consume_stock/,/^}/ s/^.*WRITE_ONCE(stock->nr_pages, .*$/\t\t;/
