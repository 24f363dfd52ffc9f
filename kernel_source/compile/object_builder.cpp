// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/object_builder.hpp"

#include "kernel_source/compile/compile_error.hpp"
#include "kernel_source/compile/compiler.hpp"
#include "kernel_source/compile/kept_object.hpp"
#include "kernel_source/compile/memcg_slice.hpp"
#include "kernel_source/compile/object_audit.hpp"
#include "kernel_source/compile/object_flags.hpp"
#include "kernel_source/compile/refused_constructs.hpp"
#include "kernel_source/compile/refused_includes.hpp"
#include "kernel_source/compile/self_contained_object.hpp"
#include "kernel_source/compile/shim_files.hpp"
#include "kernel_source/slicer/c_lexer.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::kernel_source {

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
/// What is cut out of the other files, and what says what the object lacks.
constexpr const char* memcg_unit = "memcg_slice.c";
constexpr const char* lacks_unit = "lacks.c";

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

/// Scenarios look at these members of struct memcg_stock_pcp and of struct obj_stock_pcp, too.
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
  return {memcg_unit, std::move(arguments), std::move(slice.text), true};
}

/// Says in the object what it lacks.
unit unit_of_lack(const built_object& of, const build_request& request, const compiler& with) {
  std::string text = explanation("sc_lacks_memcg", of.lacks);
  if (of.lacks_counters) text += explanation("sc_lacks_counters", of.lacks);
  return {lacks_unit, flags_of_shim(request.flavour, with), std::move(text)};
}

/// For the linker: leaves out what would run when the object is loaded or unloaded. The compilers
/// themselves put calls of ThreadSanitizer there.
constexpr std::string_view nothing_runs_when_loaded =
    "SECTIONS { /DISCARD/ : { *(.preinit_array .init_array .init_array.* .ctors .ctors.* "
    ".fini_array .fini_array.* .dtors .dtors.*) } } INSERT AFTER .text;\n";

/// It calls its own functions where it has them. With relocations, which tell where blocks of code
/// begin.
constexpr std::array link_options{
    "-Wl,-Bsymbolic",    "-nostdlib",         "-Wl,-z,defs",      "-Wl,-T,nothing_runs.ld",
    "-Wl,-init,sc_none", "-Wl,-fini,sc_none", "-Wl,--emit-relocs"};

/// Whether another file includes it, as some include C files.
bool is_included(const std::string& path, const tree_files& files) {
  const std::string name = fs::path(path).filename().string();
  return std::ranges::any_of(files, [&](const auto& file) {
    return file.first != path && (file.second.find(name + "\"") != std::string::npos ||
                                  file.second.find(name + ">") != std::string::npos);
  });
}

/// Makes a key of all that a unit is made of: what a patch changes in another one is not in it.
std::string key_of(const unit& u, const build_request& request, const compiler& with) {
  content_key key;
  key.add(with.version());
  key.add(u.file);
  key.add(u.text);
  for (const std::string& argument : u.arguments) key.add(argument);
  for (const embedded_file& file : shim_files()) {
    key.add(file.name);
    key.add(file.text);
  }
  for (const auto& [path, text] : request.files) {
    if (path.ends_with(".c") && u.file != "kernel/" + path && !is_included(path, request.files))
      continue;
    key.add(path);
    key.add(text);
  }
  return key.text();
}

std::string key_of(const std::vector<std::string>& keys_of_units) {
  content_key key;
  key.add(nothing_runs_when_loaded);
  for (const char* const option : link_options) key.add(option);
  for (const std::string& one : keys_of_units) key.add(one);
  return key.text();
}

/// Refuses what the checker is not told of, in a unit that was compiled in the directory.
void require_seen(const fs::path& directory, const relocatable_object& compiled) {
  std::vector<std::string> lines = unseen_in(compiled);
  // Some compilers write where the files lay.
  const std::string place = directory.string() + "/";
  for (std::string& line : lines)
    if (line.starts_with(place)) line.erase(0, place.size());
  refuse(lines);
}

fs::path build(const build_request& request, const compiler& with, const std::vector<unit>& units,
               std::vector<std::string>& notes) {
  std::vector<std::string> keys;
  for (const unit& u : units) keys.push_back(key_of(u, request, with));

  const auto make = [&](const fs::path& object) {
    const temporary_directory scratch;
    write_sources(scratch.path(), request.files, units);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const auto compile = [&, &u = units[i]](const fs::path& part) {
        const std::string compiled = fmt::format("{}.o", u.file);
        with.compile(scratch.path(), u.file, compiled, u.arguments);
        const relocatable_object seen(scratch.path() / compiled);
        if (u.is_checked && request.flavour == flavour::explored)
          require_seen(scratch.path(), seen);
        fs::copy_file(scratch.path() / compiled, part);
      };
      parts.push_back(kept_object(request.cache, keys[i], compile, notes, ".o").string());
    }
    write_file(scratch.path() / "nothing_runs.ld", std::string(nothing_runs_when_loaded));
    with.link(scratch.path(), parts, object, {link_options.begin(), link_options.end()});
    require_self_contained(object);
  };
  return kept_object(request.cache, key_of(keys), make, notes);
}

/// Adds what is cut out of mm/memcontrol.c, or notes why nothing is.
void add_memcg(std::vector<unit>& units, built_object& to, const build_request& request,
               const compiler& with) {
  if (!has_memcg(request.files)) return;
  try {
    units.push_back(unit_of_memcg(request, with));
  } catch (const lack_error& error) {
    to.lacks = error.what();
    to.cause = error.kind();
  } catch (const source_error& error) {
    to.lacks = telling_line(error.what());
    to.cause = lack::code;
    to.is_refused = dynamic_cast<const refused_code*>(&error) != nullptr;
  }
}

/// What is left of the shim where there is nothing of the kernel.
void erase_kernel(std::vector<unit>& units) {
  std::erase_if(units, [](const unit& u) {
    return u.file.ends_with("page_counter.c") || u.file.ends_with("objects.c") ||
           u.file.ends_with("percpu_ref.c") || u.file == lacks_unit;
  });
}

}  // namespace

built_object build_object(build_request request) {
  const compiler with(c_language, request.stop);
  request.files = without_unused(std::move(request.files));
  text_of(request.files, counter_file);
  for (const std::string_view path : {counter_file, counter_header})
    refuse_in(std::string(path), request.files);
  std::vector<unit> units = units_of_all(request, with);
  built_object built;
  add_memcg(units, built, request, with);
  try {
    if (built.lacks.empty()) {
      built.path = build(request, with, units, built.notes);
      return built;
    }
  } catch (const compile_error& error) {
    built.lacks = reason_of(error.what(), "mm/memcontrol.c");
    built.cause = cause_of(error.what());
  } catch (const refused_code& error) {
    built.lacks = telling_line(error.what());
    built.is_refused = true;
  }
  std::erase_if(units, [](const unit& u) { return u.file == memcg_unit; });
  units.push_back(unit_of_lack(built, request, with));
  try {
    built.path = build(request, with, units, built.notes);
  } catch (const compile_error& error) {
    // Long messages are cut: what they come to stands first.
    if (cause_of(error.what()) == lack::code)
      throw compile_error(
          fmt::format("{}\n{}", reason_of(error.what(), counter_file), error.what()));
    built.lacks = reason_of(error.what(), counter_file);
    built.cause = cause_of(error.what());
    built.lacks_counters = true;
    erase_kernel(units);
    units.push_back(unit_of_lack(built, request, with));
    built.path = build(request, with, units, built.notes);
  }
  return built;
}

file_lines lines_left(build_request request) {
  const compiler with(c_language, request.stop);
  request.files = without_unused(std::move(request.files));
  std::vector<unit> units{
      {fmt::format("kernel/{}", counter_file), flags_of_checked(request.flavour, with)}};
  built_object unused;
  add_memcg(units, unused, request, with);
  const temporary_directory scratch;
  write_sources(scratch.path(), request.files, units);
  file_lines lines;
  for (const unit& u : units)
    add_marked_lines(with.preprocess(scratch.path(), u.file, u.arguments), lines);
  return lines;
}

}  // namespace stockcheck::kernel_source
