#include "cli/output.hpp"

#include "cli/usage_error.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace stockcheck::cli {

bool wants_colour(int descriptor, const std::string& choice) {
  if (choice != "auto") return choice == "always";
  return ::isatty(descriptor) == 1 && std::getenv("NO_COLOR") == nullptr;
}

output::output(output_options how) : how_(std::move(how)) {
  if (how_.json_file.empty() || how_.json_file == "-") return;
  file_.open(how_.json_file);
  if (!file_)
    throw usage_error(fmt::format("cannot write {}: {}", how_.json_file, std::strerror(errno)));
}

void output::write(std::span<const report::result> results, double seconds) {
  if (how_.json_file == "-") {
    report::write_json(std::cout, results);
    return;
  }
  const report::style style{wants_colour(STDOUT_FILENO, how_.colour)};
  std::cout << report::table(results, {how_.details_of_known, how_.outcomes, seconds}, style)
            << std::flush;
  if (!std::cout) throw std::runtime_error("writing to standard output failed");
  if (!file_.is_open()) return;
  try {
    report::write_json(file_, results);
  } catch (const std::runtime_error&) {
    throw std::runtime_error(
        fmt::format("writing {} failed: {}", how_.json_file, std::strerror(errno)));
  }
}

}  // namespace stockcheck::cli
