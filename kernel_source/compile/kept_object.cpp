// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/kept_object.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/descriptor.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/system/trouble.hpp"
#include "kernel_source/tree/package_tree.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace stockcheck::kernel_source {

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

/// Larger than what any compiler makes of files that may be read.
constexpr std::size_t largest_object = std::size_t{256} << 20U;

void require_kept(const fs::path& directory, const std::error_code& error) {
  if (error)
    throw_failure(
        is_trouble_of_machine(error.value()),
        fmt::format("cannot keep compiled code in {}: {}: set XDG_CACHE_HOME to a directory that "
                    "can be written to",
                    directory.string(), error.message()));
}

fs::path note_of(fs::path object) { return object.replace_extension(".d"); }

/// Digests an object, and the note beside it if there is one; empty if either cannot be read.
std::string digest_of(const fs::path& object) {
  content_key digest;
  std::error_code error;
  for (const fs::path& file : {object, note_of(object)}) {
    if (file != object && !fs::exists(file, error)) continue;
    if (fs::file_size(file, error) > largest_object || error) return "";
    std::ifstream stream(file, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return "";
    digest.add(content);
  }
  return digest.text();
}

bool is_unchanged(const fs::path& object) {
  const std::string digest = digest_of(object);
  return !digest.empty() && object.stem().string().ends_with("-" + digest);
}

/// Returns the objects with that key. There are several if processes made them at the same time and
/// they were not the same.
std::vector<fs::path> objects_of(const fs::path& directory, const std::string& key,
                                 std::string_view extension) {
  std::vector<fs::path> objects;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (entry.path().extension() == extension &&
        entry.path().filename().string().starts_with(key + "-"))
      objects.push_back(entry.path());
  std::ranges::sort(objects);
  return objects;
}

/// What is not on the disk when the power fails would be an object without content afterwards.
std::error_code write_back(const fs::path& file) {
  const descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (opened.is_open() && ::fsync(opened.number()) == 0) return {};
  return {errno, std::generic_category()};
}

/// Files of the same names are the same: the names say what is in them.
std::error_code move_into_place(const fs::path& made, const fs::path& object) {
  std::error_code error;
  const bool has_note = fs::exists(note_of(made), error);
  if (has_note && !error) error = write_back(note_of(made));
  if (!error) error = write_back(made);
  // The object comes last: where it is, what belongs to it is.
  if (has_note && !error) fs::rename(note_of(made), note_of(object), error);
  if (!error) fs::rename(made, object, error);
  if (!error) error = write_back(object.parent_path());
  return error;
}

/// Held while the object with a key is made, by one thread of one process: a byte of a file beside
/// the directory, whose place comes from the key.
class key_lock {
 public:
  /// Waits for who has it. Where the directory cannot be locked, nobody has it, and the object is
  /// made twice.
  key_lock(const fs::path& directory, const std::string& key)
      : file_(::open((directory.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC,
                     S_IRUSR | S_IWUSR)) {
    struct ::flock place{};
    place.l_type = F_WRLCK;
    place.l_whence = SEEK_SET;
    place.l_start = static_cast<off_t>(XXH3_64bits(key.data(), key.size()) >> 1U);
    place.l_len = 1;
    while (file_.is_open() && ::fcntl(file_.number(), F_OFD_SETLKW, &place) != 0 &&
           errno == EINTR) {
    }
  }

 private:
  descriptor file_;  ///< the lock goes when it is closed
};

/// The kept object with that key; empty if there is none. Removes those that have changed.
fs::path find_kept(const fs::path& directory, const std::string& key, std::string_view extension,
                   std::vector<std::string>& notes) {
  for (const fs::path& object : objects_of(directory, key, extension)) {
    if (is_unchanged(object)) return object;
    notes.push_back(fmt::format("{} was damaged and is made anew", object.string()));
    std::error_code error;
    fs::remove(object, error);
    require_kept(directory, error);
  }
  return {};
}

}  // namespace

fs::path kept_object(const fs::path& cache, const std::string& key,
                     const std::function<void(const fs::path&)>& make,
                     std::vector<std::string>& notes, std::string_view extension) {
  const fs::path directory = (cache.empty() ? cache_directory() : cache) / "objects";
  if (fs::path kept = find_kept(directory, key, extension, notes); !kept.empty()) return kept;
  std::error_code error;
  fs::create_directories(directory, error);
  require_kept(directory, error);
  const key_lock lock(directory, key);
  if (fs::path kept = find_kept(directory, key, extension, notes); !kept.empty()) return kept;
  const temporary_directory beside(directory);
  const fs::path made = beside.path() / fmt::format("object{}", extension);
  make(made);
  fs::path object = directory / fmt::format("{}-{}{}", key, digest_of(made), extension);
  require_kept(directory, move_into_place(made, object));
  return object;
}

void require_unchanged(const fs::path& object) {
  if (!is_unchanged(object))
    throw machine_error(
        fmt::format("{} has changed since it was made: run the command again, which makes it anew",
                    object.string()));
}

}  // namespace stockcheck::kernel_source
