# file: mm/memcontrol.c
# summary: What a stock counted for one node is added to another one.
# scenario: obj_stock/two_nodes
# oracle: statistics
/^static void mod_objcg_state/,/^}/ s/struct pglist_data \*oldpg = stock->cached_pgdat;/struct pglist_data *oldpg = pgdat;/
