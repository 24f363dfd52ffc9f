// known_tables FILE...: writes what docs/ says of the catalogue anew.
#include "checkers/known_tables.hpp"
#include "kernel_source/system/file_text.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
  using namespace stockcheck;
  try {
    for (int i = 1; i < argc; ++i) {
      const std::string text = checkers::with_known_tables(kernel_source::read_file(argv[i]),
                                                           checkers::shipped_catalogue());
      kernel_source::write_file(argv[i], text);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "known_tables: {}\n", error.what());
    return 2;
  }
  return 0;
}
