#include "packet/manifest.h"
#include "packet/packet.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

/* A failure anywhere is kept and asked for once, at the end. */
typedef struct writer {
  const xs_packet *p;
  bool failed;
} writer;

static void set(writer *w, json_t *object, const char *key, json_t *value)
{
  if (!value || json_object_set_new(object, key, value) != 0) w->failed = true;
}

static void set_text(writer *w, json_t *object, const char *key, xs_text t)
{
  set(w, object, key, json_stringn(t.len ? t.ptr : "", t.len));
}

static void set_number(writer *w, json_t *object, const char *key, size_t value)
{
  set(w, object, key, json_integer((json_int_t)value));
}

static json_t *append_object(writer *w, json_t *array)
{
  json_t *object = json_object();
  if (!object || json_array_append_new(array, object) != 0) {
    w->failed = true;
    return NULL;
  }
  return object;
}

static json_t *source(writer *w, xs_text id, xs_text version, const char *digest)
{
  json_t *object = json_object();
  if (!object) return NULL;
  set_text(w, object, "id", id);
  if (version.len) set_text(w, object, "version", version);
  if (digest) set_text(w, object, "sha256", xs_text_of(digest));
  return object;
}

static json_t *engine(writer *w)
{
  json_t *object = json_object();
  if (!object) return NULL;
  set_text(w, object, "name", XS_LIT("xieshang"));
  set_text(w, object, "version", xs_text_of(xs_version()));
  return object;
}

static const char *media_type(xs_text name)
{
  if (xs_text_ends(name, ".pdf")) return "application/pdf";
  if (xs_text_ends(name, ".xml")) return "application/xml";
  if (xs_text_ends(name, ".png")) return "image/png";
  if (xs_text_ends(name, ".jpg") || xs_text_ends(name, ".jpeg")) return "image/jpeg";
  return "application/octet-stream";
}

static const xs_paper *find_paper(const xs_packet *p, xs_text file)
{
  for (size_t i = 0; i < p->paper_count; i++)
    if (xs_text_equal(p->papers[i].file, file)) return &p->papers[i];
  return NULL;
}

static void add_paper(writer *w, json_t *object, const xs_paper *paper)
{
  set_number(w, object, "order", paper->order);
  set_text(w, object, "number", paper->entry->number);
  set_text(w, object, "title", paper->title);
  if (paper->page_count) {
    set_number(w, object, "pages", paper->page_count);
    set_number(w, object, "first-page", paper->first_page);
  }
  if (paper->t)
    set(w, object, "template",
        source(w, xs_template_id(paper->t), xs_template_version(paper->t),
               xs_template_digest(paper->t)));
}

/* Also a line of the sums. */
static xs_status add_file(writer *w, json_t *files, const xs_host_file *file, xs_buf *sums)
{
  char digest[65];
  xs_status status = xs_digest_hex(file->ptr, file->len, digest);
  if (status) return status;
  json_t *object = append_object(w, files);
  if (!object) return XS_ENOMEM;
  set_text(w, object, "name", file->name);
  set_number(w, object, "size", file->len);
  set_text(w, object, "sha256", xs_text_of(digest));
  set_text(w, object, "type", xs_text_of(media_type(file->name)));
  const xs_paper *paper = find_paper(w->p, file->name);
  if (paper) add_paper(w, object, paper);
  return xs_sums_line(sums, xs_text_of(digest), file->name);
}

static json_t *missing(writer *w)
{
  json_t *list = json_array();
  if (!list) return NULL;
  for (size_t i = 0; i < w->p->missing_count; i++) {
    const xs_missing *m = &w->p->missing[i];
    json_t *object = append_object(w, list);
    if (!object) continue;
    set_text(w, object, "number", m->entry->number);
    set_text(w, object, "title", m->title);
    set_text(w, object, "reason", m->reason);
    if (m->law.len) set_text(w, object, "law", m->law);
  }
  return list;
}

/* ---- fonts ---- */

/* Faces of the pages, one a file, in the order of their names: few, so an array is enough. */
typedef struct faces {
  xs_arena *a;
  const xs_face **items;
  size_t count, capacity;
} faces;

static bool add_face(faces *f, const xs_face *face)
{
  size_t at = 0;
  for (; at < f->count; at++) {
    int order = xs_text_compare(f->items[at]->file, face->file);
    if (order == 0) return true;
    if (order > 0) break;
  }
  const xs_face **slot = XS_PUSH(f->a, f->items, f->count, f->capacity);
  if (!slot) return false;
  memmove(f->items + at + 1, f->items + at, (f->count - 1 - at) * sizeof(const xs_face *));
  f->items[at] = face;
  return true;
}

static bool add_faces(faces *f, const xs_pagelist *list)
{
  const xs_face *last = NULL;
  for (size_t i = 0; list && i < list->page_count; i++) {
    for (size_t k = 0; k < list->pages[i].item_count; k++) {
      const xs_item *item = &list->pages[i].items[k];
      if (item->kind != XS_ITEM_GLYPHS || item->u.glyphs.face == last) continue;
      last = item->u.glyphs.face;
      if (!add_face(f, last)) return false;
    }
  }
  return true;
}

/* Paths differ between machines; the name of the file does not. */
static xs_text base_name(xs_text path)
{
  size_t off = path.len;
  while (off > 0 && path.ptr[off - 1] != '/') off--;
  return (xs_text){path.ptr + off, path.len - off};
}

static json_t *fonts(writer *w)
{
  const xs_packet *p = w->p;
  faces f = {.a = p->a};
  json_t *list = json_array();
  for (size_t i = 0; i < p->paper_count; i++)
    if (!add_faces(&f, p->papers[i].pages)) w->failed = true;
  for (size_t i = 0; i < p->leaf_count; i++)
    if (!add_faces(&f, p->leaves[i].pages)) w->failed = true;
  for (size_t i = 0; list && i < f.count; i++) {
    const char *digest = xs_fontset_digest(p->engine->fonts, f.items[i]);
    json_t *object = append_object(w, list);
    if (!digest || !object) {
      w->failed = true;
      break;
    }
    set_text(w, object, "file", base_name(f.items[i]->file));
    set_text(w, object, "sha256", xs_text_of(digest));
  }
  return list;
}

/* ---- the whole ---- */

static int append(const char *bytes, size_t len, void *out)
{
  return xs_buf_add(out, bytes, len) ? -1 : 0;
}

/* Where the log of the case stood, for whoever holds the packet against it later. */
static json_t *log_of(writer *w, const xmlNode *record)
{
  size_t count = 0;
  xs_text head = XS_NO_TEXT;
  json_t *object = json_object();
  if (!object) return NULL;
  for (const xmlNode *e = xs_xml_child(record, "event"); e; e = xs_xml_next(e, "event")) {
    count++;
    head = xs_xml_attr(e, "hash");
  }
  set_number(w, object, "events", count);
  set_text(w, object, "head", head);
  return object;
}

static void describe(writer *w, json_t *root)
{
  const xs_packet *p = w->p;
  char date[16];
  xs_date day = {0};
  (void)xs_date_of_number(p->date, &day);
  snprintf(date, sizeof date, "%04d-%02d-%02d", day.year, day.month, day.day);
  set_text(w, root, "format", XS_LIT(XS_MANIFEST_FORMAT));
  set(w, root, "engine", engine(w));
  set_text(w, root, "date", xs_text_of(date));
  set(w, root, "case", source(w, p->kase->id, XS_NO_TEXT, xs_xml_digest(p->kase->doc)));
  set(w, root, "plan", source(w, p->plan->id, p->plan->version, p->plan->digest));
  xs_text version = xs_xml_attr(xmlDocGetRootElement(p->rules->doc), "version");
  set(w, root, "rules", source(w, p->rules->id, version, xs_rules_digest(p->rules)));
  if (p->record) set(w, root, "log", log_of(w, p->record));
  set_number(w, root, "pages", p->page_count);
}

xs_status xs_manifest_write(const xs_packet *p, const xs_host_file *files, size_t count,
                            xs_buf *manifest, xs_buf *sums)
{
  writer w = {.p = p};
  json_t *root = json_object();
  json_t *list = json_array();
  xs_status status = root && list ? XS_OK : XS_ENOMEM;
  if (!status) describe(&w, root);
  for (size_t i = 0; i < count && !status; i++) status = add_file(&w, list, &files[i], sums);
  if (!status) {
    set(&w, root, "files", json_incref(list));
    set(&w, root, "missing", missing(&w));
    set(&w, root, "fonts", fonts(&w));
    if (w.failed) status = XS_ENOMEM;
  }
  if (!status && json_dump_callback(root, append, manifest, JSON_INDENT(2)) != 0)
    status = manifest->status ? manifest->status : XS_ENOMEM;
  if (!status) status = xs_buf_str(manifest, "\n");
  json_decref(list);
  json_decref(root);

  char digest[65];
  if (!status) status = xs_digest_hex(manifest->ptr, manifest->len, digest);
  if (!status) status = xs_sums_line(sums, xs_text_of(digest), XS_LIT(XS_MANIFEST_NAME));
  return status;
}
