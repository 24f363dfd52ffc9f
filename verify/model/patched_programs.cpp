// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/patched_programs.hpp"

#include "kernel_source/compile/kept_object.hpp"

#include <fmt/format.h>

#include <dlfcn.h>

#include <cstddef>
#include <stdexcept>
#include <string>

namespace stockcheck::verify {

std::span<const checks::program_entry> load_programs(const std::filesystem::path& object,
                                                     std::string_view header) {
  kernel_source::require_unchanged(object);
  void* const handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  const std::string name =
      fmt::format("stockcheck_{}_programs", std::filesystem::path(header).filename().string());
  void* const found = handle == nullptr ? nullptr : dlsym(handle, name.c_str());
  if (found == nullptr)
    throw std::runtime_error(std::string("the patched model cannot be loaded: ") + dlerror());
  const checks::program_entry* entries = nullptr;
  const std::size_t count =
      reinterpret_cast<std::size_t (*)(const checks::program_entry**)>(found)(&entries);
  return {entries, count};
}

}  // namespace stockcheck::verify
