# file: mm/memcontrol.c
# summary: The object stock of a CPU that went offline is forgotten.
# scenario: obj_stock/dead_cpu
# oracle: leak
/^static int memcg_hotplug_cpu_dead/,/^}/ s/old = drain_obj_stock(stock);/old = NULL;/
