# Wrong: The stock is freed with the pages that it keeps.
# Of: kernel 6.12 6.1
# Scenario: page_counter_stock/free_after_chargers
# Oracle: leak
s/page_counter_drain_stock(counter, cpu);/;/
