#include "cli/output.hpp"

#include "cli/usage_error.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string_view>

namespace stockcheck::cli {

bool allows_colour(const char* no_color, const char* term) {
  const bool is_refused = no_color != nullptr && *no_color != '\0';
  return !is_refused && (term == nullptr || std::string_view(term) != "dumb");
}

bool wants_colour(int descriptor, const std::string& choice) {
  if (choice != "auto") return choice == "always";
  return ::isatty(descriptor) == 1 && allows_colour(std::getenv("NO_COLOR"), std::getenv("TERM"));
}

output::output(output_options how) : how_(std::move(how)) {
  if (how_.json_file.empty() || how_.json_file == "-") return;
  file_.open(how_.json_file);
  if (!file_)
    throw usage_error(fmt::format("cannot write {}: {}", how_.json_file, std::strerror(errno)));
}

template <class Text, class Json>
void output::put(Text text, Json json) {
  if (how_.json_file == "-") {
    json(std::cout);
    return;
  }
  std::cout << text(report::style{wants_colour(STDOUT_FILENO, how_.colour)}) << std::flush;
  if (!std::cout) throw std::runtime_error("writing to standard output failed");
  if (!file_.is_open()) return;
  try {
    json(file_);
  } catch (const std::runtime_error&) {
    throw std::runtime_error(
        fmt::format("writing {} failed: {}", how_.json_file, std::strerror(errno)));
  }
}

void output::write(std::span<const report::result> results, double seconds) {
  put(
      [&](const report::style& with) {
        return report::table(results, {how_.details_of_known, how_.outcomes, seconds}, with);
      },
      [&](std::ostream& to) { report::write_json(to, results); });
}

void output::write(const report::verification& of, bool as_reply) {
  put(
      [&](const report::style& with) {
        return as_reply ? report::reply_text(of) : report::verification_text(of, with);
      },
      [&](std::ostream& to) { report::write_json(to, of); });
}

}  // namespace stockcheck::cli
