#include "layout/fontset.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/xml.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/*
 * A role is a chain of faces; the last resorts are one more chain behind all of them. Faces are
 * shared: a file that stands in three chains is mapped once, when the first character asks for
 * it.
 *
 * Which face answers for a character never changes, so the answer is kept: for each chain a
 * table of pages of 256 characters, filled as they are asked for. A warm lookup is two loads.
 */
enum {
  CHAIN_COUNT = XS_ROLE_COUNT + 1,
  LAST_RESORT = XS_ROLE_COUNT,
  CACHED_PAGE_COUNT = 0x33000 / 256,
  NO_FACE = 0xffff,
  MAX_FACES = 256,
  MAX_FOLDER_DEPTH = 4,
};

typedef struct cached {
  uint16_t face; /* its index + 1; 0: not asked yet; NO_FACE: nobody has it */
  uint16_t glyph;
  uint16_t advance;
} cached;

typedef struct chain {
  uint16_t *faces;
  size_t count, capacity;
  int latin; /* the chain for Western letters, or -1 */
  cached *pages[CACHED_PAGE_COUNT];
} chain;

typedef struct folder {
  xs_text path;
  bool deep;
} folder;

struct xs_fontset {
  xs_arena *a;
  const xs_host *host;
  xs_typeface *faces[MAX_FACES];
  size_t face_count;
  chain chains[CHAIN_COUNT];
  xs_text patterns; /* a file, empty when there is none */
  xs_hyphens *hyphens;
  bool hyphens_tried;
  folder *folders;
  size_t folder_count, folder_capacity;
  xs_text list, list_bytes; /* fonts.xml: its path, and what stands in it */
};

/* ---- fonts.xml ---------------------------------------------------------------------------- */

static int role_of(xs_text name)
{
  xs_role role;
  return xs_role_find(name, &role) ? (int)role : -1;
}

static xs_status read_integer(const xmlNode *element, const char *name, int32_t low, int32_t high,
                              xs_diags *diags, int32_t *value)
{
  xs_text text = xs_xml_attr(element, name);
  if (!text.ptr) return XS_OK;
  bool negative = text.len > 0 && text.ptr[0] == '-';
  uint64_t n = 0;
  if (!xs_text_uint((xs_text){text.ptr + negative, text.len - negative}, &n) || n > 1000000 ||
      (negative ? -(int32_t)n : (int32_t)n) < low || (negative ? -(int32_t)n : (int32_t)n) > high) {
    xs_diag(diags, XS_D_FONTS_INVALID, xs_xml_attr_span(element, name),
            _("“%s” must be a whole number from %d to %d"), name, (int)low, (int)high);
    return XS_EINPUT;
  }
  *value = negative ? -(int32_t)n : (int32_t)n;
  return XS_OK;
}

static bool read_skipped(xs_arena *a, xs_text skip, xs_typeface *t)
{
  uint32_t *list = XS_NEW_ARRAY(a, xs_text_char_count(skip), uint32_t);
  if (!list) return false;
  for (size_t off = 0; off < skip.len;) list[t->skipped_count++] = xs_text_next(skip, &off);
  t->skipped = list;
  return true;
}

static xs_typeface *find_same(const xs_fontset *f, const xs_typeface *t, size_t *index)
{
  for (*index = 0; *index < f->face_count; ++*index) {
    xs_typeface *other = f->faces[*index];
    if (xs_text_equal(other->file_name, t->file_name) && other->face.index == t->face.index &&
        other->scale_milli == t->scale_milli && other->shift_milli == t->shift_milli &&
        other->skipped_count == t->skipped_count &&
        (!t->skipped_count ||
         !memcmp(other->skipped, t->skipped, t->skipped_count * sizeof *t->skipped)))
      return other;
  }
  return NULL;
}

static xs_status add_face(xs_fontset *f, chain *c, const xs_typeface *t)
{
  size_t index = 0;
  if (!find_same(f, t, &index)) {
    if (f->face_count == MAX_FACES) return XS_ELIMIT;
    xs_typeface *copy = XS_NEW(f->a, xs_typeface);
    if (!copy) return XS_ENOMEM;
    *copy = *t;
    index = f->face_count;
    f->faces[f->face_count++] = copy;
  }
  uint16_t *slot = XS_PUSH(f->a, c->faces, c->count, c->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (uint16_t)index;
  return XS_OK;
}

static xs_status read_face(xs_fontset *f, chain *c, const xmlNode *element, xs_diags *diags)
{
  int32_t index = 0, scale = 1000, shift = 0;
  xs_status st = read_integer(element, "index", 0, 63, diags, &index);
  if (!st) st = read_integer(element, "scale", 500, 2000, diags, &scale);
  if (!st) st = read_integer(element, "shift", -500, 500, diags, &shift);
  xs_text file = xs_xml_attr(element, "file");
  if (!st && (!file.len || memchr(file.ptr, '/', file.len))) {
    xs_diag(diags, XS_D_FONTS_INVALID, xs_xml_attr_span(element, "file"),
            _("a face needs the name of a file, without a folder"));
    st = XS_EINPUT;
  }
  if (st) return st;
  xs_span at = xs_xml_attr_span(element, "file");
  xs_typeface t = {.file_name = xs_arena_text(f->a, file),
                   .scale_milli = scale,
                   .shift_milli = shift,
                   .face = {.family = xs_arena_text(f->a, xs_xml_attr(element, "family")),
                            .index = (uint32_t)index,
                            .place = {f->list, f->list_bytes, at.off, at.len}}};
  if (!t.file_name.ptr || !t.face.family.ptr ||
      !read_skipped(f->a, xs_xml_attr(element, "skip"), &t))
    return XS_ENOMEM;
  st = add_face(f, c, &t);
  if (st == XS_ELIMIT)
    xs_diag(diags, XS_D_LIMIT, xs_xml_span(element), _("more than %d faces"), MAX_FACES);
  return st;
}

static xs_status read_chain(xs_fontset *f, const xmlNode *element, xs_diags *diags)
{
  int which = LAST_RESORT;
  if (xs_xml_is(element, "role")) {
    which = role_of(xs_xml_attr(element, "name"));
    xs_text latin = xs_xml_attr(element, "latin");
    if (which < 0 || (latin.ptr && role_of(latin) < 0)) {
      xs_diag(diags, XS_D_FONTS_INVALID, xs_xml_attr_span(element, which < 0 ? "name" : "latin"),
              _("no such role; roles are 宋, 小标宋, 仿宋, 楷, 黑 and 西文"));
      return XS_EINPUT;
    }
    if (latin.ptr) f->chains[which].latin = role_of(latin);
  }
  xs_status st = XS_OK;
  for (xmlNodePtr face = xs_xml_child(element, "face"); face; face = xs_xml_next(face, "face")) {
    xs_status one = read_face(f, &f->chains[which], face, diags);
    if (one && !st) st = one;
  }
  return st;
}

static xs_status add_folder(xs_fontset *f, xs_text path, bool deep)
{
  folder *slot = XS_PUSH(f->a, f->folders, f->folder_count, f->folder_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (folder){xs_arena_text(f->a, path), deep};
  return slot->path.ptr ? XS_OK : XS_ENOMEM;
}

/* Keeps the list, since a broken face is found when it is first asked for. */
static xs_status keep_list(xs_fontset *f, const xmlNode *root, const xs_diags *diags)
{
  uint32_t source = xs_xml_span(root).source;
  f->list = xs_arena_text(f->a, xs_diags_source_name(diags, source));
  f->list_bytes = xs_arena_text(f->a, xs_diags_source_bytes(diags, source));
  return f->list.ptr && f->list_bytes.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status keep_patterns(xs_fontset *f, xs_text path)
{
  f->patterns = xs_arena_text(f->a, path);
  return f->patterns.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status read_fonts(xs_fontset *f, const xmlNode *root, xs_diags *diags)
{
  if (!root || !xs_xml_is(root, "fonts")) {
    xs_diag(diags, XS_D_FONTS_INVALID, root ? xs_xml_span(root) : XS_NOWHERE,
            _("a list of fonts begins with the element “fonts”"));
    return XS_EINPUT;
  }
  xs_status st = keep_list(f, root, diags);
  if (st) return st;
  for (xmlNodePtr e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
    xs_status one = XS_OK;
    if (xs_xml_is(e, "folder"))
      one = add_folder(f, xs_xml_attr(e, "path"), xs_xml_attr_is(e, "deep", "yes"));
    else if (xs_xml_is(e, "patterns"))
      one = keep_patterns(f, xs_xml_attr(e, "path"));
    else if (xs_xml_is(e, "role") || xs_xml_is(e, "last-resort"))
      one = read_chain(f, e, diags);
    else {
      xs_diag(diags, XS_D_FONTS_INVALID, xs_xml_span(e),
              _("“fonts” holds folder, patterns, role and last-resort"));
      one = XS_EINPUT;
    }
    if (one && !st) st = one;
  }
  return st;
}

xs_status xs_fontset_open(const xs_host *host, xs_text fonts_xml, const xs_text *dirs,
                          size_t dir_count, xs_diags *diags, xs_fontset **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(host);
  xs_fontset *f = a ? XS_NEW(a, xs_fontset) : NULL;
  if (!f) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  f->a = a;
  f->host = host;
  for (int i = 0; i < CHAIN_COUNT; i++) f->chains[i].latin = -1;
  xs_status st = XS_OK;
  for (size_t i = 0; i < dir_count && !st; i++) st = add_folder(f, dirs[i], false);
  xmlDocPtr doc = NULL;
  if (!st) st = xs_xml_load(a, fonts_xml, diags, &doc);
  if (!st) st = read_fonts(f, xmlDocGetRootElement(doc), diags);
  if (st) {
    xs_fontset_close(f);
    return st;
  }
  *out = f;
  return XS_OK;
}

void xs_fontset_close(xs_fontset *fonts)
{
  if (!fonts) return;
  for (size_t i = 0; i < fonts->face_count; i++) {
    xs_typeface *t = fonts->faces[i];
    if (t->state != XS_FACE_OPEN) continue;
    xs_typeface_close(t);
    fonts->host->unmap(fonts->host->user, t->bytes, t->bytes_len);
  }
  xs_hyphens_close(fonts->hyphens);
  xs_arena_free(fonts->a);
}

xs_hyphens *xs_fontset_hyphens(xs_fontset *fonts)
{
  if (!fonts->hyphens_tried && fonts->patterns.len)
    fonts->hyphens = xs_hyphens_open(fonts->patterns.ptr);
  fonts->hyphens_tried = true;
  return fonts->hyphens;
}

/* ---- finding and opening files ------------------------------------------------------------- */

typedef struct search {
  xs_fontset *f;
  xs_typeface *t;
  xs_text dir;
  unsigned depth;
  bool found;
} search;

static void set_broken(xs_fontset *f, xs_typeface *t, const char *fault)
{
  t->state = XS_FACE_BROKEN;
  t->fault = xs_arena_text(f->a, xs_text_of(fault));
}

/* Maps DIR/FILE and opens the face in it. True when the search is over: the file is there, be it
 * sound or not. */
static bool try_folder(xs_fontset *f, xs_typeface *t, xs_text dir)
{
  char path[1024];
  if (dir.len + 1 + t->file_name.len >= sizeof path) return false;
  memcpy(path, dir.ptr, dir.len);
  path[dir.len] = '/';
  memcpy(path + dir.len + 1, t->file_name.ptr, t->file_name.len);
  path[dir.len + 1 + t->file_name.len] = '\0';
  const void *bytes = NULL;
  size_t len = 0;
  int failed = f->host->map(f->host->user, path, XS_MAX_FONT_BYTES, &bytes, &len);
  int error = errno;
  if (failed && (error == ENOENT || error == ENOTDIR || error == ENOMEM)) return false;
  t->face.file = xs_arena_text(f->a, xs_text_of(path));
  if (failed) {
    set_broken(f, t, strerror(error));
    return true;
  }
  const char *fault = NULL;
  xs_status st = t->face.file.ptr ? xs_typeface_open(f->a, t, bytes, len, &fault) : XS_ENOMEM;
  if (st) {
    f->host->unmap(f->host->user, bytes, len);
    if (st == XS_EINPUT) set_broken(f, t, _(fault));
    return st == XS_EINPUT;
  }
  t->state = XS_FACE_OPEN;
  t->bytes = bytes;
  t->bytes_len = len;
  return true;
}

static void search_below(search *s);

/* A folder has no full stop in its name as a rule, a font file always has one. */
static int visit_entry(void *arg, const char *name)
{
  search *s = arg;
  if (strchr(name, '.')) return 0;
  search below = *s;
  below.depth++;
  below.dir = xs_arena_printf(s->f->a, "%.*s/%s", XS_TEXT(s->dir), name);
  if (below.dir.ptr) search_below(&below);
  s->found = below.found;
  return s->found;
}

static void search_below(search *s)
{
  s->found = try_folder(s->f, s->t, s->dir);
  if (s->found || s->depth >= MAX_FOLDER_DEPTH) return;
  xs_text dir = xs_arena_text(s->f->a, s->dir);
  if (dir.ptr) s->f->host->list(s->f->host->user, dir.ptr, visit_entry, s);
}

static bool open_face(xs_fontset *f, xs_typeface *t)
{
  if (t->state != XS_FACE_UNTRIED) return t->state == XS_FACE_OPEN;
  t->state = XS_FACE_MISSING;
  for (size_t i = 0; i < f->folder_count; i++) {
    search s = {.f = f, .t = t, .dir = f->folders[i].path};
    if (f->folders[i].deep)
      search_below(&s);
    else
      s.found = try_folder(f, t, s.dir);
    if (s.found) break;
  }
  return t->state == XS_FACE_OPEN;
}

/* ---- characters ---------------------------------------------------------------------------- */

/*
 * Whether the face draws the character with this glyph. One that leaves the paper empty counts as
 * lacking; one that cannot be drawn, or is not there, breaks the face.
 */
static bool draws(xs_fontset *f, xs_typeface *t, uint32_t codepoint, uint32_t glyph)
{
  xs_char_class class = xs_kinsoku_class(codepoint);
  bool may_be_empty =
      class == XS_CHAR_SPACE || class == XS_CHAR_WIDE_SPACE || class == XS_CHAR_INVISIBLE;
  switch (xs_typeface_look(t, glyph)) {
  case XS_GLYPH_INK:
    return true;
  case XS_GLYPH_EMPTY:
    return may_be_empty;
  case XS_GLYPH_BROKEN:
    break;
  }
  char fault[96];
  snprintf(fault, sizeof fault, _("the outline of U+%04X cannot be read"), (unsigned)codepoint);
  t->fault = xs_arena_text(f->a, xs_text_of(fault)); /* stays open for those who use it already */
  return false;
}

static bool ask_chain(xs_fontset *f, const chain *c, uint32_t codepoint, bool even_skipped,
                      cached *answer)
{
  for (size_t i = 0; i < c->count; i++) {
    xs_typeface *t = f->faces[c->faces[i]];
    if (!open_face(f, t) || (!even_skipped && xs_typeface_skips(t, codepoint))) continue;
    uint32_t glyph = xs_typeface_glyph(t, codepoint);
    if (!glyph || !draws(f, t, codepoint, glyph) || glyph > UINT16_MAX) continue;
    int32_t advance = xs_typeface_advance(t, glyph);
    *answer = (cached){(uint16_t)(c->faces[i] + 1), (uint16_t)glyph,
                       (uint16_t)(advance < 0            ? 0
                                  : advance > UINT16_MAX ? UINT16_MAX
                                                         : advance)};
    return true;
  }
  return false;
}

static cached *cache_slot(xs_fontset *f, chain *c, uint32_t codepoint)
{
  if (codepoint / 256 >= CACHED_PAGE_COUNT) return NULL;
  cached **page = &c->pages[codepoint / 256];
  if (!*page) *page = XS_NEW_ARRAY(f->a, 256, cached);
  return *page ? &(*page)[codepoint % 256] : NULL;
}

static bool find_in(xs_fontset *f, int which, uint32_t codepoint, xs_glyph_found *out)
{
  chain *c = &f->chains[which];
  cached uncached = {0};
  cached *slot = cache_slot(f, c, codepoint);
  if (!slot) slot = &uncached;
  if (!slot->face && !ask_chain(f, c, codepoint, false, slot) &&
      !ask_chain(f, c, codepoint, true, slot))
    slot->face = NO_FACE;
  if (slot->face == NO_FACE) return false;
  *out = (xs_glyph_found){f->faces[slot->face - 1], slot->glyph, slot->advance};
  return true;
}

bool xs_fontset_find(xs_fontset *fonts, xs_role role, bool western, uint32_t codepoint,
                     xs_glyph_found *out)
{
  int latin = western ? fonts->chains[role].latin : -1;
  return (latin >= 0 && find_in(fonts, latin, codepoint, out)) ||
         find_in(fonts, (int)role, codepoint, out) || find_in(fonts, LAST_RESORT, codepoint, out);
}

bool xs_fontset_find_variant(xs_fontset *fonts, xs_role role, uint32_t codepoint, uint32_t selector,
                             xs_glyph_found *out)
{
  const int order[] = {(int)role, LAST_RESORT};
  for (size_t k = 0; k < XS_COUNT(order); k++) {
    const chain *c = &fonts->chains[order[k]];
    for (size_t i = 0; i < c->count; i++) {
      xs_typeface *t = fonts->faces[c->faces[i]];
      uint32_t glyph = open_face(fonts, t) ? xs_typeface_variant(t, codepoint, selector) : 0;
      if (!glyph || !draws(fonts, t, codepoint, glyph)) continue;
      *out = (xs_glyph_found){t, glyph, xs_typeface_advance(t, glyph)};
      return true;
    }
  }
  return false;
}

bool xs_fontset_has(xs_fontset *fonts, xs_role role, uint32_t codepoint)
{
  xs_glyph_found found;
  return xs_fontset_find(fonts, role, false, codepoint, &found);
}

xs_status xs_fontset_sound(const xs_fontset *fonts, xs_diags *diags)
{
  xs_status st = XS_OK;
  for (size_t i = 0; i < fonts->face_count; i++) {
    const xs_typeface *t = fonts->faces[i];
    if (!t->fault.len) continue;
    xs_diag(diags, XS_D_FONT_BROKEN, xs_face_span(&t->face, diags),
            _("the font file %.*s cannot be used: %.*s; put a sound copy in its place or take the "
              "face out of the list"),
            XS_TEXT(t->face.file), XS_TEXT(t->fault));
    st = XS_EINPUT;
  }
  return st;
}

static const char *digest_of(xs_typeface *t)
{
  if (!t->digest[0] && xs_digest_hex(t->bytes, t->bytes_len, t->digest)) t->digest[0] = '\0';
  return t->digest[0] ? t->digest : NULL;
}

const char *xs_fontset_digest(xs_fontset *fonts, const xs_face *face)
{
  for (size_t i = 0; i < fonts->face_count; i++)
    if (&fonts->faces[i]->face == face) return digest_of(fonts->faces[i]);
  return NULL;
}

bool xs_fontset_at(xs_fontset *fonts, size_t i, xs_font_view *out)
{
  for (int which = 0; which < CHAIN_COUNT; which++) {
    const chain *c = &fonts->chains[which];
    if (i >= c->count) {
      i -= c->count;
      continue;
    }
    xs_typeface *t = fonts->faces[c->faces[i]];
    *out = (xs_font_view){(xs_role)which, t->face.family, t->file_name, open_face(fonts, t), ""};
    const char *digest = out->found ? digest_of(t) : NULL;
    if (out->found) out->file = t->face.file;
    if (digest) memcpy(out->digest, digest, sizeof out->digest);
    return true;
  }
  return false;
}
