# Remedy: The work that drains a CPU clears the mark of the CPU that it was queued for, wherever it runs.
# Of: kernel 6.12
# File: mm/memcontrol.c
/^static void drain_local_stock/,/^}/ s/clear_bit(FLUSHING_CACHED_CHARGE, &stock->flags);/clear_bit(FLUSHING_CACHED_CHARGE, \&container_of(dummy, struct memcg_stock_pcp, work)->flags);/
