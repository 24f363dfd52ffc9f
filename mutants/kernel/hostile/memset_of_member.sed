# file: mm/page_counter.c
# summary: A member is set to 0 by memset(), which compilers put in place.
# scenario: page_counter/watermark_of_failed_charge,page_counter/siblings,page_counter/charge_uncharge
# exit: 1
# says: newly failing
/^void page_counter_cancel/,/^}/ {
  /new = atomic_long_sub_return/a\
\tmemset(\&counter->usage, 0, sizeof(counter->usage));
}
