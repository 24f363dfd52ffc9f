// SPDX-License-Identifier: GPL-2.0-only
/* Fills the table of page_counter.h with the functions of the kernel's mm/page_counter.c. */
#include <stockcheck/page_counter.h>

#include <linux/page_counter.h>

/* Later than 6.1. Hidden, so that what is not there is null for the linker, and not for the loader. */
void page_counter_calculate_protection(struct page_counter* root, struct page_counter* counter,
                                       bool recursive) __attribute__((weak, visibility("hidden")));

static void init_with_protection(void* function, void* counter, void* parent, bool protection) {
  void (*call)(struct page_counter*, struct page_counter*, bool) = function;
  call(counter, parent, protection);
}
static void init_always_protected(void* function, void* counter, void* parent, bool protection) {
  void (*call)(struct page_counter*, struct page_counter*) = function;
  (void)protection;
  call(counter, parent);
}
static void init(void* counter, void* parent, bool protection) {
  _Generic(&page_counter_init,
      void (*)(struct page_counter*, struct page_counter*, bool): init_with_protection,
      void (*)(struct page_counter*, struct page_counter*): init_always_protected)(
      (void*)&page_counter_init, counter, parent, protection);
#ifdef SC_HAS_TRACK_FAILCNT
  /* As cgroup v1 wants it. */
  ((struct page_counter*)counter)->track_failcnt = true;
#endif
}

static unsigned long read(void* counter) { return page_counter_read(counter); }
static void cancel(void* counter, unsigned long nr_pages) {
  page_counter_cancel(counter, nr_pages);
}
static void charge(void* counter, unsigned long nr_pages) {
  page_counter_charge(counter, nr_pages);
}
static bool try_charge(void* counter, unsigned long nr_pages, void** fail) {
  return page_counter_try_charge(counter, nr_pages, (struct page_counter**)fail);
}
static void uncharge(void* counter, unsigned long nr_pages) {
  page_counter_uncharge(counter, nr_pages);
}
static int set_max(void* counter, unsigned long nr_pages) {
  return page_counter_set_max(counter, nr_pages);
}
static void set_min(void* counter, unsigned long nr_pages) {
  page_counter_set_min(counter, nr_pages);
}
static void set_low(void* counter, unsigned long nr_pages) {
  page_counter_set_low(counter, nr_pages);
}
static void set_high(void* counter, unsigned long nr_pages) {
  page_counter_set_high(counter, nr_pages);
}
static void reset_watermark(void* counter) { page_counter_reset_watermark(counter); }
static void calculate_protection(void* root, void* counter, bool recursive) {
  page_counter_calculate_protection(root, counter, recursive);
}

#ifdef SC_HAS_STOCK
static int alloc_stock(void* counter, unsigned batch) {
  return page_counter_alloc_stock(counter, batch);
}
static void free_stock(void* counter) { page_counter_free_stock(counter); }
static void drain_stock(void* counter, unsigned cpu) { page_counter_drain_stock(counter, cpu); }
static bool try_charge_stock(void* counter, unsigned long nr_pages, void** fail,
                             unsigned long* nr_charged) {
  return page_counter_try_charge_stock(counter, nr_pages, (struct page_counter**)fail, nr_charged);
}
static void* stock_pages(void* counter, unsigned cpu, size_t* size) {
  struct page_counter* const of = counter;
  if (of->stock == 0) return 0;
  *size = sizeof(of->stock->nr_pages);
  return &per_cpu_ptr(of->stock, cpu)->nr_pages;
}
#endif

/* SC_FIELDS(X) is X(name) for each member that this kernel has. */
#define FIELD(name) \
  {#name, offsetof(struct page_counter, name), sizeof(((struct page_counter*)0)->name)},
static const struct sc_field fields[] = {SC_FIELDS(FIELD){0, 0, 0}};

static struct sc_page_counter table = {
    .size = sizeof(struct page_counter),
    .alignment = _Alignof(struct page_counter),
    .fields = fields,
    .init = init,
    .read = read,
    .cancel = cancel,
    .charge = charge,
    .try_charge = try_charge,
    .uncharge = uncharge,
    .set_max = set_max,
    .set_min = set_min,
    .set_low = set_low,
    .set_high = set_high,
    .reset_watermark = reset_watermark,
#ifdef SC_HAS_STOCK
    .alloc_stock = alloc_stock,
    .free_stock = free_stock,
    .drain_stock = drain_stock,
    .try_charge_stock = try_charge_stock,
    .stock_pages = stock_pages,
#endif
};

SC_EXPORT const struct sc_page_counter* sc_page_counter(void) {
  if (&page_counter_calculate_protection != 0) table.calculate_protection = calculate_protection;
  return &table;
}
