// A directory that exists as long as its owner.
#pragma once

#include <filesystem>

namespace stockcheck::source {

/// Made below TMPDIR, or below `parent`, for this user alone; removed with all that is in it by the
/// destructor, which does not follow symbolic links.
class temporary_directory {
 public:
  /// Throws source_error.
  temporary_directory();
  explicit temporary_directory(const std::filesystem::path& parent);
  temporary_directory(temporary_directory&& other) noexcept;
  temporary_directory& operator=(temporary_directory&&) = delete;
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory();

  /// Without symbolic links.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace stockcheck::source
