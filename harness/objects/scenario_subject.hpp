// SPDX-License-Identifier: GPL-2.0-only
// What scenarios can be compiled for: our model or the kernel's own code, and who runs it.
#pragma once

#include <cstdint>
#include <string_view>

namespace stockcheck::harness {

enum class scenario_subject : std::uint8_t {
  explored_model,
  relacy_model,
  threaded_model,
  explored_kernel,  ///< a kernel_object must be loaded when a scenario is run
  threaded_kernel,  ///< the same, of kernel_source::flavour::native
};

/// How it is said in C++.
struct subject_words {
  std::string_view type;      ///< the argument of a scenario, such as "model_on<std_atomics>"
  std::string_view includes;  ///< directives, each with a newline
  /// The runner knows a use of a destroyed object by what that still holds, which GCC takes for
  /// dead stores.
  bool keeps_dead_stores;
};

const subject_words& words_of(scenario_subject subject);

}  // namespace stockcheck::harness
