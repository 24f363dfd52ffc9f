// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_object.hpp"

#include "kernel_source/compile/kept_object.hpp"

#include <dlfcn.h>

#include <cstddef>
#include <stdexcept>

namespace stockcheck::harness {

bool is_users_file(const std::string& header) { return header.starts_with('/'); }

std::string programs_function(const std::string& header) {
  if (is_users_file(header)) return "stockcheck_users_programs";
  return "stockcheck_" + std::filesystem::path(header).filename().string() + "_programs";
}

std::span<const checks::program_entry> load_programs(const std::filesystem::path& object,
                                                     const std::string& header) {
  kernel_source::require_unchanged(object);
  void* const handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const found =
      handle == nullptr ? nullptr : dlsym(handle, programs_function(header).c_str());
  if (found == nullptr)
    throw std::runtime_error(std::string("the scenarios cannot be loaded: ") + dlerror());
  const checks::program_entry* entries = nullptr;
  const std::size_t count =
      reinterpret_cast<std::size_t (*)(const checks::program_entry**)>(found)(&entries);
  return {entries, count};
}

}  // namespace stockcheck::harness
