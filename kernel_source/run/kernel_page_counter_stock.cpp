// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_page_counter_stock.hpp"

#include <array>

namespace stockcheck::kernel_source {

namespace {

const sc_page_counter& table() { return kernel_page_counter::table(); }

platform& on() { return kernel_object::current().runs_on(); }
unsigned nr_cpus() { return on().hooks().contexts->nr_cpus(); }

constexpr std::array stock_labels{"stock[cpu0]", "stock[cpu1]", "stock[cpu2]", "stock[cpu3]"};

struct stock_cell {
  void* at = nullptr;
  std::size_t size = 0;
};

stock_cell cell_of(const kernel_page_counter& counter, unsigned cpu) {
  stock_cell cell;
  cell.at = call_kernel(table().stock_pages, "page_counter.stock", counter.self(), cpu, &cell.size);
  return cell;
}

}  // namespace

int kernel_page_counter_stock::alloc(unsigned batch) {
  const int error =
      call_kernel(table().alloc_stock, "page_counter_alloc_stock()", counter_.self(), batch);
  for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
    if (const stock_cell cell = cell_of(counter_, cpu); cell.at != nullptr)
      on().name(cell.at, cell.size, counter_.label(), stock_labels.at(cpu));
  return error;
}

void kernel_page_counter_stock::free() {
  if (table().free_stock != nullptr)
    call_kernel(table().free_stock, "page_counter_free_stock()", counter_.self());
}

void kernel_page_counter_stock::drain(unsigned cpu) {
  call_kernel(table().drain_stock, "page_counter_drain_stock()", counter_.self(), cpu);
}

void kernel_page_counter_stock::drain_all() {
  for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) drain(cpu);
}

bool kernel_page_counter_stock::try_charge(ulong nr_pages, kernel_page_counter*& fail,
                                           ulong& nr_charged) {
  void* failed = nullptr;
  const bool charged = call_kernel(table().try_charge_stock, "page_counter_try_charge_stock()",
                                   counter_.self(), nr_pages, &failed, &nr_charged);
  if (failed != nullptr) fail = kernel_page_counter::at(failed);
  return charged;
}

long kernel_page_counter_stock::pages(unsigned cpu) const {
  if (table().stock_pages == nullptr) return 0;
  const stock_cell cell = cell_of(counter_, cpu);
  if (cell.at == nullptr) return 0;
  const auto pages = read_once(cell.at, cell.size);
  return cell.size == sizeof(int) ? static_cast<int>(pages) : static_cast<long>(pages);
}

kernel_page_counter_stock::ulong kernel_page_counter_stock::batch() const {
  return counter_.number("batch", true);
}

}  // namespace stockcheck::kernel_source
