# Right: A drain writes the number of pages also if it is 0.
# Of: kernel 6.12
# File: mm/memcontrol.c
# Scenario: one_slot_stock socket_charge charge_path
/^static void drain_stock/,/^}/ {
  /^		WRITE_ONCE(stock->nr_pages, 0);/d
  s/^	css_put(&old->css);/	WRITE_ONCE(stock->nr_pages, 0);\n&/
}
