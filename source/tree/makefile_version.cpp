#include "source/tree/makefile_version.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <sstream>

namespace stockcheck::source {

std::string makefile_version(const std::string& makefile) {
  // The four are the first lines that set anything; the first of each counts.
  const std::regex setting{R"(^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)\s*=\s*(\S*)\s*$)"};
  std::map<std::string, std::string> values;
  std::istringstream stream{makefile};
  std::smatch match;
  for (std::string line; values.size() < 4 && std::getline(stream, line);)
    if (std::regex_match(line, match, setting)) values.emplace(match[1], match[2]);
  if (!values.contains("VERSION")) return "";
  std::string version = values["VERSION"];
  for (const char* part : {"PATCHLEVEL", "SUBLEVEL"})
    if (!values[part].empty()) version += fmt::format(".{}", values[part]);
  return version + values["EXTRAVERSION"];
}

}  // namespace stockcheck::source
