// SPDX-License-Identifier: GPL-2.0-only
// The stockcheck command.
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/nearest.hpp"
#include "cli/usage_error.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/trouble.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <map>
#include <new>
#include <string>
#include <system_error>
#include <vector>

namespace {

using stockcheck::exit_code;
using stockcheck::cli::did_you_mean;

int as_int(exit_code code) { return static_cast<int>(code); }

int complain(const std::string& what, exit_code code) {
  fmt::print(stderr, "stockcheck: {}\n", stockcheck::text::in_lines(what));
  return as_int(code);
}

/// Words of the command line that nothing took, explained by what was probably meant.
std::string explain_leftovers(const CLI::App& app) {
  const std::vector<std::string> left = app.remaining(true);
  if (left.empty()) return "";
  const auto chosen = app.get_subcommands();
  std::vector<std::string> known;
  if (chosen.empty()) {
    for (const CLI::App* command : app.get_subcommands(nullptr))
      known.push_back(command->get_name());
    return fmt::format("there is no command '{}'{}", left.front(),
                       did_you_mean(left.front(), known));
  }
  for (const CLI::Option* option : chosen.front()->get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  return fmt::format("'{}' has no option '{}'{}", chosen.front()->get_name(), left.front(),
                     did_you_mean(left.front(), known));
}

int run(int argc, char** argv) {
  CLI::App app{"stockcheck: model checks and stress tests of the kernel's memory-cgroup accounting",
               "stockcheck"};
  app.set_version_flag("--version", "stockcheck " STOCKCHECK_VERSION);
  app.require_subcommand(1);
  app.footer("'stockcheck COMMAND --help' shows the options of a command, with examples.");
  const std::map<std::string, stockcheck::cli::command> commands{
      {"list", stockcheck::cli::add_list_command(app)},
      {"check", stockcheck::cli::add_check_command(app)},
      {"stress", stockcheck::cli::add_stress_command(app)},
      {"verify", stockcheck::cli::add_verify_command(app)},
      {"compare", stockcheck::cli::add_compare_command(app)},
      {"complete", stockcheck::cli::add_complete_command(app)},
  };

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version);
  } catch (const CLI::ParseError& error) {
    const std::string leftovers = explain_leftovers(app);
    return complain((leftovers.empty() ? error.what() : leftovers) +
                        std::string("\n'stockcheck --help' shows how it is used"),
                    exit_code::wrong_usage);
  }
  return as_int(commands.at(app.get_subcommands().front()->get_name())());
}

/// What a signal ends, such as a compiler, is no trouble of the machine's.
exit_code code_of_trouble() {
  return stockcheck::cli::interrupted() ? exit_code::stayed_unknown : exit_code::machine_failed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const stockcheck::cli::usage_error& wrong) {
    return complain(wrong.what(), exit_code::wrong_usage);
  } catch (const stockcheck::kernel_source::machine_error& trouble) {
    return complain(trouble.what(), code_of_trouble());
  } catch (const std::system_error& trouble) {
    return complain(trouble.what(),
                    stockcheck::kernel_source::is_trouble_of_machine(trouble.code().value())
                        ? exit_code::machine_failed
                        : exit_code::stayed_unknown);
  } catch (const std::bad_alloc&) {
    return complain("there is not enough memory", exit_code::machine_failed);
  } catch (const std::exception& error) {
    // Nothing can be said about what was checked: unknown, never a pass.
    return complain(error.what(), exit_code::stayed_unknown);
  }
}
