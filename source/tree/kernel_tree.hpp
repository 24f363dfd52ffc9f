// A kernel's source tree, as the user names it: something to read files from, never to write to.
#pragma once

#include "source/tree/git.hpp"
#include "source/tree/tree_path.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::source {

/// Which tree it is.
struct tree_identity {
  std::string version;    ///< as its Makefile says, such as "6.12.117"; empty if there is none
  std::string commit;     ///< as `git describe` says, where there is a repository
  bool modified = false;  ///< the files that matter differ from that commit
  std::string place;      ///< where it lies: a directory or a package's file

  /// One line for reports: "6.12.117 (/usr/src/linux-source-6.12.tar.xz)".
  [[nodiscard]] std::string name() const;
};

class kernel_tree {
 public:
  kernel_tree() = default;
  kernel_tree(const kernel_tree&) = delete;
  kernel_tree& operator=(const kernel_tree&) = delete;
  virtual ~kernel_tree() = default;

  /// Those of these files that the tree has. Ask for many at once: for a package, each call for
  /// files that were never asked for takes ten seconds. Throws source_error for a path that is
  /// unsafe, or where the tree has something else than a file.
  [[nodiscard]] virtual tree_files read(const std::vector<std::string>& paths) const = 0;
  [[nodiscard]] virtual const tree_identity& identity() const = 0;
  /// The repository that commit ranges are looked up in; null if there is none.
  [[nodiscard]] virtual const git* repository() const { return nullptr; }
};

/// The files that a check needs; a version of the kernel may lack some of them.
const std::vector<std::string>& subject_files();

struct kernel_tree_request {
  /// A git checkout or bare repository, an unpacked tree, a tar archive, a Debian package, or the
  /// name or version of a package whose archive lies in `installed`: "linux-source-6.12", "6.12".
  /// Empty: the newest archive there.
  std::string tree{};
  /// The git revision to read; empty: the work tree as it stands, or HEAD of a bare repository.
  std::string base{};
  std::filesystem::path installed = "/usr/src";
  /// Where unpacked files are kept; empty: stockcheck's directory below XDG_CACHE_HOME or
  /// ~/.cache. Several processes may use it at once.
  std::filesystem::path cache{};
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
};

/// Finds the tree and makes sure that it is one of a kernel. Throws source_error, which says what
/// to install where nothing is found.
std::unique_ptr<const kernel_tree> open_kernel_tree(const kernel_tree_request& request);

}  // namespace stockcheck::source
