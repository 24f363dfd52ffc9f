# Wrong: Nothing keeps the group alive that the stock of another CPU names while it is looked at.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/peek_at_drain
# Oracle: references
/^void drain_all_stock/,/^}/ {
  /rcu_read_lock();/d
  /rcu_read_unlock();/d
}
