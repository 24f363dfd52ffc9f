# Wrong: The object stock of a CPU that went offline is forgotten.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: obj_stock/dead_cpu
# Oracle: leak
/^static int memcg_hotplug_cpu_dead/,/^}/ s/old = drain_obj_stock(stock);/old = NULL;/
