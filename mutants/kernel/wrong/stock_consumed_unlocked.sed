# Wrong: A charge takes pages out of the stock with interrupts on.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock/softirq_charge
# Oracle: conservation
/^static bool consume_stock/,/^}/ {
  s/local_lock_irqsave(&memcg_stock.stock_lock, flags);/(void)flags; preempt_disable();/
  s/local_unlock_irqrestore(&memcg_stock.stock_lock, flags);/preempt_enable();/
}
