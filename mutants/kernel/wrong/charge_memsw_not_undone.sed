# file: mm/memcontrol.c
# summary: A charge that memory refuses stays in memory and swap.
# scenario: charge_path/memsw_undo
# oracle: conservation
/^int try_charge_memcg/,/^}/ s/page_counter_uncharge(&memcg->memsw, batch);/;/
