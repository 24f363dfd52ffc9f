# summary: The stock is freed with the pages that it keeps.
# scenario: page_counter_stock/free_after_chargers
# oracle: leak
s/page_counter_drain_stock(counter, cpu);/;/
