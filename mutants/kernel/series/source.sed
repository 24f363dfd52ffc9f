# Proposal: Charging through the stocks, which drains from any CPU may empty.
# Of: kernel 6.12 6.1
# File: mm/page_counter.c
/^#include <linux\/bug.h>/a\
#include <linux/percpu.h>
$r stock.c
