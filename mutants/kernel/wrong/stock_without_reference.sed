# file: mm/memcontrol.c
# summary: A stock names a group without a reference to it.
# scenario: one_slot_stock/two_cpus
# oracle: references
/^static void __refill_stock/,/^}/ s/css_get(&memcg->css);/;/
