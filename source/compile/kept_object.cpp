#include "source/compile/kept_object.hpp"

#include "source/source_error.hpp"
#include "source/system/temporary_directory.hpp"
#include "source/tree/package_tree.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <system_error>

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

namespace {

void require_kept(const fs::path& directory, const std::error_code& error) {
  if (error)
    throw source_error(
        fmt::format("cannot keep compiled code in {}: {}: set XDG_CACHE_HOME to a directory that "
                    "can be written to",
                    directory.string(), error.message()));
}

}  // namespace

fs::path kept_object(const fs::path& cache, const std::string& key,
                     const std::function<void(const fs::path&)>& make) {
  const fs::path directory = (cache.empty() ? cache_directory() : cache) / "objects";
  const fs::path object = directory / fmt::format("{}.so", key);
  std::error_code error;
  if (fs::exists(object, error)) return object;
  fs::create_directories(directory, error);
  require_kept(directory, error);
  const temporary_directory beside(directory);
  const fs::path made = beside.path() / "object.so";
  make(made);
  // The object comes last: where it is, what belongs to it is.
  fs::path note = made;
  if (fs::exists(note.replace_extension(".d"), error))
    fs::rename(note, fs::path(object).replace_extension(".d"), error);
  if (!error) fs::rename(made, object, error);
  require_kept(directory, error);
  return object;
}

}  // namespace stockcheck::source
