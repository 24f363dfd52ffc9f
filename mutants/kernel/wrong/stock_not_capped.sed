# Wrong: A stock grows beyond a batch.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/over_the_cap
# Oracle: stock bound
/^static void __refill_stock/,/^}/ s/if (stock_pages > MEMCG_CHARGE_BATCH)/if (false)/
