#include "source/compile/object_builder.hpp"

#include "source/compile/compiler.hpp"
#include "source/compile/memcg_slice.hpp"
#include "source/compile/shim_files.hpp"
#include "source/source_error.hpp"
#include "source/system/file_text.hpp"
#include "source/system/temporary_directory.hpp"
#include "source/tree/package_tree.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cctype>
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
  std::string text{};                  ///< if it is neither the kernel's nor the shim's
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

/// Those of struct memcg_stock_pcp.
constexpr std::array stock_members{"cached",
                                   "nr_pages",
                                   "cached_objcg",
                                   "nr_bytes",
                                   "cached_pgdat",
                                   "nr_slab_reclaimable_b",
                                   "nr_slab_unreclaimable_b",
                                   "flags"};

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

/// "-DNAME(X)=X(usage) X(max)..."
template <class Members>
std::string member_list(const char* name, const Members& members, const std::string& header) {
  std::string definition = fmt::format("-D{}(X)=", name);
  for (const char* const member : members)
    if (has_member(header, member)) definition += fmt::format("X({}) ", member);
  return definition;
}

/// The members, and -DSC_HAS_STOCK for counters that have one.
std::vector<std::string> counter_definitions(const std::string& header) {
  std::vector<std::string> definitions{member_list("SC_FIELDS", counter_members, header)};
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
void write_sources(const fs::path& directory, const tree_files& files,
                   const std::vector<unit>& units) {
  for (const unit& u : units)
    if (!u.text.empty()) write_file(directory / u.file, u.text);
  for (const auto& [path, text] : files) write_file(directory / "kernel" / path, text);
  for (const shim_file& file : shim_files())
    write_file(directory / "shim" / file.name, std::string(file.text));
  for (const std::string& name : foreign_headers(files)) {
    require_safe(name, "#include");
    write_file(directory / "stand-in" / name, "#include <stockcheck/kernel.h>\n");
  }
}

std::vector<unit> units_of_all(const tree_files& files, const compiler& with) {
  const std::vector<std::string> instrumented = with.flags(true);
  std::vector<std::string> with_members = instrumented;
  std::ranges::move(counter_definitions(text_of(files, counter_header)),
                    std::back_inserter(with_members));
  std::vector<unit> units{{fmt::format("kernel/{}", counter_file), instrumented},
                          {"shim/stockcheck/page_counter.c", std::move(with_members)}};
  for (const char* const part :
       {"runtime", "percpu", "contexts", "groups", "objects", "percpu_ref"})
    units.push_back({fmt::format("shim/stockcheck/{}.c", part), with.flags(false)});
  return units;
}

unit unit_of_memcg(const tree_files& files, const compiler& with) {
  memcg_slice slice = cut_memcg(files);
  std::vector<std::string> arguments = with.flags(true);
  arguments.push_back(member_list("SC_STOCK_FIELDS", stock_members, slice.stock_members));
  return {"memcg_slice.c", std::move(arguments), std::move(slice.text)};
}

/// Of a message of several lines, the one that tells most.
std::string in_one_line(const std::string& message) {
  const auto line_at = [&message](std::size_t at) {
    const std::size_t begin = message.rfind('\n', at) + 1;
    return message.substr(begin, message.find('\n', at) - begin);
  };
  for (const char* const mark : {"lacks: ", "error: ", "undefined reference"})
    if (const std::size_t at = message.find(mark); at != std::string::npos) return line_at(at);
  return line_at(0);
}

/// Says in the object what it lacks.
unit unit_of_lack(const std::string& why, const compiler& with) {
  std::string literal;
  for (const char c : why)
    literal += std::isprint(static_cast<unsigned char>(c)) != 0 && c != '"' && c != '\\' ? c : ' ';
  return {"lacks.c", with.flags(false),
          fmt::format("#include \"source/hooks.h\"\n"
                      "SC_EXPORT const char* sc_lacks(void) {{ return \"{}\"; }}\n",
                      literal)};
}

std::string key_of(const build_request& request, const compiler& with,
                   const std::vector<unit>& units) {
  hash all;
  all.add(with.version());
  for (const unit& u : units) {
    all.add(u.file);
    all.add(u.text);
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

fs::path build(const build_request& request, const compiler& with, const std::vector<unit>& units) {
  const fs::path cache = request.cache.empty() ? cache_directory() : request.cache;
  const fs::path object = cache / "objects" / fmt::format("{}.so", key_of(request, with, units));
  if (fs::exists(object)) return object;

  const temporary_directory scratch;
  write_sources(scratch.path(), request.files, units);
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

}  // namespace

const std::vector<std::string>& checked_files() {
  static const std::vector<std::string> files = [] {
    std::vector<std::string> all{std::string(counter_file), std::string(counter_header)};
    std::ranges::copy(memcg_files(), std::back_inserter(all));
    return all;
  }();
  return files;
}

built_object build_object(const build_request& request) {
  const compiler with(request.stop);
  text_of(request.files, counter_file);
  std::vector<unit> units = units_of_all(request.files, with);
  std::string lacks;
  try {
    units.push_back(unit_of_memcg(request.files, with));
    return {build(request, with, units)};
  } catch (const source_error& error) {
    lacks = in_one_line(error.what());
  }
  std::erase_if(units, [](const unit& u) { return u.file == "memcg_slice.c"; });
  units.push_back(unit_of_lack(lacks, with));
  return {build(request, with, units), lacks};
}

}  // namespace stockcheck::source
