// SPDX-License-Identifier: GPL-2.0-only
// Compiled code that is kept, by the content of all that they are made of.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct XXH3_state_s;

namespace stockcheck::kernel_source {

/// A digest of texts and of where each ends.
class content_key {
 public:
  content_key();
  void add(std::string_view text);
  [[nodiscard]] std::string text() const;

 private:
  struct release {
    void operator()(XXH3_state_s* state) const noexcept;
  };
  std::unique_ptr<XXH3_state_s, release> state_;
};

/// The object with that key in the cache, stockcheck's own directory if it is empty. If there is
/// none, `make` writes it where it is told, and beside it, if it likes, a file of the same name
/// with the extension .d, which is kept with it. The name of an object ends with a digest of its
/// content; one that has changed since is made anew, which adds a line to `notes`. Several
/// processes may use a cache at once: one makes an object, and the others wait for it. `extension`
/// is that of its name, with the dot. Throws source_error, machine_error, and what `make` throws.
std::filesystem::path kept_object(const std::filesystem::path& cache, const std::string& key,
                                  const std::function<void(const std::filesystem::path&)>& make,
                                  std::vector<std::string>& notes,
                                  std::string_view extension = ".so");

/// Makes sure, before it is loaded, that an object is what its name says. Throws machine_error.
void require_unchanged(const std::filesystem::path& object);

}  // namespace stockcheck::kernel_source
