# file: mm/page_counter.c
# summary: Accesses are hidden from the checker.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute no_sanitize
s/^void page_counter_cancel/__attribute__((no_sanitize("thread"))) &/
