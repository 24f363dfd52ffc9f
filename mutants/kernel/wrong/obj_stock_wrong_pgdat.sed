# Wrong: What a stock counted for one node is added to another one.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: obj_stock/two_nodes
# Oracle: statistics
/^static void mod_objcg_state/,/^}/ s/struct pglist_data \*oldpg = stock->cached_pgdat;/struct pglist_data *oldpg = pgdat;/
