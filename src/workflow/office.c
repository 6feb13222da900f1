#include "workflow/office.h"

#include "base/limits.h"
#include "base/text.h"
#include "workflow/record.h"

#include <errno.h>

/* ---- opening ---- */

static xs_status load_roles(xs_office *office)
{
  const xs_schema *schema = NULL;
  xs_text path = xs_arena_printf(office->arena, "%.*s/workflow/roles.xml",
                                 XS_TEXT(office->engine->template_dir));
  if (!path.ptr) return XS_ENOMEM;
  xs_status st = xs_engine_schema(office->engine, XS_VOCABULARY_ROLES, office->diags, &schema);
  return st ? st : xs_roles_load(office->arena, schema, path, office->diags, &office->roles);
}

xs_status xs_office_open(xs_engine *engine, const char *path, unsigned flags, xs_diags *diags,
                         xs_office **out)
{
  const xs_host *host = engine->host;
  unsigned how = (flags & XS_OFFICE_CREATE ? XS_STORE_CREATE : 0u) |
                 (flags & XS_OFFICE_READ_ONLY ? XS_STORE_READ_ONLY : 0u);
  *out = NULL;
  xs_office *office = host->resize(host->user, NULL, sizeof *office);
  if (!office) return XS_ENOMEM;
  *office = (xs_office){.host = host,
                        .engine = engine,
                        .diags = diags,
                        .read_only = (flags & XS_OFFICE_READ_ONLY) != 0,
                        .arena = xs_arena_new(host)};
  xs_status st = office->arena ? load_roles(office) : XS_ENOMEM;
  if (!st) st = xs_workflow_load(engine, diags, &office->workflow);
  if (!st) st = xs_clock_load(engine, NULL, diags, &office->clock);
  if (!st) st = xs_store_open(host, path, how, diags, &office->store);
  if (st)
    xs_office_close(office);
  else
    *out = office;
  return st;
}

void xs_office_close(xs_office *office)
{
  if (!office) return;
  xs_store_close(office->store);
  xs_clock_free(office->clock);
  xs_workflow_free(office->workflow);
  for (size_t i = 0; i < office->pack_count; i++) xs_rules_free(office->packs[i].rules);
  xs_arena_free(office->last);
  xs_arena_free(office->arena);
  office->host->resize(office->host->user, office, 0);
}

xs_arena *xs_office_answer(xs_office *office)
{
  xs_arena_free(office->last);
  office->last = xs_arena_new(office->host);
  return office->last;
}

/* ---- rule packs ---- */

static xs_status keep_pack(xs_office *office, xs_text digest, xs_rules *rules)
{
  xs_text name = xs_arena_text(office->arena, digest);
  xs_office_pack *slot =
      name.ptr ? XS_PUSH(office->arena, office->packs, office->pack_count, office->pack_capacity)
               : NULL;
  if (!slot) {
    xs_rules_free(rules);
    return XS_ENOMEM;
  }
  *slot = (xs_office_pack){name, rules};
  return XS_OK;
}

xs_status xs_office_pack_find(xs_office *office, xs_text digest, xs_diags *diags,
                              const xs_rules **out)
{
  for (size_t i = 0; i < office->pack_count; i++) {
    if (!xs_text_equal(office->packs[i].digest, digest)) continue;
    *out = office->packs[i].rules;
    return XS_OK;
  }
  xs_store_pack pack;
  xs_rules *rules = NULL;
  xs_arena *a = xs_arena_new(office->host);
  xs_status st = a ? xs_store_pack_get(a, office->store, digest, diags, &pack) : XS_ENOMEM;
  if (!st) st = xs_rules_of_bytes(office->host, pack.bytes, office->diags, &rules);
  if (!st) st = keep_pack(office, digest, rules);
  if (!st) *out = rules;
  xs_arena_free(a);
  return st;
}

/* ---- what a case names ---- */

/* "UID/seal.png", as the path of the case has it, is a file of the case in the store. */
static int map_file(void *user, const char *path, size_t max_bytes, const void **ptr, size_t *len)
{
  xs_office_case *c = user;
  xs_text name = xs_text_of(path), bytes = XS_NO_TEXT;
  size_t head = c->kase ? c->row.uid.len + 1 : 0;
  bool found = false;
  if (name.len < head) return -1;
  name = (xs_text){name.ptr + head, name.len - head};
  xs_diags *unheard = xs_diags_new(c->office->host);
  xs_status st = unheard ? xs_store_file_named(c->arena, c->office->store, c->row.uid, name,
                                               unheard, &bytes, &found)
                         : XS_ENOMEM;
  xs_diags_free(unheard);
  errno = st == XS_ENOMEM ? ENOMEM : st ? EIO : !found ? ENOENT : bytes.len > max_bytes ? EFBIG : 0;
  if (errno) return -1;
  *ptr = bytes.ptr;
  *len = bytes.len;
  return 0;
}

static void unmap_file(void *user, const void *ptr, size_t len)
{
  (void)user, (void)ptr, (void)len; /* it lives as long as the case */
}

/* ---- loading a case ---- */

static xs_status new_case(xs_office *office, uint32_t as_of, xs_office_case **out)
{
  xs_arena *a = xs_arena_new(office->host);
  xs_office_case *c = a ? XS_NEW(a, xs_office_case) : NULL;
  if (!c) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  c->office = office;
  c->arena = a;
  c->as_of = as_of;
  c->files = *office->host;
  c->files.user = c;
  c->files.map = map_file;
  c->files.unmap = unmap_file;
  *out = c;
  return XS_OK;
}

void xs_office_case_free(xs_office_case *c)
{
  if (!c) return;
  xs_case_free(c->kase);
  xs_arena_free(c->arena);
}

static xs_status read_case(xs_office_case *c, xs_text bytes, xs_diags *diags)
{
  const xs_schema *schema = NULL;
  xs_text path = xs_arena_printf(c->arena, "%.*s/case.xml", XS_TEXT(c->row.uid));
  if (!path.ptr) return XS_ENOMEM;
  xs_status st = xs_engine_schema(c->office->engine, XS_VOCABULARY_CASE, diags, &schema);
  return st ? st : xs_case_parse(c->office->host, schema, path, bytes, &c->files, diags, &c->kase);
}

/* Which revision the day had stands in the log; what tracks a case begins with, in the case. */
static xs_status read_past(xs_office_case *c, xs_diags *diags)
{
  xs_store *store = c->office->store;
  xs_event *events = NULL;
  size_t count = 0;
  xs_position start = {0};
  xs_text bytes = XS_NO_TEXT;
  xs_status st = xs_store_event_list(c->arena, store, c->row.uid, diags, &events, &count);
  if (!st) st = xs_history_read(c->arena, &start, events, count, c->as_of, &c->history);
  if (st) return st;
  c->revision = c->history.revision;
  st = xs_store_revision_get(c->arena, store, c->row.uid, c->revision, diags, &bytes);
  if (!st) st = read_case(c, bytes, diags);
  if (!st) st = xs_position_start(c->arena, c->office->workflow, c->kase, diags, &start);
  return st ? st : xs_history_read(c->arena, &start, events, count, c->as_of, &c->history);
}

xs_status xs_office_load(xs_office *office, xs_text uid, uint32_t as_of, xs_diags *diags,
                         xs_office_case **out)
{
  xs_office_case *c = NULL;
  xs_status st = new_case(office, as_of, &c);
  if (st) return st;
  st = xs_store_case_find(c->arena, office->store, uid, diags, &c->row);
  if (!st) st = read_past(c, diags);
  if (!st) st = xs_office_pack_find(office, c->row.pack, diags, &c->rules);
  if (!st) st = xs_record_build(c, diags);
  if (st)
    xs_office_case_free(c);
  else
    *out = c;
  return st;
}

xs_status xs_office_reload(const xs_office_case *old, xs_text bytes, xs_diags *diags,
                           xs_office_case **out)
{
  xs_office_case *c = NULL;
  xs_position start = {0};
  xs_status st = new_case(old->office, old->as_of, &c);
  if (st) return st;
  st = xs_store_case_find(c->arena, c->office->store, old->row.uid, diags, &c->row);
  c->revision = old->revision;
  c->rules = old->rules;
  xs_event *events = NULL;
  size_t count = 0;
  if (!st) st = xs_store_event_list(c->arena, c->office->store, c->row.uid, diags, &events, &count);
  if (!st) st = read_case(c, bytes, diags);
  if (!st) st = xs_case_check(c->kase, c->rules, diags);
  if (!st) st = xs_position_start(c->arena, c->office->workflow, c->kase, diags, &start);
  if (!st) st = xs_history_read(c->arena, &start, events, count, c->as_of, &c->history);
  if (!st) st = xs_record_build(c, diags);
  if (st)
    xs_office_case_free(c);
  else
    *out = c;
  return st;
}

const xmlNode *xs_office_record_of(const xs_office_case *c)
{
  return xmlDocGetRootElement(c->record);
}
