# file: mm/memcontrol.c
# summary: Nothing keeps the group alive that the stock of another CPU names while it is looked at.
# scenario: one_slot_stock/peek_at_drain
# oracle: references
/^void drain_all_stock/,/^}/ {
  /rcu_read_lock();/d
  /rcu_read_unlock();/d
}
