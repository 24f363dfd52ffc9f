// SPDX-License-Identifier: GPL-2.0-only
// What the kernel's code asks about objects, wherever it runs.
#pragma once

#include "kernel_source/hooks.h"
#include "kernel_source/run/kernel_obj_cgroup.hpp"

namespace stockcheck::kernel_source {

const sc_object_hooks& object_hooks();

/// While it exists, the running task or handler allocates objects for that objcg.
class charging_for {
 public:
  explicit charging_for(kernel_obj_cgroup& objcg);
  charging_for(const charging_for&) = delete;
  charging_for& operator=(const charging_for&) = delete;
  ~charging_for();

 private:
  void* before_;
};

/// An execution begins: nobody allocates.
void forget_objects();

}  // namespace stockcheck::kernel_source
