// The options about output, the same for every command that has results.
#pragma once

#include "cli/output.hpp"

#include <CLI/CLI.hpp>

namespace stockcheck::cli {

inline void add_output_flags(CLI::App& app, output_options& how) {
  app.add_option(
         "--json", how.json_file,
         "Also write the results as JSON to FILE; - for standard output instead of the table")
      ->type_name("FILE");
  app.add_option("--color", how.colour, "Colours: auto (on a terminal), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str()
      ->type_name("WHEN");
}

}  // namespace stockcheck::cli
