// SPDX-License-Identifier: GPL-2.0-only
// What the tests of c_file and slice ask for.
#pragma once

#include "kernel_source/slicer/c_file.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

inline std::string text_of(const c_file& file, const definition& piece) {
  return file.text().substr(piece.begin, piece.end - piece.begin);
}

/// The only definition of the name.
inline const definition& only(const c_file& file, std::string_view name) {
  REQUIRE(file.find(name).size() == 1);
  return file.definitions()[file.find(name)[0]];
}

inline std::set<std::string> used_names(const definition& piece) {
  std::set<std::string> result;
  for (const name_use& use : piece.uses) result.insert(use.name);
  return result;
}

}  // namespace stockcheck::kernel_source
