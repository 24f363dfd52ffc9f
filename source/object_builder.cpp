#include "source/object_builder.hpp"

#include "source/compiler.hpp"
#include "source/file_text.hpp"
#include "source/package_tree.hpp"
#include "source/shim_files.hpp"
#include "source/source_error.hpp"
#include "source/temporary_directory.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace stockcheck::source {

namespace {

namespace fs = std::filesystem;

/// A translation unit of the object, relative to the directory that it is built in.
struct unit {
  std::string file;
  std::vector<std::string> arguments;  ///< of the compiler
};

constexpr std::string_view counter_header = "include/linux/page_counter.h";
constexpr std::string_view counter_file = "mm/page_counter.c";

/// Members of struct page_counter that scenarios look at, as far as a kernel has them.
constexpr std::array counter_members{"usage",
                                     "max",
                                     "min",
                                     "low",
                                     "high",
                                     "watermark",
                                     "failcnt",
                                     "local_watermark",
                                     "emin",
                                     "elow",
                                     "min_usage",
                                     "low_usage",
                                     "children_min_usage",
                                     "children_low_usage",
                                     "stock",
                                     "batch"};

class hash {
 public:
  hash() : state_(XXH3_createState()) { XXH3_128bits_reset(state_.get()); }
  void add(std::string_view text) {
    const std::size_t size = text.size();
    XXH3_128bits_update(state_.get(), &size, sizeof size);
    XXH3_128bits_update(state_.get(), text.data(), size);
  }
  [[nodiscard]] std::string text() const {
    const XXH128_hash_t digest = XXH3_128bits_digest(state_.get());
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
  }

 private:
  struct release {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, release> state_;
};

const std::string& text_of(const tree_files& files, std::string_view name) {
  const auto found = files.find(std::string(name));
  if (found == files.end())
    throw source_error(fmt::format("the kernel tree has no {}: is it a kernel's?", name));
  return found->second;
}

/// Whether a header declares a member of that name.
bool has_member(const std::string& header, std::string_view name) {
  return std::regex_search(header, std::regex(fmt::format(R"(\b{};)", name)));
}

/// "-DSC_FIELDS(X)=X(usage) X(max)...", and -DSC_HAS_STOCK for counters that have one.
std::vector<std::string> counter_definitions(const std::string& header) {
  std::string fields = "-DSC_FIELDS(X)=";
  for (const char* const member : counter_members)
    if (has_member(header, member)) fields += fmt::format("X({}) ", member);
  std::vector<std::string> definitions{std::move(fields)};
  if (has_member(header, "stock")) definitions.emplace_back("-DSC_HAS_STOCK");
  return definitions;
}

/// What the kernel's files include of the headers that they do not bring along.
std::set<std::string> foreign_headers(const tree_files& files) {
  static const std::regex include{R"(#[ \t]*include[ \t]*<([^>\n]+)>)"};
  std::set<std::string> names;
  for (const auto& [path, text] : files)
    for (std::sregex_iterator i(text.begin(), text.end(), include), end; i != end; ++i)
      if (const std::string name = (*i)[1]; !files.contains("include/" + name)) names.insert(name);
  return names;
}

/// Lays out what is compiled: kernel/, the shim, and its stand-ins for the kernel's other headers.
void write_sources(const fs::path& directory, const tree_files& files) {
  for (const auto& [path, text] : files) write_file(directory / "kernel" / path, text);
  for (const shim_file& file : shim_files())
    write_file(directory / "shim" / file.name, std::string(file.text));
  for (const std::string& name : foreign_headers(files)) {
    require_safe(name, "#include");
    write_file(directory / "stand-in" / name, "#include <stockcheck/kernel.h>\n");
  }
}

std::vector<unit> units_of(const tree_files& files, const compiler& with) {
  const std::vector<std::string> instrumented = with.flags(true);
  std::vector<std::string> with_members = instrumented;
  std::ranges::move(counter_definitions(text_of(files, counter_header)),
                    std::back_inserter(with_members));
  return {{fmt::format("kernel/{}", counter_file), instrumented},
          {"shim/stockcheck/page_counter.c", std::move(with_members)},
          {"shim/stockcheck/runtime.c", with.flags(false)}};
}

std::string key_of(const build_request& request, const compiler& with,
                   const std::vector<unit>& units) {
  hash all;
  all.add(with.version());
  for (const unit& u : units) {
    all.add(u.file);
    for (const std::string& argument : u.arguments) all.add(argument);
  }
  for (const shim_file& file : shim_files()) {
    all.add(file.name);
    all.add(file.text);
  }
  for (const auto& [path, text] : request.files) {
    all.add(path);
    all.add(text);
  }
  return all.text();
}

}  // namespace

const std::vector<std::string>& checked_files() {
  static const std::vector<std::string> files{std::string(counter_file),
                                              std::string(counter_header)};
  return files;
}

fs::path build_object(const build_request& request) {
  const compiler with(request.stop);
  text_of(request.files, counter_file);
  const std::vector<unit> units = units_of(request.files, with);
  const fs::path cache = request.cache.empty() ? cache_directory() : request.cache;
  const fs::path object = cache / "objects" / fmt::format("{}.so", key_of(request, with, units));
  if (fs::exists(object)) return object;

  const temporary_directory scratch;
  write_sources(scratch.path(), request.files);
  std::vector<std::string> parts;
  for (const unit& u : units) {
    parts.push_back(fmt::format("{}.o", u.file));
    with.compile(scratch.path(), u.file, parts.back(), u.arguments);
  }
  fs::create_directories(object.parent_path());
  const temporary_directory beside(object.parent_path());
  with.link(scratch.path(), parts, beside.path() / "object.so");
  fs::rename(beside.path() / "object.so", object);
  return object;
}

}  // namespace stockcheck::source
