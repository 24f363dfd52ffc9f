#include "source/compile/kept_object.hpp"

#include "source/system/temporary_directory.hpp"
#include "source/tree/package_tree.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace stockcheck::source {

namespace fs = std::filesystem;

void content_key::release::operator()(XXH3_state_s* state) const noexcept { XXH3_freeState(state); }

content_key::content_key() : state_(XXH3_createState()) { XXH3_128bits_reset(state_.get()); }

void content_key::add(std::string_view text) {
  const std::size_t size = text.size();
  XXH3_128bits_update(state_.get(), &size, sizeof size);
  XXH3_128bits_update(state_.get(), text.data(), size);
}

std::string content_key::text() const {
  const XXH128_hash_t digest = XXH3_128bits_digest(state_.get());
  return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

fs::path kept_object(const fs::path& cache, const std::string& key,
                     const std::function<void(const fs::path&)>& make) {
  const fs::path object =
      (cache.empty() ? cache_directory() : cache) / "objects" / fmt::format("{}.so", key);
  if (fs::exists(object)) return object;
  fs::create_directories(object.parent_path());
  const temporary_directory beside(object.parent_path());
  make(beside.path() / "object.so");
  fs::rename(beside.path() / "object.so", object);
  return object;
}

}  // namespace stockcheck::source
