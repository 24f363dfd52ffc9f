// SPDX-License-Identifier: GPL-2.0-only
// Forms of access that C has, each with the accesses that it makes.
#pragma once

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// What access_form::of_gcc says if GCC has no accesses of its own.
inline constexpr const char* same_as_clang = "same";

/// The body of a function `long form(struct big* p, struct big* q, long n)`, with n = 3.
struct access_form {
  std::string body;
  /// In the order of the source: "Rp->w0 Wq->w0". "R2p->w0" are two bytes
  /// from there on.
  std::string accesses;
  /// What GCC makes of it: its front end folds some while it parses.
  std::string of_gcc = same_as_clang;
};

/// What the functions are about, and what `p` and `q` point to.
extern const char* const memory_of_forms;

/// Each is to be seen, by both compilers.
std::vector<access_form> all_access_forms();
/// Each is to be seen, or to be found in the compiled code by what looks for accesses there.
std::vector<access_form> doubtful_access_forms();
/// Each does not compile, or not link: its body alone.
std::vector<std::string> refused_access_forms();

}  // namespace stockcheck::kernel_source
