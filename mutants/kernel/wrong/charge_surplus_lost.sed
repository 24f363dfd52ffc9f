# file: mm/memcontrol.c
# summary: What a charge took beyond its pages goes into no stock.
# scenario: one_slot_stock/two_cpus
# oracle: conservation
/^int try_charge_memcg/,/^}/ s/if (batch > nr_pages)$/if (false)/
