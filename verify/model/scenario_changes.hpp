// SPDX-License-Identifier: GPL-2.0-only
// Whether a patched model has the scenarios that this program has.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>

namespace stockcheck::verify {

/// What runs is chosen, described and judged by what the scenarios of this program say about
/// themselves, so those of the patched model must say the same. `patched` are the objects that
/// kernel_source::build_model() made, by header; each is loaded in a process of its own, so many at
/// a time. Says what is wrong in one line: which scenario is new, gone or another one, or why the
/// objects cannot be loaded; empty if nothing is. `stop`: gives up when it becomes true.
std::string scenario_change(const std::map<std::string, std::filesystem::path>& patched,
                            unsigned processors, const std::atomic<bool>& stop);

}  // namespace stockcheck::verify
