#include "source/subject/kernel_cpus.hpp"

namespace stockcheck::source {

namespace {

kernel_cpus* present = nullptr;

}  // namespace

kernel_cpus::kernel_cpus(const kernel::cpu_mask<explored_atomics>& online, work_function function)
    : online_(online), work_(function, nullptr) {
  explored_atomics::label(isolated_, "cpu", "isolated mask");
  present = this;
}
kernel_cpus::~kernel_cpus() { present = nullptr; }

kernel_cpus& kernel_cpus::current() {
  if (present == nullptr)
    explore_unsupported("scenario in which its code may ask for CPUs or RCU", nullptr);
  return *present;
}
kernel_cpus* kernel_cpus::current_or_null() { return present; }

}  // namespace stockcheck::source
