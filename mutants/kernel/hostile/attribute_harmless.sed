# file: mm/page_counter.c
# summary: Attributes that change nothing that is seen.
# scenario: page_counter/charge_uncharge
# exit: 0
# says: unchanged
s/^void page_counter_cancel/__attribute__((cold)) &/
