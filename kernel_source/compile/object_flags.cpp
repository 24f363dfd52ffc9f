// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/object_flags.hpp"

#include <fmt/format.h>

#include <array>

namespace stockcheck::kernel_source {

namespace {

/// Warnings of code that does not do what it seems to. Those of both compilers have the same names.
constexpr std::array errors{"implicit-function-declaration",
                            "implicit-int",
                            "int-conversion",
                            "incompatible-pointer-types",
                            "return-type",
                            "strict-prototypes",
                            "vla",
                            "attributes",
                            "uninitialized",
                            "pointer-to-int-cast",
                            "int-to-pointer-cast",
                            "array-bounds",
                            "format",
                            "address-of-packed-member"};
constexpr std::array errors_of_gcc{"designated-init", "builtin-declaration-mismatch",
                                   "return-local-addr", "overflow"};
constexpr std::array errors_of_clang{"incompatible-library-redeclaration", "return-stack-address",
                                     "constant-conversion", "integer-overflow"};

std::vector<std::string> flags_of_all(const compiler& with) {
  std::vector<std::string> flags{"-std=gnu11",
                                 "-g",
                                 "-fPIC",
                                 "-fno-strict-aliasing",
                                 "-fno-strict-overflow",
                                 "-fno-delete-null-pointer-checks",
                                 "-ffile-prefix-map=kernel/=",
                                 "-Ikernel/include",
                                 "-Istand-in",
                                 "-Ishim",
                                 "-fvisibility=hidden"};
  const auto add = [&flags](const auto& names) {
    for (const char* const name : names) flags.push_back(fmt::format("-Werror={}", name));
  };
  add(errors);
  if (with.is_clang()) {
    add(errors_of_clang);
    // Otherwise it names files by the directory that they were compiled in.
    flags.emplace_back("-ffile-compilation-dir=.");
  } else {
    add(errors_of_gcc);
  }
  return flags;
}

std::vector<std::string> native_flags(const compiler& with) {
  std::vector<std::string> flags = flags_of_all(with);
  flags.insert(flags.end(), {"-O2", "-DSC_NATIVE"});
  return flags;
}

}  // namespace

std::vector<std::string> flags_of_shim(flavour of, const compiler& with) {
  if (of == flavour::native) return native_flags(with);
  std::vector<std::string> flags = flags_of_all(with);
  flags.insert(flags.end(), {"-O1", "-fno-inline"});
  return flags;
}

std::vector<std::string> flags_of_checked(flavour of, const compiler& with) {
  std::vector<std::string> flags = of == flavour::native ? native_flags(with) : flags_of_all(with);
  flags.insert(flags.end(), {"-include", "stockcheck/string.h"});
  if (of == flavour::native) return flags;
  // An optimiser merges, widens and drops accesses before they are instrumented, and expands calls
  // of memset() and its like in place.
  flags.insert(flags.end(),
               {"-O0", "-fno-builtin", "-fsanitize=thread", "-fsanitize-coverage=trace-pc"});
  // What the compiler adds besides, object_audit.cpp would take for accesses that nobody announces.
  flags.insert(flags.end(), {"-fno-jump-tables", "-fno-stack-protector"});
  if (with.is_clang())
    // By itself it leaves out the read of what is written at once, as in x++, and structures.
    flags.insert(flags.end(), {"-mllvm", "-tsan-instrument-func-entry-exit=0", "-mllvm",
                               "-tsan-instrument-read-before-write=1", "-mllvm",
                               "-tsan-instrument-memintrinsics=1"});
  else
    flags.insert(flags.end(), {"--param", "tsan-instrument-func-entry-exit=0"});
  return flags;
}

}  // namespace stockcheck::kernel_source
