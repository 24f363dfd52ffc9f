# Wrong: A stock names a group without a reference to it.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/two_cpus
# Oracle: references
/^static void __refill_stock/,/^}/ s/css_get(&memcg->css);/;/
