# Wrong: A charge past the limits does not reach the ancestors.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_charge
# Oracle: underflow
/^void page_counter_charge/,/^}/ s/c = c->parent/c = NULL/
