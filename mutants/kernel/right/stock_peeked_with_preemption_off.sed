# Right: Who looks at the stock of another CPU has preemption off: no grace period ends meanwhile.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge
/^void drain_all_stock/,/^}/ {
  s/rcu_read_lock();/preempt_disable();/
  s/rcu_read_unlock();/preempt_enable();/
}
