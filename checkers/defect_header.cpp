#include "checkers/defect_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace stockcheck::checkers {

namespace {

constexpr std::string_view key_end = ": ";

bool starts_diff(std::string_view line) {
  return line.starts_with("--- ") || line.starts_with("diff ");
}

oracle oracle_of(std::string_view name, std::string_view file, unsigned line) {
  const auto* const found = std::ranges::find(oracle_names, name);
  if (found == oracle_names.end())
    throw malformed_defect(file, line,
                           fmt::format("no oracle is named \"{}\"; there are: {}", name,
                                       fmt::join(oracle_names, ", ")));
  return static_cast<oracle>(found - oracle_names.begin());
}

}  // namespace

malformed_defect::malformed_defect(std::string_view file, unsigned line, std::string_view what)
    : std::runtime_error(fmt::format("{}:{}: {}", file, line, what)) {}

defect_header read_defect_header(std::istream& text, std::string_view file) {
  defect_header header;
  std::string oracle_name;
  unsigned oracle_line = 0;
  const std::array<std::pair<std::string_view, std::string*>, 5> keys{{
      {"Defect", &header.defect},
      {"Scenario", &header.scenario},
      {"Oracle", &oracle_name},
      {"Stale", &header.stale},
      {"Recreates", &header.recreates},
  }};

  std::string line;
  unsigned number = 1;
  for (; std::getline(text, line) && !starts_diff(line); ++number) {
    if (line.empty()) continue;
    const std::size_t end = std::min(line.find(key_end), line.size());
    const std::string_view key = std::string_view(line).substr(0, end);
    const auto* const known = std::ranges::find(keys, key, [](const auto& k) { return k.first; });
    if (known == keys.end())
      throw malformed_defect(file, number,
                             "not \"Defect: \", \"Scenario: \", \"Oracle: \", \"Stale: \" or "
                             "\"Recreates: \"");
    if (!known->second->empty())
      throw malformed_defect(file, number, fmt::format("a second \"{}\"", key));
    *known->second = line.substr(std::min(end + key_end.size(), line.size()));
    if (known->second->empty())
      throw malformed_defect(file, number, fmt::format("\"{}\" without a value", key));
    if (known->second == &header.scenario) header.scenario_line = number;
    if (known->second == &oracle_name) oracle_line = number;
  }

  for (const auto& [key, value] : keys)
    if (value->empty() && value != &header.stale && value != &header.recreates)
      throw malformed_defect(file, number, fmt::format("the header ends without \"{}\"", key));
  header.caught_by = oracle_of(oracle_name, file, oracle_line);
  return header;
}

}  // namespace stockcheck::checkers
