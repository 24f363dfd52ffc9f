# file: mm/memcontrol.c
# summary: A stock grows beyond a batch.
# scenario: one_slot_stock/over_the_cap
# oracle: stock bound
/^static void __refill_stock/,/^}/ s/if (stock_pages > MEMCG_CHARGE_BATCH)/if (false)/
