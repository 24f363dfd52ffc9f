// SPDX-License-Identifier: GPL-2.0-only
// The name of a function as people write it, out of what the compiler calls it.
#pragma once

#include <string>
#include <string_view>

namespace stockcheck::harness {

/// "page_counter<A>::try_charge(unsigned long, ...) [with A = ...]" without what nobody needs.
inline std::string short_function(std::string_view signature) {
  signature = signature.substr(0, signature.find(" [with"));
  signature = signature.substr(0, signature.find('('));
  if (const auto space = signature.rfind(' '); space != std::string_view::npos)
    signature.remove_prefix(space + 1);
  if (const auto scope = signature.rfind("::"); scope != std::string_view::npos)
    signature.remove_prefix(scope + 2);
  return std::string(signature);
}

}  // namespace stockcheck::harness
