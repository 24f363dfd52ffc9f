# Wrong: A charge that memory refuses stays in memory and swap.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: charge_path/memsw_undo
# Oracle: conservation
/^int try_charge_memcg/,/^}/ s/page_counter_uncharge(&memcg->memsw, batch);/;/
