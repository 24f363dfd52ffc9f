// SPDX-License-Identifier: GPL-2.0-only
#include "verify/model/model_builder.hpp"

#include "kernel_source/compile/compiler.hpp"
#include "kernel_source/compile/kept_object.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <mutex>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>

namespace stockcheck::verify {

using namespace kernel_source;

namespace {

namespace fs = std::filesystem;

/// Hidden, so that code which the process has already, of the model without the patch, does not
/// take its place. Without optimisation, which takes longer than it saves.
std::vector<std::string> flags_of(const compiler& with) {
  std::vector<std::string> flags{"-std=c++20", "-O0",
                                 "-g1",        "-fPIC",
                                 "-w",         "-fvisibility=hidden",
                                 "-Itree",     "-ffile-prefix-map=tree/="};
  // The engine knows a use of a destroyed object by what that still holds.
  if (!with.is_clang()) flags.emplace_back("-fno-lifetime-dse");
  return flags;
}

/// The headers of scenarios of a translation unit. The headers that all of them share take half of
/// the time of one; more of them would save little, and take more memory.
constexpr std::size_t most_together = 4;
using header_names = std::vector<std::string>;

std::vector<header_names> spread(const header_names& headers, std::size_t processors) {
  const std::size_t each =
      std::clamp<std::size_t>((headers.size() + processors - 1) / processors, 1, most_together);
  std::vector<header_names> units;
  for (const std::string& header : headers) {
    if (units.empty() || units.back().size() == each) units.emplace_back();
    units.back().push_back(header);
  }
  return units;
}

/// The source of a translation unit with the scenarios of some headers on the engine.
std::string unit_of(const header_names& headers) {
  std::string unit;
  for (const std::string& header : headers)
    unit += fmt::format("#include \"checks/{}.hpp\"\n", header);
  unit +=
      "#include \"checks/base/model_subject.hpp\"\n"
      "#include \"model/atomics/explore_atomics.hpp\"\n"
      "#include <span>\n"
      "using namespace stockcheck;\n";
  for (const std::string& header : headers)
    unit += fmt::format(
        "extern \"C\" [[gnu::visibility(\"default\")]] std::size_t stockcheck_{0}_programs(\n"
        "    const checks::program_entry** entries) {{\n"
        "  const std::span<const checks::program_entry> all =\n"
        "      checks::{0}<checks::model_on<explore_atomics>>;\n"
        "  *entries = all.data();\n"
        "  return all.size();\n"
        "}}\n",
        fs::path(header).filename().string());
  return unit;
}

/// The files of the tree that a list of the compiler's names: "x.o: x.cpp tree/checks/x.hpp \\".
/// Throws for a file of the user's that lies elsewhere: what is kept would not change with it.
std::set<std::string> files_in(const fs::path& list, const std::string& unit) {
  constexpr std::string_view tree = "tree/";
  std::set<std::string> files;
  std::istringstream words{read_file(list)};
  std::string word;
  words >> word;  // what is made of them
  while (words >> word) {
    if (word == "\\" || word == unit) continue;
    const std::string path = fs::path(word).lexically_normal().string();
    if (!path.starts_with(tree))
      throw source_error(fmt::format("{} includes {}, which is no file of the model", unit, path));
    files.insert(path.substr(tree.size()));
  }
  return files;
}

/// By its first header: each is in one unit only.
std::string unit_name(const header_names& headers) {
  return fs::path(headers.front()).filename().string() + ".cpp";
}

/// What the compiler read of the user's files, beside the object.
fs::path list_of(fs::path object) { return object.replace_extension(".d"); }

class builder {
 public:
  explicit builder(const model_build_request& request)
      : request_(request),
        with_(cxx_language, request.stop),
        flags_(flags_of(with_)),
        units_(spread(request.headers, request.processors)) {
    for (const auto& [path, text] : request.files)
      write_file(sources_.path() / "tree" / path, text);
  }

  built_model run() {
    {
      std::vector<std::jthread> workers;
      const std::size_t n = std::min<std::size_t>(request_.processors, units_.size());
      while (workers.size() < n) workers.emplace_back([this] { work(); });
    }
    if (error_) std::rethrow_exception(error_);
    return std::move(built_);
  }

 private:
  void work() {
    while (true) {
      const std::size_t mine = next_++;
      if (mine >= units_.size()) return;
      const header_names& headers = units_[mine];
      try {
        const fs::path object = build(headers);
        std::set<std::string> included = files_in(list_of(object), unit_name(headers));
        const std::lock_guard lock(mutex_);
        for (const std::string& header : headers) built_.objects.emplace(header, object);
        built_.included.merge(included);
        if (request_.progress) request_.progress(built_.objects.size());
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
        next_ = units_.size();
      }
    }
  }

  fs::path build(const header_names& headers) {
    const std::string unit = unit_of(headers);
    content_key key;
    key.add(with_.version());
    for (const std::string& flag : flags_) key.add(flag);
    key.add(unit);
    for (const auto& [path, text] : request_.files) {
      key.add(path);
      key.add(text);
    }
    const auto make = [&](const fs::path& object) {
      const std::string name = unit_name(headers);
      write_file(sources_.path() / name, unit);
      const std::string compiled = fs::path(name).replace_extension(".o");
      std::vector<std::string> flags = flags_;
      flags.insert(flags.end(), {"-MMD", "-MF", list_of(object)});
      with_.compile(sources_.path(), name, compiled, std::move(flags));
      files_in(list_of(object), name);
      with_.link(sources_.path(), {compiled}, object, {});
    };
    std::vector<std::string> notes;
    fs::path object = kept_object(request_.cache, key.text(), make, notes);
    const std::lock_guard lock(mutex_);
    std::ranges::move(notes, std::back_inserter(built_.notes));
    return object;
  }

  const model_build_request& request_;
  compiler with_;
  std::vector<std::string> flags_;
  std::vector<header_names> units_;
  temporary_directory sources_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  built_model built_;
  std::exception_ptr error_;
};

}  // namespace

built_model build_model(const model_build_request& request) { return builder(request).run(); }

}  // namespace stockcheck::verify
