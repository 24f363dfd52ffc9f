# file: mm/memcontrol.c
# summary: The callback of a dead CPU clears the mark of that CPU.
/^static int memcg_hotplug_cpu_dead/,/^}/ s/^\tdrain_stock(stock);/\tdrain_stock(stock);\n\tclear_bit(FLUSHING_CACHED_CHARGE, \&stock->flags);/
