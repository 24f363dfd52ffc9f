// SPDX-License-Identifier: GPL-2.0-only
// known_tables FILE...: writes what docs/ says of the catalogue anew.
#include "kernel_source/system/file_text.hpp"
#include "known/known_tables.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
  using namespace stockcheck;
  try {
    for (int i = 1; i < argc; ++i) {
      const std::string text =
          known::with_known_tables(kernel_source::read_file(argv[i]), known::shipped_catalogue());
      kernel_source::write_file(argv[i], text);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "known_tables: {}\n", error.what());
    return 2;
  }
  return 0;
}
