#include "source/compile/object_builder.hpp"

#include "source/compile/compile_error.hpp"
#include "source/compile/compiler.hpp"
#include "source/compile/kept_object.hpp"
#include "source/compile/memcg_slice.hpp"
#include "source/compile/object_audit.hpp"
#include "source/compile/object_flags.hpp"
#include "source/compile/refused_constructs.hpp"
#include "source/compile/refused_includes.hpp"
#include "source/compile/self_contained_object.hpp"
#include "source/compile/shim_files.hpp"
#include "source/slicer/c_lexer.hpp"
#include "source/system/file_text.hpp"
#include "source/system/temporary_directory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::source {

namespace {

namespace fs = std::filesystem;

/// A translation unit of the object, relative to the directory that it is built in.
struct unit {
  std::string file;
  std::vector<std::string> arguments;  ///< of the compiler
  std::string text{};                  ///< if it is neither the kernel's nor the shim's
  bool is_checked = false;             ///< each of its accesses must be seen
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

/// Those of struct memcg_stock_pcp, and of struct obj_stock_pcp.
constexpr std::array stock_members{"lock",
                                   "cached",
                                   "drain_idx",
                                   "index",
                                   "node_id",
                                   "nr_pages",
                                   "cached_objcg",
                                   "nr_bytes",
                                   "cached_pgdat",
                                   "nr_slab_reclaimable_b",
                                   "nr_slab_unreclaimable_b",
                                   "flags"};

const std::string& text_of(const tree_files& files, std::string_view name) {
  const auto found = files.find(std::string(name));
  if (found == files.end())
    throw source_error(fmt::format("the kernel tree has no {}: is it a kernel's?", name));
  return found->second;
}

/// The names before a semicolon, or before brackets and a semicolon: members of a structure, one of
/// which may be an array, are among them.
std::set<std::string, std::less<>> members_in(const std::string& header) {
  std::set<std::string, std::less<>> names;
  std::string last;
  std::size_t depth = 0;
  if (header.empty()) return names;
  for (const c_token& token : tokens_of("a structure", header)) {
    if (token.kind == token_kind::comment) continue;
    const std::string_view word =
        std::string_view(header).substr(token.begin, token.end - token.begin);
    if (word == "[") ++depth;
    if (depth == 0 && word == ";" && !last.empty()) names.insert(last);
    if (depth == 0) last = token.kind == token_kind::identifier ? word : "";
    if (word == "]" && depth > 0) --depth;
  }
  return names;
}

/// "-DNAME(X)=X(usage) X(max)..."
template <class Members>
std::string member_list(const char* name, const Members& members, const std::string& header) {
  std::string definition = fmt::format("-D{}(X)=", name);
  const std::set<std::string, std::less<>> has = members_in(header);
  for (const char* const member : members)
    if (has.contains(member)) definition += fmt::format("X({}) ", member);
  return definition;
}

/// The members, and what tells the shim of some of them.
std::vector<std::string> counter_definitions(const std::string& header) {
  std::vector<std::string> definitions{member_list("SC_FIELDS", counter_members, header)};
  const std::set<std::string, std::less<>> has = members_in(header);
  if (has.contains("stock")) definitions.emplace_back("-DSC_HAS_STOCK");
  if (has.contains("track_failcnt")) definitions.emplace_back("-DSC_HAS_TRACK_FAILCNT");
  return definitions;
}

/// What the kernel's files include of the headers that they do not bring along.
std::set<std::string> foreign_headers(const tree_files& files) {
  std::set<std::string> names;
  for (const auto& [path, text] : files)
    for (const std::string& name : headers_named_in(text))
      if (!files.contains("include/" + name)) names.insert(name);
  return names;
}

/// Lays out what is compiled: kernel/, the shim, and its stand-ins for the kernel's other headers.
void write_sources(const fs::path& directory, const tree_files& files,
                   const std::vector<unit>& units) {
  for (const unit& u : units)
    if (!u.text.empty()) write_file(directory / u.file, u.text);
  for (const auto& [path, text] : files) write_file(directory / "kernel" / path, text);
  for (const embedded_file& file : shim_files())
    write_file(directory / "shim" / file.name, std::string(file.text));
  for (const std::string& name : foreign_headers(files)) {
    require_safe(name, "#include");
    write_file(directory / "stand-in" / name, "#include <stockcheck/kernel.h>\n");
  }
}

std::vector<unit> units_of_all(const build_request& request, const compiler& with) {
  const std::vector<std::string> checked = flags_of_checked(request.flavour, with);
  std::vector<std::string> with_members = checked;
  std::ranges::move(counter_definitions(text_of(request.files, counter_header)),
                    std::back_inserter(with_members));
  std::vector<unit> units{{fmt::format("kernel/{}", counter_file), checked, "", true},
                          {"shim/stockcheck/page_counter.c", std::move(with_members), "", true}};
  std::vector<const char*> parts{"runtime",  "format", "library", "percpu",
                                 "contexts", "groups", "objects", "percpu_ref"};
  if (request.flavour == flavour::explored)
    parts.insert(parts.end(), {"instrumentation", "string"});
  for (const char* const part : parts)
    units.push_back(
        {fmt::format("shim/stockcheck/{}.c", part), flags_of_shim(request.flavour, with)});
  return units;
}

unit unit_of_memcg(const build_request& request, const compiler& with) {
  memcg_slice slice = cut_memcg(request.files);
  std::vector<std::string> arguments = flags_of_checked(request.flavour, with);
  arguments.push_back(member_list("SC_STOCK_FIELDS", stock_members, slice.stock_members));
  arguments.push_back(member_list("SC_OBJ_STOCK_FIELDS", stock_members, slice.obj_stock_members));
  return {"memcg_slice.c", std::move(arguments), std::move(slice.text), true};
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
unit unit_of_lack(const std::string& why, const build_request& request, const compiler& with) {
  return {"lacks.c", flags_of_shim(request.flavour, with), explanation("sc_lacks_memcg", why)};
}

std::string key_of(const build_request& request, const compiler& with,
                   const std::vector<unit>& units) {
  content_key key;
  key.add(with.version());
  for (const unit& u : units) {
    key.add(u.file);
    key.add(u.text);
    for (const std::string& argument : u.arguments) key.add(argument);
  }
  for (const embedded_file& file : shim_files()) {
    key.add(file.name);
    key.add(file.text);
  }
  for (const auto& [path, text] : request.files) {
    key.add(path);
    key.add(text);
  }
  return key.text();
}

/// For the linker: leaves out what would run when the object is loaded or unloaded. The compilers
/// themselves put calls of ThreadSanitizer there.
constexpr std::string_view nothing_runs_when_loaded =
    "SECTIONS { /DISCARD/ : { *(.preinit_array .init_array .init_array.* .ctors .ctors.* "
    ".fini_array .fini_array.* .dtors .dtors.*) } } INSERT AFTER .text;\n";

/// Refuses what the checker is not told of, in a file that was compiled in the directory.
void require_seen(const fs::path& directory, const std::string& compiled) {
  std::vector<std::string> lines = unseen_in(relocatable_object(directory / compiled));
  // Some compilers write where the files lay.
  const std::string place = directory.string() + "/";
  for (std::string& line : lines)
    if (line.starts_with(place)) line.erase(0, place.size());
  refuse(lines);
}

fs::path build(const build_request& request, const compiler& with, const std::vector<unit>& units,
               std::vector<std::string>& notes) {
  const auto make = [&](const fs::path& object) {
    const temporary_directory scratch;
    write_sources(scratch.path(), request.files, units);
    std::vector<std::string> parts;
    for (const unit& u : units) {
      parts.push_back(fmt::format("{}.o", u.file));
      with.compile(scratch.path(), u.file, parts.back(), u.arguments);
      if (u.is_checked && request.flavour == flavour::explored)
        require_seen(scratch.path(), parts.back());
    }
    write_file(scratch.path() / "nothing_runs.ld", std::string(nothing_runs_when_loaded));
    with.link(scratch.path(), parts, object,
              {"-nostdlib", "-Wl,-z,defs", "-Wl,-T,nothing_runs.ld", "-Wl,-init,sc_none",
               "-Wl,-fini,sc_none"});
    require_self_contained(object);
  };
  return kept_object(request.cache, key_of(request, with, units), make, notes);
}

/// Says which names the shim lacks.
fs::path build_or_explain(const build_request& request, const compiler& with,
                          const std::vector<unit>& units, std::vector<std::string>& notes) {
  try {
    return build(request, with, units, notes);
  } catch (const compile_error& error) {
    const std::vector<std::string> missing = missing_names(error.what());
    if (missing.empty()) throw;
    throw compile_error(fmt::format("{}The shim of stockcheck lacks: {}\n", error.what(),
                                    fmt::join(missing, ", ")));
  }
}

}  // namespace

built_object build_object(build_request request) {
  const compiler with(c_language, request.stop);
  request.files = without_unused(std::move(request.files));
  text_of(request.files, counter_file);
  for (const std::string_view path : {counter_file, counter_header})
    refuse_in(std::string(path), request.files);
  std::vector<unit> units = units_of_all(request, with);
  std::vector<std::string> notes;
  if (!has_memcg(request.files)) {
    fs::path object = build_or_explain(request, with, units, notes);
    return {std::move(object), "", false, std::move(notes)};
  }
  std::string lacks;
  bool is_refused = false;
  try {
    units.push_back(unit_of_memcg(request, with));
  } catch (const source_error& error) {
    lacks = in_one_line(error.what());
    is_refused = dynamic_cast<const refused_code*>(&error) != nullptr;
  }
  try {
    if (lacks.empty()) {
      fs::path object = build_or_explain(request, with, units, notes);
      return {std::move(object), "", false, std::move(notes)};
    }
  } catch (const compile_error& error) {
    lacks = in_one_line(error.what());
  } catch (const refused_code& error) {
    lacks = in_one_line(error.what());
    is_refused = true;
  }
  std::erase_if(units, [](const unit& u) { return u.file == "memcg_slice.c"; });
  units.push_back(unit_of_lack(lacks, request, with));
  fs::path object = build_or_explain(request, with, units, notes);
  return {std::move(object), lacks, is_refused, std::move(notes)};
}

}  // namespace stockcheck::source
