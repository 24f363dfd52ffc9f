// SPDX-License-Identifier: GPL-2.0-only
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

/// The option --limit; 0 if it is not given.
inline void add_limit_flag(CLI::App& app, double& seconds) {
  app.add_option(
         "--limit", seconds,
         "End the whole run after so many seconds by the clock; what is not done by then is "
         "unknown")
      ->check(CLI::Range(0.001, 1e7))
      ->type_name("SECONDS");
}

}  // namespace stockcheck::cli
