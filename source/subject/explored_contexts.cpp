#include "source/subject/explored_contexts.hpp"

#include "explore/runtime.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/migrate.hpp"
#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_cpus.hpp"

#include <array>
#include <cstddef>
#include <new>
#include <optional>

namespace stockcheck::source {

namespace {

using machine = kernel::machine<explored_atomics>;

/// preempt_disable() and its like, which are no guards in C: those that a task is in. What an
/// execution left behind when it ended is not destroyed.
template <class Guard>
class open_sections {
 public:
  template <class... Arguments>
  void enter(Arguments&&... arguments) {
    ::new (slots_.at(depth_++).data()) Guard(std::forward<Arguments>(arguments)..., location{});
  }
  void leave() { at(--depth_).~Guard(); }
  void forget() { depth_ = 0; }
  [[nodiscard]] bool is_empty() const { return depth_ == 0; }
  [[nodiscard]] std::size_t depth() const { return depth_; }
  Guard& outermost() { return at(0); }

 private:
  static constexpr std::size_t max_depth = 8;
  struct alignas(Guard) slot : std::array<std::byte, sizeof(Guard)> {};

  Guard& at(std::size_t depth) {
    return *std::launder(reinterpret_cast<Guard*>(slots_.at(depth).data()));
  }

  std::array<slot, max_depth> slots_;
  std::size_t depth_ = 0;
};

using read_section = kernel::rcu<explored_atomics>::read_section;

class irq_section {
 public:
  explicit irq_section(location at) : guard_(at) {}
  void keep_grace_periods_off() {
    if (kernel_cpus* const cpus = kernel_cpus::current_or_null(); cpus != nullptr && !reader_)
      reader_.emplace(cpus->rcu());
  }

 private:
  kernel::irq_guard<explored_atomics> guard_;
  std::optional<read_section> reader_;
};

struct sections {
  open_sections<kernel::preempt_guard<explored_atomics>> preempt_off;
  open_sections<kernel::migrate_guard<explored_atomics>> migration_off;
  open_sections<irq_section> irqs_off;
  open_sections<read_section> rcu_reader;
  std::size_t locks = 0;

  void forget() {
    preempt_off.forget();
    migration_off.forget();
    irqs_off.forget();
    rcu_reader.forget();
    locks = 0;
  }
  [[nodiscard]] std::size_t depth() const {
    return preempt_off.depth() + migration_off.depth() + irqs_off.depth() + rcu_reader.depth() +
           locks;
  }
};
std::array<sections, explore::max_threads> sections_of_tasks;

sections& mine() { return sections_of_tasks.at(explore::task()); }

unsigned this_cpu(const explore_site*) { return machine::current().self().where.cpu; }
unsigned nr_cpus() { return machine::current().nr_cpus(); }

template <class Section, class... Arguments>
void begin_or_end(open_sections<Section>& of, bool begins, const explore_site* at,
                  Arguments&&... arguments) {
  perform_writes();
  if (begins) return of.enter(std::forward<Arguments>(arguments)...);
  expect(!of.is_empty(), oracle::scenario, "a section ends that did not begin", {}, at);
  if (!of.is_empty()) of.leave();
}

void preempt_off(bool begins, const explore_site* at) {
  begin_or_end(mine().preempt_off, begins, at);
}
void migration_off(bool begins, const explore_site* at) {
  begin_or_end(mine().migration_off, begins, at);
}
void irqs_off(bool begins, const explore_site* at) { begin_or_end(mine().irqs_off, begins, at); }
void rcu_reader(bool begins, const explore_site* at) {
  begin_or_end(mine().rcu_reader, begins, at, kernel_cpus::current().rcu());
}
bool in_task() { return kernel::in_task<explored_atomics>(); }

void lock(void* lock, const explore_site* at) {
  before_access(lock, sizeof(unsigned), at);
  explore_lock(lock, at);
  ++mine().locks;
}
bool try_lock(void* lock, const explore_site* at) {
  before_access(lock, sizeof(unsigned), at);
  const bool is_locked = explore_try_lock(lock, at);
  if (is_locked) ++mine().locks;
  return is_locked;
}
void unlock(void* lock, const explore_site* at) {
  before_access(lock, sizeof(unsigned), at);
  explore_unlock(lock, at);
  --mine().locks;
}

void bad_local_lock(bool taken, const explore_site* at) {
  perform_writes();
  expect(false, oracle::progress,
         taken ? "a CPU waits for a local lock that it has" : "a local lock is not held", {}, at);
}

bool is_online(unsigned cpu, const explore_site*) {
  perform_writes();
  return kernel_cpus::current().is_online(cpu);
}
bool is_isolated(unsigned cpu, const explore_site*) {
  perform_writes();
  return kernel_cpus::current().is_isolated(cpu);
}
bool queue_work(unsigned cpu, void*, const explore_site*) {
  perform_writes();
  return kernel_cpus::current().work().schedule_on(cpu);
}

}  // namespace

const sc_context_hooks& explored_contexts() {
  static constexpr sc_context_hooks table{.this_cpu = this_cpu,
                                          .nr_cpus = nr_cpus,
                                          .preempt_off = preempt_off,
                                          .migration_off = migration_off,
                                          .irqs_off = irqs_off,
                                          .rcu_reader = rcu_reader,
                                          .in_task = in_task,
                                          .lock = lock,
                                          .try_lock = try_lock,
                                          .unlock = unlock,
                                          .bad_local_lock = bad_local_lock,
                                          .is_online = is_online,
                                          .is_isolated = is_isolated,
                                          .queue_work = queue_work};
  return table;
}

void forget_contexts() {
  for (sections& of : sections_of_tasks) of.forget();
}

void reference_goes() {
  if (open_sections<irq_section>& off = mine().irqs_off; !off.is_empty())
    off.outermost().keep_grace_periods_off();
}

std::size_t open_contexts() { return mine().depth(); }

}  // namespace stockcheck::source
