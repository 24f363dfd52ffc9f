// The machine's C compiler, as it is used on the kernel's code.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::source {

/// What CC names, or cc. Throws source_error where something fails.
class compiler {
 public:
  /// `stop`: gives up when it becomes true.
  explicit compiler(const std::atomic<bool>* stop);

  /// What the compiler says about itself.
  [[nodiscard]] const std::string& version() const { return version_; }
  /// Of a translation unit. Instrumented, its plain accesses are calls of the shim.
  [[nodiscard]] std::vector<std::string> flags(bool instrumented) const;

  /// A file to an object file, both relative to the directory, in which kernel/include, stand-in
  /// and shim hold headers.
  void compile(const std::filesystem::path& directory, const std::string& file,
               const std::string& object, const std::vector<std::string>& how) const;
  void link(const std::filesystem::path& directory, const std::vector<std::string>& objects,
            const std::filesystem::path& result) const;

 private:
  void run(const std::filesystem::path& directory, std::vector<std::string> arguments,
           const std::string& what) const;

  std::string program_;
  std::string version_;
  const std::atomic<bool>* stop_;
};

/// The names that a compiler's messages say are missing: functions, types, constants and members.
std::vector<std::string> missing_names(const std::string& messages);

}  // namespace stockcheck::source
