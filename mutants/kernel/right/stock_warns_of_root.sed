# Right: A refill warns if it is for the group without a parent, which no path of a charge lets be.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge charge_path
/^static void refill_stock/,/^}/ s/^	local_lock_irqsave.*/	WARN_ON_ONCE(mem_cgroup_is_root(memcg));\
&/
