# make amalgamation: all sources as one file, which compiles with one command line.
#
#   awk -v version=1.2.3 -v generated=build/generated -f amalgamation.awk ext/*/*.c > h2040.c
#
# First all headers, each once and behind those that it includes, then all sources,
# with the generated headers where they are included.  What links the files when
# they are compiled apart becomes static; the entry points stay as they are.
#
# What a source declares at file scope for itself (functions, data, tags, types,
# enum constants, macros) is its own: macros are undefined behind it, and any other
# name that a second source declares too, or a header that it does not include, gets
# the source's name in front.  A name that cannot be parted so stops the script.
#
# It reads C as this project writes it: no macro declares anything, #include stands
# at the left margin.

BEGIN {
  for (n = 1; n < ARGC; n++) source[n] = read_file(ARGV[n])
  if (n == 1) fail("no sources")
  for (f = 1; f <= files; f++) find_declared(f)
  for (n = 1; n < ARGC; n++) choose_names(source[n])
  print_all()
  exit 0
}

function fail(what) {
  print "amalgamation: " what > "/dev/stderr"
  exit 1
}

# --- files --------------------------------------------------------------------

# Reads a file, and before it the headers that it includes.  file[f] is its path,
# text[f] what it says; includes[f, g]: f includes g, at any remove.
function read_file(path,    f, g, other, line, name, folder, body) {
  if (path in number) return number[path]
  f = number[path] = ++files
  file[f] = path
  folder = path
  sub(/[^\/]*$/, "", folder)
  while ((getline line < path) > 0) {
    if (line ~ /^#include </) {
      if (!(line in is_system)) system_line[++systems] = line
      is_system[line] = 1
    } else if (line ~ /^#include "(sqlite3|sqlite3ext|h2040)\.h"/ || line ~ /^SQLITE_EXTENSION_INIT1$/) {
      body = body "\n" # they stand at the top
    } else if (line ~ /^#include "/) {
      name = line
      gsub(/^#include "|".*$/, "", name)
      if (whole(generated "/" name) != "") body = body whole(generated "/" name)
      else {
        other = read_file(plain_path(folder name))
        if (!(other in is_header)) header[++headers] = other
        is_header[other] = includes[f, other] = 1
        for (g = 1; g <= files; g++) if ((other, g) in includes) includes[f, g] = 1
      }
    } else body = body line "\n"
  }
  close(path)
  if (body == "") fail("cannot read " path)
  text[f] = body
  return f
}

function plain_path(path) {
  while (match(path, /[^\/]+\/\.\.\//)) path = substr(path, 1, RSTART - 1) substr(path, RSTART + RLENGTH)
  return path
}

function whole(path,    line, body) {
  while ((getline line < path) > 0) body = body line "\n"
  close(path)
  return body
}

# --- tokens -------------------------------------------------------------------

# Cuts a file into token[1..tokens], which put together are the file.  kind: i an
# identifier, p punctuation or a literal, s white space or comment; in capitals where
# it stands in a directive.
function cut(f,    lines, n, i, rest, comment, directive, k, length_of) {
  tokens = 0
  n = split(text[f], lines, "\n")
  for (i = 1; i < n; i++) {
    rest = lines[i]
    if (!comment && rest ~ /^[ \t]*#/) directive = 1
    while (rest != "") {
      k = "p"
      length_of = 1
      if (comment) {
        k = "s"
        comment = !match(rest, /\*\//)
        length_of = comment ? length(rest) : RSTART + 1
      } else if (match(rest, /^[ \t]+/) || match(rest, /^\/\/.*/)) {
        k = "s"
        length_of = RLENGTH
      } else if (rest ~ /^\/\*/) {
        k = "s"
        length_of = 2
        comment = 1
      } else if (match(rest, /^[A-Za-z_][A-Za-z0-9_]*/)) {
        k = "i"
        length_of = RLENGTH
      } else if (match(rest, /^"([^"\\]|\\.)*"/) || match(rest, /^'([^'\\]|\\.)*'/) || \
                 match(rest, /^\.?[0-9][A-Za-z0-9_.]*/) || match(rest, /^(->|##|\.\.\.)/)) {
        length_of = RLENGTH
      }
      token[++tokens] = substr(rest, 1, length_of)
      kind[tokens] = directive ? toupper(k) : k
      rest = substr(rest, length_of + 1)
    }
    token[++tokens] = "\n"
    kind[tokens] = "s"
    if (!comment && lines[i] !~ /\\$/) directive = 0
  }
}

# --- what a file declares -----------------------------------------------------

# declared[f, name]: at file scope, as "name", "tag" or "macro"; a header declares the
# tags, too, that it only mentions.  by[name]: the files that do.  becomes_static[f, i]:
# token i begins a declaration of what links the files.
function find_declared(f,    i, t, depth, parens, last, before, behind, words) {
  cut(f)
  behind = "" # the last word of a directive
  for (i = 1; i <= tokens; i++) {
    t = token[i]
    if (kind[i] ~ /[sS]/) continue
    if (kind[i] ~ /[iI]/) seen[name_of(t, last)] = 1
    if (kind[i] ~ /[IP]/) {
      if (behind == "define") declare(f, t, "macro")
      behind = behind == "#" && t == "define" || t == "#" ? t : ""
      continue
    }
    if (kind[i] == "i" && is_tag(last) && types_only(depth) && (next_token(i) == "{" || f in is_header)) {
      declare(f, "struct " t, "tag")
    }
    if (kind[i] == "i" && depth > 0 && brace[depth] == "enum" && (last == "{" || last == ",") && types_only(depth)) {
      declare(f, t, "name")
    }
    if (t == "{") {
      if (is_tag(last)) brace[++depth] = last
      else if (is_tag(before)) brace[++depth] = before
      else brace[++depth] = last == ")" && parens == 0 ? "body" : "values"
      if (depth == 1 && brace[1] == "body") words = take_declaration(f, words)
    } else if (t == "}") {
      if (depth-- == 1 && brace[1] != "body") at[++words] = i
    } else if (depth == 0) {
      at[++words] = i
      parens += t == "(" ? 1 : t == ")" ? -1 : 0
      if (t == ";" && parens == 0) words = take_declaration(f, words)
    }
    before = last
    last = t
  }
  if (depth != 0 || words != 0) fail(file[f] " does not end where a declaration ends")
}

function is_tag(last) { return last == "struct" || last == "union" || last == "enum" }

# A tag is told from other names, which may be alike.
function name_of(t, last) { return is_tag(last) ? "struct " t : t }

# Whether what stands in so many braces stands at file scope all the same.
function types_only(depth,    i) {
  for (i = 1; i <= depth; i++) if (brace[i] == "body" || brace[i] == "values") return 0
  return 1
}

function next_token(i) {
  do i++; while (i <= tokens && kind[i] ~ /[sS]/)
  return token[i]
}

# The declaration of the tokens at[1..words]; braces and what they hold are one "}".
# Returns 0, how many words the next one has so far.
function take_declaration(f, words,    i, t, first, storage, parens, name, is_function) {
  first = 1
  while (token[at[first]] == "__attribute__") {
    do parens += bracket(token[at[++first]]); while (parens > 0)
    first++
  }
  storage = token[at[first]]
  if (storage == "_Static_assert" || storage == ";") return 0
  for (i = first; i <= words; i++) {
    t = token[at[i]]
    if (t == "(" && parens == 0 && !is_function && token[at[i + 1]] == "*") {
      while (kind[at[i]] != "i" || token[at[i]] == "const") i++ # a pointer to a function
      declare_word(f, token[at[i]], storage)
      while (token[at[i]] != ")") i++
      is_function = 1
    } else if (t == "(" && parens == 0 && !is_function) {
      declare_word(f, token[at[i - 1]], storage)
      is_function = parens = 1
    } else if (parens == 0 && (t == "[" || t == "=" || t == "," || t == ";") && !is_function) {
      if (kind[at[i - 1]] == "i" && !is_tag(token[at[i - 2]])) declare_word(f, token[at[i - 1]], storage)
      while (i < words && (parens > 0 || token[at[i]] != ",")) parens += bracket(token[at[++i]])
    } else parens += bracket(t)
  }
  if (storage !~ /^(static|typedef|EXPORT)$/ && found_link) becomes_static[f, at[first]] = 1
  found_link = 0
  return 0
}

function bracket(t) {
  return t == "(" || t == "[" ? 1 : t == ")" || t == "]" ? -1 : 0
}

function declare_word(f, name, storage) {
  if (storage == "EXPORT") return
  if (storage == "static" || storage == "typedef") declare(f, name, "name")
  else {
    if (name !~ /^h2040_/) fail(file[f] ": " name " links the files, and is not called h2040_" name)
    found_link = 1
    if (f in is_header) return
    if ((name in defined_in) && defined_in[name] != f) fail(name " is defined in " file[defined_in[name]] " and in " file[f])
    defined_in[name] = f
  }
}

function declare(f, name, what) {
  if ((f, name) in declared) return
  declared[f, name] = what
  by[name] = by[name] f " "
}

# --- new names ----------------------------------------------------------------

# renamed[f, name]: what source f calls it in the amalgamation.
function choose_names(f,    i, name, stem, last, done) {
  stem = file[f]
  gsub(/^.*\/|\.c$/, "", stem)
  cut(f)
  for (i = 1; i <= tokens; i++) {
    if (kind[i] ~ /[sS]/) continue
    name = name_of(token[i], last)
    last = token[i]
    if (kind[i] !~ /[iI]/ || (name in done)) continue
    done[name] = 1
    if (is_taken(f, name)) renamed[f, name] = new_name(stem, token[i])
  }
}

function new_name(stem, name) {
  do name = stem "_" name; while ((name in seen) || (("struct " name) in seen))
  seen[name] = 1
  return name
}

# Whether another file has a name that stands in source f, so that it must be called
# otherwise here.  What a header of f's own has is meant, and is kept.
function is_taken(f, name,    mine, others, g, n, i) {
  mine = (f, name) in declared && declared[f, name] != "macro"
  n = split(by[name], others, " ")
  for (i = 1; i <= n; i++) if ((f, others[i]) in includes) return mine && is_twice(f, name)
  for (i = 1; i <= n; i++) {
    g = others[i]
    if (g != f && (declared[g, name] == "macro" ? g in is_header : mine)) return 1
  }
  return 0
}

# A tag that a header mentions is defined by one source.
function is_twice(f, name) {
  if (name in kept_by) fail(name " is declared in " kept_by[name] " and in " file[f] ", and a header of both mentions it")
  kept_by[name] = file[f]
  return 0
}

# --- the file -----------------------------------------------------------------

function print_all(    n, i, f, name, all, undefined) {
  print "/*"
  print "** h2040 " version ", all of it: the sources of ext/ as one file, made by `make amalgamation`."
  print "**"
  print "**   gcc -shared -fPIC -O2 -Wl,-z,nodelete -o h2040.so h2040.c     a loadable extension"
  print "**   gcc -DSQLITE_CORE -O2 -o program program.c h2040.c -lsqlite3  part of a program: h2040.h"
  print "**"
  print "** It needs C11, sqlite3.h and sqlite3ext.h (libsqlite3-dev), and h2040.h beside it."
  print "*/"
  print "#define H2040_ENTRY_POINT"
  print "#include \"h2040.h\""
  print "#include \"sqlite3ext.h\""
  print "#ifndef SQLITE_CORE"
  print "static SQLITE_EXTENSION_INIT1"
  print "#endif"
  for (n = 1; n <= systems; n++) print system_line[n]
  for (n = 1; n <= headers; n++) print_file(header[n])
  for (n = 1; n < ARGC; n++) {
    f = source[n]
    print_file(f)
    for (i = 1; i <= tokens; i++) {
      name = kind[i] == "I" && declared[f, token[i]] == "macro" ? token[i] : ""
      if (name == "" || (f, name) in undefined) continue
      undefined[f, name] = 1
      print "#undef " (((f, name) in renamed) ? renamed[f, name] : name)
    }
  }
}

function print_file(f,    i, t, out, last, before, depth) {
  cut(f)
  print "\n/* ==== " file[f] " ==== */"
  for (i = 1; i <= tokens; i++) {
    t = token[i]
    if ((f, i) in becomes_static) {
      if (t == "extern") t = "static"
      else t = "static " t
    }
    if (t == "{") has_members[++depth] = is_tag(last) && last != "enum" || is_tag(before) && before != "enum"
    else if (t == "}") depth--
    if ((f, name_of(t, last)) in renamed && !(kind[i] ~ /[sSpP]/) && !is_member(i, last, has_members[depth])) {
      t = renamed[f, name_of(t, last)]
    }
    out = out t
    if (kind[i] !~ /[sS]/) {
      before = last
      last = token[i]
    }
  }
  printf "%s", out
}

# Whether the name at i is that of a member of a struct, which no other file minds.
function is_member(i, last, among_members,    follows) {
  if (last == "." || last == "->") return 1
  if (!among_members || is_tag(last) || last == "[") return 0
  follows = next_token(i)
  return follows == ";" || follows == "," || follows == "[" || follows == ":" || (last == "*" && follows == ")")
}
