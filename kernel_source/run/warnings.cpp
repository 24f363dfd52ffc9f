// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/warnings.hpp"

#include <functional>
#include <map>
#include <mutex>

namespace stockcheck::kernel_source {

namespace {

struct kept_warnings {
  std::mutex guard;
  std::map<std::string, std::string, std::less<>> conditions;  ///< of words
};
kept_warnings& kept() {
  static kept_warnings all;
  return all;
}

}  // namespace

oracle oracle_of_warning(std::string_view condition) {
  return condition.find("< 0") == std::string_view::npos ? oracle::scenario : oracle::underflow;
}

const char* keep_warning(std::string_view words, std::string_view condition) {
  const std::scoped_lock alone{kept().guard};
  return kept().conditions.insert_or_assign(std::string(words), condition).first->first.c_str();
}

std::string condition_of_warning(std::string_view words) {
  const std::scoped_lock alone{kept().guard};
  const auto found = kept().conditions.find(words);
  return found == kept().conditions.end() ? "" : found->second;
}

}  // namespace stockcheck::kernel_source
