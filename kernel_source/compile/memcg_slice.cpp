// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/memcg_slice.hpp"

#include "kernel_source/compile/lack.hpp"
#include "kernel_source/compile/memcg_variants.hpp"
#include "kernel_source/compile/refused_constructs.hpp"
#include "kernel_source/compile/refused_includes.hpp"
#include "kernel_source/compile/shim_files.hpp"
#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/slicer/c_lexer.hpp"
#include "kernel_source/slicer/slice.hpp"
#include "kernel_source/source_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

using name_list = std::vector<std::string>;

/// What scenarios call, and so what they are about, together with the variants of this kernel.
const name_list charge_functions{"refill_stock", "drain_all_stock", "memcg_hotplug_cpu_dead",
                                 "try_charge_memcg"};

/// Scenarios about objects call these as well. They are cut only where the file defines them all.
const name_list object_functions{"obj_cgroup_alloc", "memcg_reparent_objcgs",
                                 "__get_obj_cgroup_from_memcg", "obj_cgroup_charge",
                                 "obj_cgroup_uncharge"};
const name_list slab_functions{"__memcg_slab_post_alloc_hook", "__memcg_slab_free_hook"};

/// Where slabs are charged by inline functions, these, and what the file has for them.
const name_list inline_slab_functions{"memcg_slab_pre_alloc_hook", "memcg_slab_post_alloc_hook",
                                      "memcg_slab_free_hook"};
const name_list functions_for_inline_slabs{"memcg_alloc_slab_cgroups"};

constexpr const char* main_file = "mm/memcontrol.c";
constexpr const char* slab_header = "mm/slab.h";

constexpr std::array c_names{"bool",     "true",     "false",   "NULL",    "size_t",
                             "int8_t",   "int16_t",  "int32_t", "int64_t", "uint8_t",
                             "uint16_t", "uint32_t", "uint64_t"};
/// What guard() takes.
constexpr std::array guard_names{"rcu",   "preempt",  "migrate",     "irq",
                                 "mutex", "spinlock", "spinlock_irq"};

/// A kernel that has one of these charges objects, and slabs.
constexpr const char* charges_objects = "obj_cgroup_charge";
constexpr std::array charges_slabs{"__memcg_slab_post_alloc_hook", "memcg_slab_post_alloc_hook"};

/// Where the file has this function, and no header, statistics are behind it: the shim's.
constexpr const char* counts_in_file = "mod_memcg_lruvec_state";

void add_names(const c_file& file, name_set& names) {
  for (const definition& d : file.definitions()) names.insert(d.names.begin(), d.names.end());
}

/// What the headers of the shim give, and the kernel's own ones that they include.
name_set provided_names(const tree_files& files) {
  name_set names(c_names.begin(), c_names.end());
  names.insert(guard_names.begin(), guard_names.end());
  for (const embedded_file& file : shim_files())
    if (file.name.ends_with(".h"))
      add_names(c_file::parse(std::string(file.name), std::string(file.text)), names);
  if (const auto counters = files.find("include/linux/page_counter.h"); counters != files.end())
    add_names(c_file::parse(counters->first, counters->second), names);
  return names;
}

bool defines(const c_file& file, const std::string& name) {
  return std::ranges::any_of(file.find(name),
                             [&](std::size_t i) { return file.definitions()[i].is_complete(); });
}
bool defines_all(const c_file& file, const name_list& names) {
  return std::ranges::all_of(names, [&](const std::string& name) { return defines(file, name); });
}

name_list not_defined(const c_file& file, const name_list& names) {
  name_list missing;
  std::ranges::copy_if(names, std::back_inserter(missing),
                       [&](const std::string& name) { return !defines(file, name); });
  return missing;
}

/// A loop in a loop looks for the objects that are charged in one go; a single one charges each.
bool has_nested_loops(const c_file& file, const std::string& function) {
  const auto found = file.find(function);
  if (found.empty()) return false;
  const definition& d = file.definitions()[found.front()];
  const std::string text = file.text().substr(d.begin, d.end - d.begin);
  const auto tokens = tokens_of(file.name(), text);
  return std::ranges::count_if(tokens, [&](const c_token& token) {
           const std::string_view word =
               std::string_view(text).substr(token.begin, token.end - token.begin);
           return token.kind == token_kind::keyword && (word == "for" || word == "while");
         }) > 1;
}

/// The files, of which the later ones use what the earlier ones define.
class cutter {
 public:
  explicit cutter(const tree_files& files)
      : provided_(provided_names(files)),
        files_(parsed(files)),
        slices_(files_.size()),
        main_(static_cast<std::size_t>(std::ranges::find(files_, main_file, &c_file::name) -
                                       files_.begin())),
        has_objects_(has(object_functions) && has(way_of(object_variants()).functions)),
        slabs_(has_objects_ ? find_slab_hooks() : slab_hooks::none),
        ways_{&way_of(drain_variants()), &way_of(socket_variants())} {
    if (has_objects_) ways_.push_back(&way_of(object_variants()));
    if (defines(files_[main_], counts_in_file)) provided_.insert(counts_in_file);
  }

  void run() {
    for (std::size_t i = files_.size(); i-- > 0;) {
      name_list wanted = wanted_of(i);
      for (const std::string& name : open_)
        if (defines(files_[i], name)) wanted.push_back(name);
      slices_[i] = cut(files_[i], wanted, provided_);
      if (!slices_[i].missing.empty())
        throw lack_error(lack::function,
                         fmt::format("{} has no {}, which scenarios call", files_[i].name(),
                                     fmt::join(slices_[i].missing, ", ")));
      for (const unresolved_name& name : slices_[i].unresolved) open_.insert(name.name);
      for (const std::size_t piece : slices_[i].pieces) {
        const name_list& names = files_[i].definitions()[piece].names;
        defined_.insert(names.begin(), names.end());
      }
    }
    check_resolved();
  }

  /// In what was cut.
  void refuse_unseen(const tree_files& files) const {
    name_list lines;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      std::ranges::move(refused_constructs(files_[i], slices_[i].ranges),
                        std::back_inserter(lines));
      std::ranges::move(refused_includes(files_[i], slices_[i].ranges, files),
                        std::back_inserter(lines));
    }
    refuse(lines);
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    if (asks("slab_obj_ext")) text += "#define SC_OBJ_EXTS_ARE_NUMBERS\n";
    if (asks("slab_obj_ext_objcg")) text += "#define SC_OBJ_EXTS_BY_OBJECT\n";
    text += "#include <stockcheck/memcg.h>\n";
    if (provided_.contains(counts_in_file))
      text += fmt::format("#define {0} __{0}\n", counts_in_file);
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      if (i > main_) text += "#include <stockcheck/inline_slab.h>\n";
      text += slices_[i].text;
    }
    if (slabs_ == slab_hooks::called && has_nested_loops(files_[main_], slab_functions.front()))
      text += "#define SC_CHARGES_SLABS_IN_RUNS\n";
    if (defined_.contains("percpu_charge_mutex")) text += "#define SC_HAS_DRAIN_MUTEX\n";
    for (const memcg_variant* const way : ways_)
      if (way->definition != nullptr) text += fmt::format("#define {}\n", way->definition);
    for (const memcg_question& asked : memcg_questions())
      if (asks(asked.function)) text += fmt::format("#define {}\n", asked.definition);
    text += "#include <stockcheck/memcg_stock.c>\n";
    if (slabs_ == slab_hooks::called) text += "#define SC_HAS_SLAB_HOOKS\n";
    if (slabs_ == slab_hooks::inlined) text += "#define SC_HAS_INLINE_SLAB_HOOKS\n";
    if (has_objects_) text += "#include <stockcheck/obj_stock.c>\n";
    if (const std::string why = lacks_objects(); !why.empty())
      text += explanation("sc_lacks_objects", why);
    if (const std::string why = lacks_slabs(); !why.empty())
      text += explanation("sc_lacks_slabs", why);
    return text;
  }
  [[nodiscard]] std::string text_of(const std::string& name) const {
    const c_file& in = files_[main_];
    const auto found = in.find(name);
    if (found.empty()) return "";
    const definition& d = in.definitions()[found.front()];
    return in.text().substr(d.begin, d.end - d.begin);
  }

 private:
  /// How a kernel charges slabs.
  enum class slab_hooks : std::uint8_t { none, called, inlined };

  static std::vector<c_file> parsed(const tree_files& files) {
    std::vector<c_file> result;
    for (const std::string& path : memcg_files())
      if (const auto found = files.find(path); found != files.end())
        result.push_back(c_file::parse(path, found->second));
    return result;
  }
  /// Why objects are left out although the kernel charges them; empty if they are not.
  [[nodiscard]] std::string lacks_objects() const {
    if (has_objects_ || !defines(files_[main_], charges_objects)) return "";
    name_list wanted = object_functions;
    for (const std::string& name : way_of(object_variants()).functions) wanted.push_back(name);
    return without(wanted);
  }
  /// Says why slabs alone are left out although the kernel charges them; empty if they are not.
  [[nodiscard]] std::string lacks_slabs() const {
    const bool charges = std::ranges::any_of(charges_slabs, [this](const char* name) {
      return std::ranges::any_of(files_, [&](const c_file& f) { return defines(f, name); });
    });
    if (!has_objects_ || slabs_ != slab_hooks::none || !charges) return "";
    return without(slab_functions);
  }
  [[nodiscard]] std::string without(const name_list& wanted) const {
    return fmt::format("{} has no {}, which scenarios call", main_file,
                       fmt::join(not_defined(files_[main_], wanted), ", "));
  }
  [[nodiscard]] bool has(const name_list& names) const { return defines_all(files_[main_], names); }
  [[nodiscard]] slab_hooks find_slab_hooks() const {
    if (has(slab_functions)) return slab_hooks::called;
    const bool has_header = main_ + 1 < files_.size();
    if (has_header && has(functions_for_inline_slabs)) return slab_hooks::inlined;
    return slab_hooks::none;
  }
  [[nodiscard]] const memcg_variant& way_of(const memcg_variants& variants) const {
    const auto found = std::ranges::find_if(
        variants, [this](const memcg_variant& way) { return has(way.functions); });
    return found == variants.end() ? variants.back() : *found;
  }
  /// Whether something that was cut uses a name.
  [[nodiscard]] bool asks(const std::string& name) const {
    for (std::size_t i = 0; i < files_.size(); ++i)
      for (const std::size_t piece : slices_[i].pieces) {
        const std::vector<name_use>& uses = files_[i].definitions()[piece].uses;
        if (std::ranges::find(uses, name, &name_use::name) != uses.end()) return true;
      }
    return false;
  }

  [[nodiscard]] name_list wanted_of(std::size_t file) const {
    if (file < main_) return {};
    if (file > main_) return slabs_ == slab_hooks::inlined ? inline_slab_functions : name_list{};
    name_list wanted = charge_functions;
    const auto want = [&wanted](const name_list& names) {
      wanted.insert(wanted.end(), names.begin(), names.end());
    };
    for (const memcg_variant* const way : ways_) want(way->functions);
    if (has_objects_) want(object_functions);
    if (slabs_ == slab_hooks::called) want(slab_functions);
    if (slabs_ == slab_hooks::inlined) want(functions_for_inline_slabs);
    return wanted;
  }

  /// What stands under a conditional may not be compiled: then the compiler says so.
  void check_resolved() const {
    name_list lacking;
    for (std::size_t i = 0; i < files_.size(); ++i)
      for (const unresolved_name& name : slices_[i].unresolved)
        if (!name.is_conditional && !defined_.contains(name.name))
          lacking.push_back(description_of(files_[i], name));
    if (!lacking.empty())
      throw lack_error(lack::name, fmt::format("the shim lacks: {}", fmt::join(lacking, "; ")));
  }

  name_set provided_;
  std::vector<c_file> files_;
  std::vector<slice> slices_;
  std::size_t main_;  ///< the index of mm/memcontrol.c
  bool has_objects_;
  slab_hooks slabs_;
  std::vector<const memcg_variant*> ways_;  ///< of this kernel
  name_set open_;                           ///< unresolved in later files
  name_set defined_;                        ///< in what was cut
};

}  // namespace

std::string explanation(const char* function, const std::string& why) {
  std::string literal;
  for (const char c : why)
    literal += std::isprint(static_cast<unsigned char>(c)) != 0 && c != '"' && c != '\\' ? c : ' ';
  return fmt::format(
      "#include \"kernel_source/hooks.h\"\n"
      "SC_EXPORT const char* {}(void) {{ return \"{}\"; }}\n",
      function, literal);
}

bool has_memcg(const tree_files& files) { return files.contains(main_file); }

const std::vector<std::string>& memcg_files() {
  static const std::vector<std::string> files{"include/linux/memcontrol.h", "mm/memcontrol-v1.h",
                                              main_file, slab_header};
  return files;
}

tree_files without_unused(tree_files files) {
  const auto header = files.find(slab_header);
  if (header != files.end() &&
      !defines_all(c_file::parse(header->first, header->second), inline_slab_functions))
    files.erase(header);
  return files;
}

memcg_slice cut_memcg(const tree_files& files) {
  if (!has_memcg(files)) throw source_error(fmt::format("the kernel tree has no {}", main_file));
  cutter of(without_unused(files));
  of.run();
  of.refuse_unseen(files);
  return {.text = of.text(),
          .stock_members = of.text_of("struct memcg_stock_pcp"),
          .obj_stock_members = of.text_of("struct obj_stock_pcp")};
}

}  // namespace stockcheck::kernel_source
