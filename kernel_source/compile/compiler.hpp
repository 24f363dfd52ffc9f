// SPDX-License-Identifier: GPL-2.0-only
// The machine's compilers, as they are used at run time.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// What they compile, and where to find one.
struct language {
  const char* name;
  const char* variable;  ///< of the environment, which names it
  const char* usual;     ///< the program otherwise
  const char* package;
};
inline constexpr language c_language{"C", "CC", "cc", "gcc"};
inline constexpr language cxx_language{"C++", "CXX", "c++", "g++"};

/// Throws compile_error where the code is wrong, source_error where there is no such compiler, and
/// machine_error where it fails as it does for any code.
class compiler {
 public:
  /// `stop`: gives up when it becomes true.
  compiler(const language& of, const std::atomic<bool>* stop);

  /// What the compiler says about itself.
  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] bool is_clang() const { return version_.find("clang") != std::string::npos; }

  /// A file to an object file, both relative to the directory.
  void compile(const std::filesystem::path& directory, const std::string& file,
               const std::string& object, std::vector<std::string> how) const;
  /// What is left of a file, relative to the directory, once conditionals are evaluated and headers
  /// included. Macros stay as they are.
  [[nodiscard]] std::string preprocess(const std::filesystem::path& directory,
                                       const std::string& file, std::vector<std::string> how) const;
  /// Object files to a shared object.
  void link(const std::filesystem::path& directory, const std::vector<std::string>& objects,
            const std::filesystem::path& result, const std::vector<std::string>& how) const;

 private:
  struct attempt;
  [[nodiscard]] attempt try_to(const std::filesystem::path& directory,
                               std::vector<std::string> arguments, const std::string& what) const;
  [[nodiscard]] bool works_at_all(const std::filesystem::path& directory) const;
  void require_success(const attempt& tried, const std::filesystem::path& directory) const;

  std::vector<std::string> command_;  ///< the program, and options that it always gets
  std::string version_;
  const std::atomic<bool>* stop_;
};

/// The names that a compiler's messages say are missing: functions, types, constants and members.
std::vector<std::string> missing_names(const std::string& messages);

}  // namespace stockcheck::kernel_source
