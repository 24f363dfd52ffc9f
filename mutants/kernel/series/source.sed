# file: mm/page_counter.c
# summary: Charging through the stocks, which drains from any CPU may empty.
/^#include <linux\/bug.h>/a\
#include <linux/percpu.h>
$r stock.c
