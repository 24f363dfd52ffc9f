#include "source/model/model_builder.hpp"

#include "source/compile/compiler.hpp"
#include "source/compile/kept_object.hpp"
#include "source/source_error.hpp"
#include "source/system/file_text.hpp"
#include "source/system/temporary_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <regex>
#include <set>
#include <thread>

namespace stockcheck::source {

namespace {

namespace fs = std::filesystem;

/// Hidden, so that code which the process has already, of the model without the patch, does not
/// take its place.
std::vector<std::string> flags_of(const compiler& with) {
  std::vector<std::string> flags{"-std=c++20", "-O1",
                                 "-g1",        "-fPIC",
                                 "-w",         "-fvisibility=hidden",
                                 "-Itree",     "-ffile-prefix-map=tree/="};
  // The engine knows a use of a destroyed object by what that still holds.
  if (with.version().find("clang") == std::string::npos) flags.emplace_back("-fno-lifetime-dse");
  return flags;
}

/// A translation unit with the scenarios of a group on the engine.
std::string unit_of(const std::string& group) {
  return fmt::format(
      "#include \"checks/{0}.hpp\"\n"
      "#include \"checks/model_subject.hpp\"\n"
      "#include \"model/atomics/explore_atomics.hpp\"\n"
      "#include <span>\n"
      "using namespace stockcheck;\n"
      "extern \"C\" [[gnu::visibility(\"default\")]] std::size_t stockcheck_programs(\n"
      "    const checks::program_entry** entries) {{\n"
      "  const std::span<const checks::program_entry> all =\n"
      "      checks::{0}<checks::model_on<explore_atomics>>;\n"
      "  *entries = all.data();\n"
      "  return all.size();\n"
      "}}\n",
      group);
}

/// The files that a text includes, directly or not.
std::set<std::string> included_by(const std::string& text, const tree_files& files) {
  static const std::regex include{R"re(#[ \t]*include[ \t]*"([^"\n]+)")re"};
  std::set<std::string> found;
  std::vector<const std::string*> to_read{&text};
  while (!to_read.empty()) {
    const std::string& next = *to_read.back();
    to_read.pop_back();
    for (std::sregex_iterator i(next.begin(), next.end(), include), end; i != end; ++i)
      if (const auto file = files.find((*i)[1]);
          file != files.end() && found.insert(file->first).second)
        to_read.push_back(&file->second);
  }
  return found;
}

class builder {
 public:
  explicit builder(const model_build_request& request)
      : request_(request), with_(cxx_language, request.stop), flags_(flags_of(with_)) {
    for (const auto& [path, text] : request.files)
      write_file(sources_.path() / "tree" / path, text);
  }

  std::map<std::string, fs::path> run() {
    {
      std::vector<std::jthread> workers;
      const std::size_t n = std::min<std::size_t>(request_.processors, request_.groups.size());
      while (workers.size() < n) workers.emplace_back([this] { work(); });
    }
    if (error_) std::rethrow_exception(error_);
    return std::move(objects_);
  }

 private:
  void work() {
    while (true) {
      const std::size_t mine = next_++;
      if (mine >= request_.groups.size()) return;
      const std::string& group = request_.groups[mine];
      try {
        fs::path object = build(group);
        const std::lock_guard lock(mutex_);
        objects_.emplace(group, std::move(object));
        if (request_.progress) request_.progress(objects_.size());
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
        next_ = request_.groups.size();
      }
    }
  }

  fs::path build(const std::string& group) {
    const std::string unit = unit_of(group);
    content_key key;
    key.add(with_.version());
    for (const std::string& flag : flags_) key.add(flag);
    key.add(unit);
    for (const std::string& path : included_by(unit, request_.files)) {
      key.add(path);
      key.add(request_.files.at(path));
    }
    return kept_object(request_.cache, key.text(), [&](const fs::path& object) {
      write_file(sources_.path() / fmt::format("{}.cpp", group), unit);
      const std::string compiled = fmt::format("{}.o", group);
      with_.compile(sources_.path(), fmt::format("{}.cpp", group), compiled, flags_);
      with_.link(sources_.path(), {compiled}, object, {});
    });
  }

  const model_build_request& request_;
  compiler with_;
  std::vector<std::string> flags_;
  temporary_directory sources_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::map<std::string, fs::path> objects_;
  std::exception_ptr error_;
};

}  // namespace

std::map<std::string, fs::path> build_model(const model_build_request& request) {
  return builder(request).run();
}

}  // namespace stockcheck::source
