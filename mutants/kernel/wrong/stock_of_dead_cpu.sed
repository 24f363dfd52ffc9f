# file: mm/memcontrol.c
# summary: The stock of a CPU that went offline is forgotten.
# scenario: one_slot_stock/dead_cpu
# oracle: leak
/^static int memcg_hotplug_cpu_dead/,/^}/ s/	drain_stock(stock);/	;/
