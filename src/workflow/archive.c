#include "workflow/archive.h"

#include "base/limits.h"
#include "base/text.h"
#include "packet/zip.h"
#include "workflow/record.h"

#include <stdio.h>

/* ---- rows as elements ---- */

typedef enum form { TEXT, NUMBER, DAY } form;

typedef struct member {
  xs_archive_row row;
  const char *attribute;
  size_t off;
  form form;
} member;

static const member members_of_rows[] = {
#define X(row, attribute, type, name, form)                                                        \
  {XS_ARCHIVE_##row, attribute, offsetof(type, name), form},
#include "workflow/archive.def"
#undef X
};

const char *xs_archive_element(xs_archive_row row)
{
  static const char *const names[XS_ARCHIVE_ROW_COUNT] = {
      [XS_ARCHIVE_REVISION] = "revision", [XS_ARCHIVE_DOCUMENT] = "document",
      [XS_ARCHIVE_SLOT] = "slot",         [XS_ARCHIVE_SIGNOFF] = "signoff",
      [XS_ARCHIVE_FILE] = "file",
  };
  return names[row];
}

static bool put_member(xmlNodePtr e, const member *m, const void *members)
{
  const void *at = (const char *)members + m->off;
  switch (m->form) {
  case TEXT:
    return xs_xml_put(e, m->attribute, *(const xs_text *)at);
  case NUMBER:
    return !*(const int64_t *)at || xs_xml_put_number(e, m->attribute, *(const int64_t *)at);
  case DAY:
    return !*(const uint32_t *)at || xs_xml_put_number(e, m->attribute, *(const uint32_t *)at);
  }
  return false;
}

xmlNodePtr xs_archive_put(xmlNodePtr parent, xs_archive_row row, const void *members)
{
  xmlNodePtr e = xs_xml_add(parent, xs_archive_element(row));
  for (size_t i = 0; e && i < XS_COUNT(members_of_rows); i++)
    if (members_of_rows[i].row == row && !put_member(e, &members_of_rows[i], members)) return NULL;
  return e;
}

static bool get_member(const xmlNode *e, const member *m, void *members)
{
  void *at = (char *)members + m->off;
  xs_text value = xs_xml_attr(e, m->attribute);
  uint64_t number = 0;
  if (m->form == TEXT) {
    *(xs_text *)at = value.ptr ? value : XS_LIT("");
    return true;
  }
  if (value.ptr && !xs_text_uint(value, &number)) return false;
  if (number > (m->form == DAY ? UINT32_MAX : (uint64_t)INT64_MAX)) return false;
  if (m->form == DAY)
    *(uint32_t *)at = (uint32_t)number;
  else
    *(int64_t *)at = (int64_t)number;
  return true;
}

bool xs_archive_get(const xmlNode *element, xs_archive_row row, void *members)
{
  for (size_t i = 0; i < XS_COUNT(members_of_rows); i++)
    if (members_of_rows[i].row == row && !get_member(element, &members_of_rows[i], members))
      return false;
  return true;
}

/* ---- writing ---- */

typedef struct writing {
  xs_office *office;
  xs_arena *a;
  xs_text uid;
  xs_diags *diags;
  xmlNodePtr root; /* of archive.xml */
  uint32_t date;   /* of the last event: of the files in the archive */
  xs_host_file *files;
  size_t file_count, file_capacity;
} writing;

static xs_status add_file(writing *w, xs_text name, xs_text bytes)
{
  xs_host_file *slot = name.ptr ? XS_PUSH(w->a, w->files, w->file_count, w->file_capacity) : NULL;
  if (!slot) return XS_ENOMEM;
  *slot = (xs_host_file){name, bytes.ptr, bytes.len};
  return XS_OK;
}

static xs_status write_revisions(writing *w)
{
  xs_store_revision *rows = NULL;
  size_t count = 0;
  xs_store *store = w->office->store;
  xs_status st = xs_store_revision_list(w->a, store, w->uid, w->diags, &rows, &count);
  for (size_t i = 0; i < count && !st; i++) {
    xs_text bytes = XS_NO_TEXT;
    xs_text name = xs_arena_printf(w->a, "revisions/%06lld.xml", (long long)rows[i].number);
    st = xs_store_revision_get(w->a, store, w->uid, rows[i].number, w->diags, &bytes);
    if (!st) st = add_file(w, name, bytes);
    if (!st && !xs_archive_put(w->root, XS_ARCHIVE_REVISION, &rows[i])) st = XS_ENOMEM;
  }
  return st;
}

static xs_status write_slots(writing *w, xs_text document, xmlNodePtr e)
{
  xs_store_slot *slots = NULL;
  xs_store_signoff *signoffs = NULL;
  size_t slot_count = 0, signoff_count = 0;
  xs_store *store = w->office->store;
  xs_status st = xs_store_slot_list(w->a, store, w->uid, document, w->diags, &slots, &slot_count);
  if (!st)
    st = xs_store_signoff_list(w->a, store, w->uid, document, w->diags, &signoffs, &signoff_count);
  for (size_t i = 0; i < slot_count && !st; i++)
    if (!xs_archive_put(e, XS_ARCHIVE_SLOT, &slots[i])) st = XS_ENOMEM;
  for (size_t i = 0; i < signoff_count && !st; i++)
    if (!xs_archive_put(e, XS_ARCHIVE_SIGNOFF, &signoffs[i])) st = XS_ENOMEM;
  return st;
}

static xs_status write_documents(writing *w)
{
  xs_store_document *rows = NULL;
  size_t count = 0;
  xs_store *store = w->office->store;
  xs_status st = xs_store_document_list(w->a, store, w->uid, w->diags, &rows, &count);
  for (size_t i = 0; i < count && !st; i++) {
    xs_text bytes = XS_NO_TEXT, name = xs_arena_printf(w->a, "documents/%04zu.pdf", i + 1);
    st = xs_store_document_bytes(w->a, store, w->uid, rows[i].id, w->diags, &bytes);
    if (!st) st = add_file(w, name, bytes);
    xmlNodePtr e = st ? NULL : xs_archive_put(w->root, XS_ARCHIVE_DOCUMENT, &rows[i]);
    if (!st) st = e ? write_slots(w, rows[i].id, e) : XS_ENOMEM;
  }
  return st;
}

/* One file may have several names. */
static xs_status write_files(writing *w)
{
  xs_store_file *rows = NULL;
  size_t count = 0;
  xs_store *store = w->office->store;
  xs_status st = xs_store_file_list(w->a, store, w->uid, w->diags, &rows, &count);
  for (size_t i = 0; i < count && !st; i++) {
    size_t before = 0;
    while (before < i && !xs_text_equal(rows[before].digest, rows[i].digest)) before++;
    xs_text bytes = XS_NO_TEXT, name = xs_arena_printf(w->a, "files/%.*s", XS_TEXT(rows[i].digest));
    if (before == i) st = xs_store_file_get(w->a, store, w->uid, rows[i].digest, w->diags, &bytes);
    if (!st && before == i) st = add_file(w, name, bytes);
    if (!st && !xs_archive_put(w->root, XS_ARCHIVE_FILE, &rows[i])) st = XS_ENOMEM;
  }
  return st;
}

static xs_status write_events(writing *w)
{
  xs_event *events = NULL;
  size_t count = 0;
  xs_buf lines;
  xs_buf_init(&lines, w->office->host, XS_MAX_BUF_BYTES);
  xs_status st = xs_store_event_list(w->a, w->office->store, w->uid, w->diags, &events, &count);
  for (size_t i = 0; i < count && !st; i++) {
    st = xs_event_write(&events[i], &lines);
    if (!st) st = xs_buf_str(&lines, "\n");
  }
  for (size_t i = 0; i < count; i++)
    if (events[i].date > w->date) w->date = events[i].date;
  xs_text kept = st ? XS_NO_TEXT : xs_arena_text(w->a, xs_buf_view(&lines));
  xs_buf_free(&lines);
  if (!st && !kept.ptr) st = XS_ENOMEM;
  return st ? st : add_file(w, XS_LIT("events.jsonl"), kept);
}

static xs_status write_pack(writing *w, xs_text digest)
{
  xs_store_pack pack;
  xs_status st = xs_store_pack_get(w->a, w->office->store, digest, w->diags, &pack);
  if (st) return st;
  xmlNodePtr e = xs_xml_add(w->root, "pack");
  if (!xs_xml_put(e, "id", pack.id) || !xs_xml_put(e, "version", pack.version) ||
      !xs_xml_put(e, "digest", digest))
    return XS_ENOMEM;
  return add_file(w, XS_LIT("pack.xml"), pack.bytes);
}

static void free_doc(void *doc)
{
  xmlFreeDoc(doc);
}

static void free_text(void *text)
{
  xmlFree(text);
}

static xs_status begin_index(writing *w, const xs_store_case *row)
{
  xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
  if (!doc || !xs_arena_defer(w->a, free_doc, doc)) return XS_ENOMEM;
  w->root = xmlNewDocNode(doc, NULL, BAD_CAST "archive", NULL);
  if (!w->root) return XS_ENOMEM;
  xmlDocSetRootElement(doc, w->root);
  return xmlNewProp(w->root, BAD_CAST "xmlns", BAD_CAST XS_ARCHIVE_NAMESPACE) &&
                 xs_xml_put(w->root, "case", row->uid) && xs_xml_put(w->root, "head", row->head) &&
                 xs_xml_put_number(w->root, "events", row->events)
             ? XS_OK
             : XS_ENOMEM;
}

static xs_status end_index(writing *w)
{
  xmlChar *text = NULL;
  int len = 0;
  xmlDocDumpFormatMemoryEnc(w->root->doc, &text, &len, "UTF-8", 1);
  if (!text || !xs_arena_defer(w->a, free_text, text)) return XS_ENOMEM;
  return add_file(w, XS_LIT("archive.xml"), (xs_text){(const char *)text, (size_t)len});
}

static xs_status write_all(writing *w, xs_buf *out)
{
  xs_store_case row;
  xs_status st = xs_store_case_find(w->a, w->office->store, w->uid, w->diags, &row);
  if (!st) st = begin_index(w, &row);
  if (!st) st = write_pack(w, row.pack);
  if (!st) st = write_revisions(w);
  if (!st) st = write_documents(w);
  if (!st) st = write_files(w);
  if (!st) st = write_events(w);
  if (!st) st = end_index(w);
  return st ? st : xs_zip_write(w->office->host, w->files, w->file_count, w->date, w->diags, out);
}

/* All of it is of one moment, whoever writes meanwhile. */
xs_status xs_archive_write(xs_office *office, xs_text uid, xs_diags *diags, xs_buf *out)
{
  writing w = {.office = office, .a = xs_arena_new(office->host), .uid = uid, .diags = diags};
  xs_status st = w.a ? xs_store_begin_read(office->store, diags) : XS_ENOMEM;
  if (!st) {
    st = write_all(&w, out);
    xs_store_rollback(office->store);
  }
  xs_arena_free(w.a);
  return st;
}
