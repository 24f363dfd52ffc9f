#include "checkers/patched_programs.hpp"

#include <dlfcn.h>

#include <cstddef>
#include <stdexcept>
#include <string>

namespace stockcheck::checkers {

std::span<const checks::program_entry> load_programs(const std::filesystem::path& object) {
  void* const handle = dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const found = handle == nullptr ? nullptr : dlsym(handle, "stockcheck_programs");
  if (found == nullptr)
    throw std::runtime_error(std::string("the patched model cannot be loaded: ") + dlerror());
  const checks::program_entry* entries = nullptr;
  const std::size_t count =
      reinterpret_cast<std::size_t (*)(const checks::program_entry**)>(found)(&entries);
  return {entries, count};
}

}  // namespace stockcheck::checkers
