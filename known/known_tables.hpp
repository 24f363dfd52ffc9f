// SPDX-License-Identifier: GPL-2.0-only
// The parts of docs/ that are written from the catalogue of what is known.
#pragma once

#include "known/known_catalogue.hpp"

#include <string>
#include <string_view>

namespace stockcheck::known {

/// The text of a page with everything between "<!-- known: PART -->" and "<!-- end -->" written
/// anew. Throws std::runtime_error at a part that there is not, and at one without an end.
std::string with_known_tables(std::string_view page, const known_catalogue& catalogue);

}  // namespace stockcheck::known
