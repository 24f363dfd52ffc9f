// SPDX-License-Identifier: GPL-2.0-only
#include "cli/output.hpp"

#include "kernel_source/machine_error.hpp"
#include "report/json.hpp"
#include "report/series.hpp"
#include "text/foreign_text.hpp"

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
  file_ = std::make_unique<replaced_file>(how_.json_file);
}

template <class Text, class Json>
void output::put(Text print, Json json) {
  const auto write_json = [&](std::ostream& to) {
    try {
      json(to);
    } catch (const std::runtime_error&) {
      throw kernel_source::machine_error(
          fmt::format("writing {} failed: {}", how_.json_file, std::strerror(errno)));
    }
  };
  if (how_.json_file == "-") {
    write_json(std::cout);
    return;
  }
  const bool coloured = wants_colour(STDOUT_FILENO, how_.colour);
  std::cout << text::for_terminal(print(report::style{coloured}), coloured) << std::flush;
  if (!std::cout) throw kernel_source::machine_error("writing to standard output failed");
  if (!file_) return;
  write_json(file_->stream());
  file_->replace();
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

void output::write(const std::vector<report::verification>& series, bool as_reply) {
  put(
      [&](const report::style& with) {
        return as_reply ? report::series_reply(series) : report::series_text(series, with);
      },
      [&](std::ostream& to) { report::write_json(to, series); });
}

}  // namespace stockcheck::cli
