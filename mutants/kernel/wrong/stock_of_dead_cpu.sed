# Wrong: The stock of a CPU that went offline is forgotten.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/dead_cpu
# Oracle: leak
/^static int memcg_hotplug_cpu_dead/,/^}/ s/	drain_stock(stock);/	;/
