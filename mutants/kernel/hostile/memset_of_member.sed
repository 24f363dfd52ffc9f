# Hostile: A member is set to 0 by memset(), which compilers put in place.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/watermark_of_failed_charge page_counter/siblings page_counter/charge_uncharge
# Exit: 1
# Says: newly failing
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tmemset(\&counter->usage, 0, sizeof(counter->usage));
}
