# file: mm/memcontrol.c
# summary: Who looks at the stock of another CPU has preemption off: no grace period ends meanwhile.
# scenarios: one_slot_stock socket_charge
/^void drain_all_stock/,/^}/ {
  s/rcu_read_lock();/preempt_disable();/
  s/rcu_read_unlock();/preempt_enable();/
}
