# file: mm/page_counter.c
# summary: A charge past the limits does not reach the ancestors.
# scenario: page_counter/charge_charge
# oracle: underflow
/^void page_counter_charge/,/^}/ s/c = c->parent/c = NULL/
