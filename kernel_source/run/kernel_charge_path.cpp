// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_charge_path.hpp"

#include <array>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

const sc_memcg_stock& table() { return kernel_object::current().memcg_stock(); }
platform& on() { return kernel_object::current().runs_on(); }

/// Holds each task's struct task_struct while it runs the kernel's code that asks for one.
std::array<void*, max_running_tasks> current_tasks{};

/// Runs what is the scenario's in the middle of a charge.
template <class Action>
void call_scenario(Action action) {
  on().call_scenario([](void* a) { (*static_cast<Action*>(a))(); }, &action);
}

}  // namespace

/// A charge that a task makes, or a handler on it.
class kernel_charge_path::call {
 public:
  explicit call(const kernel_charge_path& path) : path_(path), interrupted_(mine()) {
    mine() = this;
  }
  call(const call&) = delete;
  call& operator=(const call&) = delete;
  ~call() { mine() = interrupted_; }

  static call*& mine() { return of_tasks.at(on().task()); }
  static std::array<call*, max_running_tasks> of_tasks;

  const kernel_charge_path& path_;
  call* interrupted_;
  unsigned reclaims_ = 0;
};

std::array<kernel_charge_path::call*, max_running_tasks> kernel_charge_path::call::of_tasks{};

kernel_charge_path::kernel_charge_path(kernel_page_stock&, kernel_memory_pressure* pressure,
                                       unsigned retries, unsigned patience)
    : pressure_(pressure), retries_(retries), patience_(patience) {}

int kernel_charge_path::try_charge(group& memcg, ulong nr_pages, const memcg::charge_flags& how) {
  if (!how.may_spin && !table().asks_for_spinning) not_in_this_kernel("gfpflags_allow_spinning()");
  const sc_charge flags{.may_block = how.may_block && pressure_ != nullptr,
                        .may_spin = how.may_spin,
                        .no_retry = how.no_retry,
                        .retry_may_fail = how.retry_may_fail,
                        .no_fail = how.no_fail,
                        .memalloc = how.memalloc,
                        .in_oom = how.in_oom};
  const call running(*this);
  return call_kernel(table().try_charge, "try_charge_memcg()", memcg.self(),
                     static_cast<unsigned>(nr_pages), &flags);
}

bool kernel_charge_path::charge_socket(group& memcg, ulong nr_pages) {
  const call running(*this);
  return call_kernel(table().charge_socket, "mem_cgroup_charge_skmem()", memcg.self(),
                     static_cast<unsigned>(nr_pages));
}

void** kernel_charge_path::current_task() { return &current_tasks.at(on().task()); }

unsigned kernel_charge_path::retries_of_call() {
  const call* const running = call::mine();
  return running == nullptr ? max_reclaim_retries : running->path_.retries_;
}

kernel_charge_path::ulong kernel_charge_path::reclaim(group& over, ulong nr_pages,
                                                      const explore_site* at) {
  call* const running = call::mine();
  if (running == nullptr || running->path_.pressure_ == nullptr) return 0;
  ++running->reclaims_;
  on().expect(running->reclaims_ <= running->path_.patience_, oracle::progress,
              "a charge is retried again and again",
              {{"reclaims", static_cast<long>(running->reclaims_)}}, at);
  ulong reclaimed = 0;
  call_scenario([&] { reclaimed = running->path_.pressure_->reclaim(over, nr_pages); });
  return reclaimed;
}

bool kernel_charge_path::oom_kill(group& over) {
  const call* const running = call::mine();
  if (running == nullptr || running->path_.pressure_ == nullptr) return false;
  bool killed = false;
  call_scenario([&] { killed = running->path_.pressure_->oom_kill(over); });
  return killed;
}

void kernel_charge_path::forget_calls() {
  call::of_tasks.fill(nullptr);
  current_tasks.fill(nullptr);
}

int charge_folio(kernel_charge_path& path, kernel_mem_cgroup& memcg, unsigned long nr_pages,
                 const memcg::charge_flags& how) {
  if (const int error = path.try_charge(memcg, nr_pages, how); error != 0) return error;
  kernel_page_stock::references::get_folio(memcg);
  return 0;
}

void kernel_socket_charge::uncharge(kernel_page_stock&, kernel_mem_cgroup& memcg, ulong nr_pages) {
  call_kernel(table().uncharge_socket, "mem_cgroup_uncharge_skmem()", memcg.self(),
              static_cast<unsigned>(nr_pages));
}

}  // namespace stockcheck::kernel_source
