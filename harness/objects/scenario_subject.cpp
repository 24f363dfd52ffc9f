// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_subject.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::harness {

const subject_words& words_of(scenario_subject subject) {
  static constexpr std::array all{
      subject_words{"stockcheck::checks::model_on<stockcheck::explore_atomics>",
                    "#include \"checks/base/model_subject.hpp\"\n"
                    "#include \"model/atomics/explore_atomics.hpp\"\n",
                    true},
      subject_words{"stockcheck::checks::model_on<stockcheck::relacy_atomics>",
                    "#include \"checks/base/model_subject.hpp\"\n"
                    "#include \"model/atomics/relacy_atomics.hpp\"\n",
                    true},
      subject_words{"stockcheck::checks::model_on<stockcheck::std_atomics>",
                    "#include \"checks/base/model_subject.hpp\"\n"
                    "#include \"model/atomics/std_atomics.hpp\"\n",
                    false},
      subject_words{"stockcheck::kernel_source::kernel_subject",
                    "#include \"kernel_source/run/kernel_subject.hpp\"\n", true},
      subject_words{"stockcheck::kernel_source::threaded_kernel_subject",
                    "#include \"kernel_source/run/threaded_kernel_subject.hpp\"\n", false},
  };
  return all.at(static_cast<std::size_t>(subject));
}

}  // namespace stockcheck::harness
