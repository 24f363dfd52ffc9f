# Right: The mark is cleared before the stock is drained: at worst there is one more drain.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge charge_path
/^static void drain_local_stock/,/^}/ {
  /clear_bit(FLUSHING_CACHED_CHARGE, &stock->flags);/d
  s/^\(	\)old = drain_obj_stock(stock);/&/
  /^	old = drain_obj_stock(stock);/i\
	clear_bit(FLUSHING_CACHED_CHARGE, \&stock->flags);
}
