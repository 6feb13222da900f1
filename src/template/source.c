#include "template/source.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

enum { MAX_FOLDERS_DEEP = 4, MAX_FOLDER_ENTRIES = 10000 };

xs_sources *xs_sources_new(const xs_host *host)
{
  xs_arena *a = xs_arena_new(host);
  xs_sources *s = a ? XS_NEW(a, xs_sources) : NULL;
  if (!s) {
    xs_arena_free(a);
    return NULL;
  }
  *s = (xs_sources){.a = a, .is_own = true};
  return s;
}

void xs_sources_free(xs_sources *s)
{
  if (s && s->is_own) xs_arena_free(s->a);
}

/* ---- finding files ---- */

typedef struct folder {
  xs_arena *a;
  xs_text *names;
  size_t count, capacity;
  bool failed;
} folder;

static int note_entry(void *arg, const char *name)
{
  folder *f = (folder *)arg;
  xs_text *slot = XS_PUSH(f->a, f->names, f->count, f->capacity);
  if (slot) *slot = xs_arena_text(f->a, xs_text_of(name));
  f->failed = !slot || !slot->ptr;
  return f->failed || f->count >= MAX_FOLDER_ENTRIES;
}

/* Plans, rule packs and schemas stand in folders of their own, and their ids are their own. */
static bool may_hold_templates(xs_text folder_name)
{
  static const char *const others[] = {"formats", "plans", "rules", "schema"};
  for (size_t i = 0; i < XS_COUNT(others); i++)
    if (xs_text_is(folder_name, others[i])) return false;
  return folder_name.len > 0 && !memchr(folder_name.ptr, '.', folder_name.len);
}

/* All files of a folder, its own before those of the folders in it. A folder that cannot be
 * listed is none. */
static xs_status list_files(xs_sources *s, const xs_host *host, xs_text dir, unsigned depth)
{
  folder f = {.a = s->a};
  if (host->list(host->user, dir.ptr, note_entry, &f) != 0) return XS_OK;
  if (f.failed) return XS_ENOMEM;
  for (size_t i = 0; i < f.count; i++) {
    if (!xs_text_ends(f.names[i], ".xml")) continue;
    xs_text path = xs_arena_printf(s->a, "%.*s/%.*s", XS_TEXT(dir), XS_TEXT(f.names[i]));
    xs_source_file *file = XS_PUSH(s->a, s->files, s->file_count, s->file_capacity);
    if (!path.ptr || !file) return XS_ENOMEM;
    *file = (xs_source_file){{f.names[i].ptr, f.names[i].len - strlen(".xml")}, path};
  }
  for (size_t i = 0; i < f.count && depth < MAX_FOLDERS_DEEP; i++) {
    if (!may_hold_templates(f.names[i])) continue;
    xs_text sub = xs_arena_printf(s->a, "%.*s/%.*s", XS_TEXT(dir), XS_TEXT(f.names[i]));
    xs_status st = sub.ptr ? list_files(s, host, sub, depth + 1) : XS_ENOMEM;
    if (st) return st;
  }
  return XS_OK;
}

static bool find(const xs_sources *s, xs_text id, xs_text *path)
{
  for (size_t i = 0; i < s->file_count; i++) {
    if (!xs_text_equal(s->files[i].id, id)) continue;
    *path = s->files[i].path;
    return true;
  }
  return false;
}

static xs_text folder_of(xs_text path)
{
  size_t len = path.len;
  while (len > 0 && path.ptr[len - 1] != '/') len--;
  return len > 1 ? (xs_text){path.ptr, len - 1} : XS_LIT(".");
}

static xs_status find_beside(xs_sources *s, const xs_host *host, xs_text id, xs_text beside,
                             bool *found, xs_text *path)
{
  xs_sources own = {.a = s->a};
  xs_text dir = xs_arena_text(s->a, folder_of(beside));
  xs_status st = dir.ptr ? list_files(&own, host, dir, MAX_FOLDERS_DEEP) : XS_ENOMEM;
  if (!st) *found = find(&own, id, path);
  return st;
}

static void report_unknown(const xs_sources *s, xs_text id, xs_span at, xs_diags *diags)
{
  unsigned best = xs_text_reach(id);
  const xs_source_file *near = NULL;
  for (size_t i = 0; i < s->file_count; i++) {
    unsigned distance = xs_text_distance(id, s->files[i].id, best);
    if (distance >= best) continue;
    best = distance;
    near = &s->files[i];
  }
  xs_diag(diags, XS_D_TEMPLATE_UNKNOWN, at, _("no template or library “%.*s”"), XS_TEXT(id));
  if (near) xs_diag_note(diags, XS_NOWHERE, _("the nearest name is “%.*s”"), XS_TEXT(near->id));
}

xs_status xs_source_find(xs_sources *s, const xs_template_place *place, xs_text id, xs_text beside,
                         xs_span at, xs_diags *diags, xs_text *path)
{
  xs_status st = XS_OK;
  if (!s->has_files) {
    xs_text dir = xs_arena_text(s->a, place->dir);
    st = dir.ptr ? list_files(s, place->host, dir, 0) : XS_ENOMEM;
    s->has_files = !st;
  }
  bool found = !st && find(s, id, path);
  if (!st && !found && beside.len) st = find_beside(s, place->host, id, beside, &found, path);
  if (st || found) return st;
  report_unknown(s, id, at, diags);
  return XS_EINPUT;
}

/* ---- reading ---- */

static xs_status read_definitions(xs_arena *a, xs_source *source, xs_diags *diags)
{
  size_t count = xs_xml_count(source->root, NULL);
  source->definitions = XS_NEW_ARRAY(a, count + 1, const xs_node *);
  if (!source->definitions) return XS_ENOMEM;
  for (const xmlNode *n = xs_xml_child(source->root, NULL); n; n = xs_xml_next(n, NULL)) {
    xs_node *read = NULL;
    xs_status st = xs_node_read(a, n, source->path, diags, &read);
    if (st) return st;
    if (read) source->definitions[source->definition_count++] = read;
  }
  return XS_OK;
}

static xs_status read_source(xs_sources *s, const xs_template_place *place, xs_text path,
                             xs_diags *diags, xs_source *source)
{
  size_t before = xs_diags_count(diags, XS_ERROR);
  source->path = xs_arena_text(s->a, path);
  if (!source->path.ptr) return XS_ENOMEM;
  xs_status st = xs_xml_load(s->a, source->path, diags, &source->doc);
  if (!st && place->schema) st = xs_schema_check(place->schema, source->doc, diags);
  if (st) return st;
  xs_xml_strip_namespace(source->doc);
  source->root = xmlDocGetRootElement(source->doc);
  source->is_library = xs_xml_is(source->root, "library");
  st = read_definitions(s->a, source, diags);
  return st ? st : xs_diags_since(diags, before);
}

xs_status xs_source_open(xs_sources *s, const xs_template_place *place, xs_text path,
                         xs_diags *diags, const xs_source **out)
{
  for (size_t i = 0; i < s->count; i++) {
    *out = s->items[i];
    if (xs_text_equal((*out)->path, path)) return XS_OK;
  }
  xs_source *source = XS_NEW(s->a, xs_source);
  xs_status st = source ? read_source(s, place, path, diags, source) : XS_ENOMEM;
  if (st && (st != XS_EINPUT || !source->root)) return st;
  *out = source; /* what could be read, so that mistakes further on are found in the same run */
  if (st) return XS_OK;
  xs_source **slot = XS_PUSH(s->a, s->items, s->count, s->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = source;
  return XS_OK;
}
