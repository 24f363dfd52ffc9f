# Wrong: What a charge took beyond its pages goes into no stock.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/two_cpus
# Oracle: conservation
/^int try_charge_memcg/,/^}/ s/if (batch > nr_pages)$/if (false)/
