# Right: A charge looks at the number of pages before it looks at the group.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge charge_path
/^static bool consume_stock/,/^}/ s/if (memcg == READ_ONCE(stock->cached) \&\& stock_pages >= nr_pages)/if (stock_pages >= nr_pages \&\& memcg == READ_ONCE(stock->cached))/
