/* An archive back into a store. Nothing in it is believed that a digest does not confirm. */
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "packet/zip.h"
#include "workflow/archive.h"

#include <stdio.h>

typedef struct reading {
  xs_office *office;
  xs_arena *a;
  xs_text shown;
  xs_diags *diags;
  xs_zip *zip;
  xmlDocPtr doc; /* archive.xml */
  const xmlNode *root;
  xs_text uid;
} reading;

static xs_status say_broken(const reading *r, const char *what)
{
  xs_diag(r->diags, XS_D_ARCHIVE_BROKEN, XS_NOWHERE, _("“%.*s” is no whole archive of a case: %s"),
          XS_TEXT(r->shown), what);
  return XS_EINPUT;
}

static xs_status say_changed(const reading *r, const char *entry)
{
  xs_diag(r->diags, XS_D_ARCHIVE_CHANGED, XS_NOWHERE,
          _("“%.*s”: %s is not what the archive says; do not use it, ask its sender for another"),
          XS_TEXT(r->shown), entry);
  return XS_EINPUT;
}

/* ---- entries ---- */

static void free_buf(void *buf)
{
  xs_buf_free(buf);
}

/* One entry, whole; it lives as long as the reading. */
static xs_status find_entry(const reading *r, const char *name, size_t max_bytes, xs_text *out)
{
  xs_buf *buf = XS_NEW(r->a, xs_buf);
  if (!buf) return XS_ENOMEM;
  xs_buf_init(buf, r->office->host, max_bytes);
  if (!xs_arena_defer(r->a, free_buf, buf)) return XS_ENOMEM;
  xs_status st = xs_zip_find(r->zip, name, max_bytes, buf);
  if (st == XS_EINPUT) return say_broken(r, name);
  *out = xs_buf_view(buf);
  if (!out->ptr) *out = XS_LIT("");
  return st;
}

static xs_status find_digested(const reading *r, const char *name, size_t max_bytes, xs_text digest,
                               xs_text *out)
{
  char hex[65];
  xs_status st = find_entry(r, name, max_bytes, out);
  if (!st) st = xs_digest_hex(out->ptr, out->len, hex);
  if (!st && !xs_text_is(digest, hex)) st = say_changed(r, name);
  return st;
}

static xs_status say_bad_row(const reading *r, const xmlNode *e)
{
  xs_diag(r->diags, XS_D_ARCHIVE_BROKEN, xs_xml_span(e),
          _("“%.*s” is no whole archive of a case: %s"), XS_TEXT(r->shown), "archive.xml");
  return XS_EINPUT;
}

/* ---- rows ---- */

static xs_status read_pack(const reading *r, xs_text *digest)
{
  const xmlNode *e = xs_xml_child(r->root, "pack");
  xs_store_pack pack = {.id = xs_xml_attr(e, "id"), .version = xs_xml_attr(e, "version")};
  char hex[65];
  if (!e || !pack.id.ptr || !pack.version.ptr) return say_bad_row(r, r->root);
  *digest = xs_xml_attr(e, "digest");
  xs_status st = find_digested(r, "pack.xml", XS_MAX_XML_BYTES, *digest, &pack.bytes);
  return st ? st : xs_store_pack_put(r->office->store, &pack, r->diags, hex);
}

static xs_status read_revision(const reading *r, const xmlNode *e)
{
  char name[64];
  xs_text bytes;
  xs_store_revision row = {0};
  if (!xs_archive_get(e, XS_ARCHIVE_REVISION, &row)) return say_bad_row(r, e);
  snprintf(name, sizeof name, "revisions/%06lld.xml", (long long)row.number);
  xs_status st = find_digested(r, name, XS_MAX_XML_BYTES, row.digest, &bytes);
  return st ? st
            : xs_store_revision_restore(r->office->store, r->uid, row.number, bytes, row.at, row.by,
                                        r->diags);
}

static xs_status read_slots(const reading *r, const xmlNode *e, xs_store_slot **slots,
                            size_t *count)
{
  size_t capacity = 0;
  const char *name = xs_archive_element(XS_ARCHIVE_SLOT);
  for (const xmlNode *s = xs_xml_child(e, name); s; s = xs_xml_next(s, name)) {
    xs_store_slot *slot = XS_PUSH(r->a, *slots, *count, capacity);
    if (!slot) return XS_ENOMEM;
    *slot = (xs_store_slot){0};
    if (!xs_archive_get(s, XS_ARCHIVE_SLOT, slot)) return say_bad_row(r, s);
  }
  return XS_OK;
}

static xs_status read_signoffs(const reading *r, const xmlNode *e, xs_text document)
{
  const char *name = xs_archive_element(XS_ARCHIVE_SIGNOFF);
  for (const xmlNode *s = xs_xml_child(e, name); s; s = xs_xml_next(s, name)) {
    xs_store_signoff row = {0};
    if (!xs_archive_get(s, XS_ARCHIVE_SIGNOFF, &row)) return say_bad_row(r, s);
    xs_status st = xs_store_signoff_put(r->office->store, r->uid, document, &row, r->diags);
    if (st) return st;
  }
  return XS_OK;
}

static xs_status read_document(const reading *r, const xmlNode *e, size_t number)
{
  char name[64];
  xs_text bytes;
  xs_store_document row = {0};
  xs_store_slot *slots = NULL;
  size_t slot_count = 0;
  if (!xs_archive_get(e, XS_ARCHIVE_DOCUMENT, &row)) return say_bad_row(r, e);
  snprintf(name, sizeof name, "documents/%04zu.pdf", number);
  xs_status st = find_digested(r, name, XS_MAX_PDF_BYTES, row.digest, &bytes);
  if (!st) st = read_slots(r, e, &slots, &slot_count);
  if (!st)
    st = xs_store_document_put(r->office->store, r->uid, &row, bytes, slots, slot_count, r->diags);
  return st ? st : read_signoffs(r, e, row.id);
}

static xs_status read_file(const reading *r, const xmlNode *e)
{
  char name[80], digest[65];
  xs_text bytes;
  xs_store_file row = {0};
  if (!xs_archive_get(e, XS_ARCHIVE_FILE, &row)) return say_bad_row(r, e);
  snprintf(name, sizeof name, "files/%.*s", XS_TEXT(row.digest));
  xs_status st = find_digested(r, name, XS_MAX_ATTACHED_BYTES, row.digest, &bytes);
  return st ? st
            : xs_store_file_put(r->office->store, r->uid, row.name, bytes, row.what, row.by,
                                r->diags, digest);
}

/* Scans are files, which sign-offs point at: files come first. */
static xs_status read_rows(const reading *r)
{
  size_t document = 0;
  xs_status st = XS_OK;
  for (const xmlNode *e = xs_xml_child(r->root, "revision"); e && !st;
       e = xs_xml_next(e, "revision"))
    st = read_revision(r, e);
  for (const xmlNode *e = xs_xml_child(r->root, "file"); e && !st; e = xs_xml_next(e, "file"))
    st = read_file(r, e);
  for (const xmlNode *e = xs_xml_child(r->root, "document"); e && !st;
       e = xs_xml_next(e, "document"))
    st = read_document(r, e, ++document);
  return st;
}

/* ---- the log ---- */

static xs_status read_events(const reading *r)
{
  xs_text lines;
  xs_status st = find_entry(r, "events.jsonl", XS_MAX_MANIFEST_BYTES, &lines);
  for (size_t from = 0; from < lines.len && !st;) {
    size_t to = from;
    while (to < lines.len && lines.ptr[to] != '\n') to++;
    st = xs_store_event_restore(r->office->store, r->uid, (xs_text){lines.ptr + from, to - from},
                                r->diags);
    from = to + 1;
  }
  xs_store_case row;
  if (!st) st = xs_store_case_find(r->a, r->office->store, r->uid, r->diags, &row);
  if (!st && !xs_text_equal(row.head, xs_xml_attr(r->root, "head")))
    st = say_changed(r, "events.jsonl");
  return st;
}

/* ---- the whole ---- */

static xs_status open_archive(reading *r, xs_text bytes)
{
  xs_text index;
  xs_status st = xs_zip_open(r->a, bytes, r->shown, r->diags, &r->zip);
  if (!st && xs_zip_contradicts_itself(r->zip)) return say_changed(r, "ZIP");
  if (!st) st = find_entry(r, "archive.xml", XS_MAX_XML_BYTES, &index);
  if (!st) st = xs_xml_parse(r->a, XS_LIT("archive.xml"), index, r->diags, &r->doc);
  if (st) return st;
  r->root = xmlDocGetRootElement(r->doc);
  bool ours =
      r->root->ns && xs_text_is(xs_text_of((const char *)r->root->ns->href), XS_ARCHIVE_NAMESPACE);
  r->uid = xs_xml_attr(r->root, "case");
  return ours && r->uid.len ? XS_OK : say_bad_row(r, r->root);
}

/* Title and the like follow from the last revision, when the rows beside the case are made. */
static xs_status add_case(const reading *r)
{
  xs_store_case row = {.uid = r->uid,
                       .title = XS_LIT(""),
                       .kind = XS_LIT(""),
                       .year = XS_LIT(""),
                       .state = XS_LIT("")};
  xs_status st = read_pack(r, &row.pack);
  return st ? st : xs_store_case_add(r->office->store, &row, r->diags);
}

xs_status xs_archive_read(xs_arena *a, xs_office *office, xs_text bytes, xs_text shown,
                          xs_diags *diags, xs_text *uid)
{
  reading r = {.office = office, .a = a, .shown = shown, .diags = diags};
  xs_status st = open_archive(&r, bytes);
  if (!st) st = add_case(&r);
  if (!st) st = read_rows(&r);
  if (!st) st = read_events(&r);
  *uid = r.uid;
  return st;
}
