# Right: A CPU that is isolated, and so left alone, is not marked as being drained: mends what is known of 6.12, but for one that is isolated between the two looks.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge charge_path
/^void drain_all_stock/,/^}/ s/if (flush &&/if (flush \&\& (cpu == curcpu || !cpu_is_isolated(cpu)) \&\&/
