/* Rule packs opened for people: which there are, one of them, and what is asked of it. */
#include "packet/pack.h"

#include "base/limits.h"
#include "base/text.h"
#include "packet/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static xs_text folder_of_packs(xs_engine *engine, xs_arena *a)
{
  return xs_arena_printf(a, "%s/rules", engine->template_dir.ptr);
}

/* ---- which there are ---- */

typedef struct listing {
  xs_arena *a;
  xs_text *ids;
  size_t count, capacity;
  bool failed;
} listing;

static int note_file(void *arg, const char *file)
{
  listing *l = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml") || xs_text_is(name, "laws.xml")) return 0;
  name.len -= strlen(".xml");
  xs_text *slot = XS_PUSH(l->a, l->ids, l->count, l->capacity);
  if (slot) *slot = xs_arena_text(l->a, name);
  l->failed = !slot || !slot->ptr;
  return l->failed;
}

static int by_text(const void *a, const void *b)
{
  return xs_text_compare(*(const xs_text *)a, *(const xs_text *)b);
}

static xs_status keep_view(xs_engine *engine, const xs_rules *rules)
{
  xs_pack_view *slot =
      XS_PUSH(engine->arena, engine->packs, engine->pack_count, engine->pack_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = xs_pack_view_of(rules);
  xs_text *const texts[] = {&slot->id,      &slot->name, &slot->version, &slot->base,
                            &slot->applies, &slot->site, &slot->digest};
  for (size_t i = 0; i < XS_COUNT(texts); i++) {
    *texts[i] = xs_arena_text(engine->arena, texts[i]->ptr ? *texts[i] : XS_LIT(""));
    if (!texts[i]->ptr) return XS_ENOMEM;
  }
  return XS_OK;
}

static xs_status load_all(xs_engine *engine, xs_arena *a, xs_diags *diags)
{
  listing l = {.a = a};
  xs_text dir = folder_of_packs(engine, a);
  if (!dir.ptr) return XS_ENOMEM;
  if (engine->host->list(engine->host->user, dir.ptr, note_file, &l) && !l.failed) {
    xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), dir.ptr,
            strerror(errno));
    return XS_EIO;
  }
  if (l.failed) return XS_ENOMEM;
  if (l.count) qsort(l.ids, l.count, sizeof *l.ids, by_text);
  engine->pack_count = 0;
  for (size_t i = 0; i < l.count; i++) {
    const xs_rules *rules = NULL;
    xs_status status = xs_engine_rules_named(engine, l.ids[i], diags, &rules);
    if (!status) status = keep_view(engine, rules);
    if (status == XS_ENOMEM) return status; /* others are told, and the next ones still listed */
  }
  engine->packs_listed = true;
  return XS_OK;
}

xs_status xs_engine_pack_at(xs_engine *engine, size_t i, xs_diags *diags, xs_pack_view *out)
{
  *out = (xs_pack_view){0};
  if (!engine->packs_listed) {
    xs_arena *a = xs_arena_new(engine->host);
    xs_status status = a ? load_all(engine, a, diags) : XS_ENOMEM;
    xs_arena_free(a);
    if (status) return status;
  }
  if (i < engine->pack_count) *out = engine->packs[i];
  return XS_OK;
}

/* ---- which is meant ---- */

/* 山东 is 山东省, and 宁波 is 浙江省宁波市. 0: another one; else the smaller, the surer. */
static unsigned likeness(xs_text name, const char *asked)
{
  static const char *const suffixes[] = {"", "省", "市"};
  size_t len = strlen(asked);
  for (unsigned i = 0; i < XS_COUNT(suffixes); i++)
    if (strcmp(asked, suffixes[i]) == 0) return 0;
  for (unsigned i = 0; i < XS_COUNT(suffixes); i++) {
    size_t whole = len + strlen(suffixes[i]);
    if (name.len < whole || !xs_text_ends(name, suffixes[i])) continue;
    if (memcmp(name.ptr + name.len - whole, asked, len) != 0) continue;
    return name.len == whole ? 1 : 2;
  }
  return 0;
}

static bool has_file(const xs_host *host, xs_text path)
{
  const void *ptr;
  size_t len;
  if (!path.ptr || host->map(host->user, path.ptr, XS_MAX_XML_BYTES, &ptr, &len)) return false;
  host->unmap(host->user, ptr, len);
  return true;
}

/* The id of the pack that the words mean; the words themselves when there is none. */
static xs_status find_id(xs_engine *engine, xs_arena *a, const char *which, xs_diags *diags,
                         xs_text *out)
{
  xs_pack_view view;
  unsigned best = 0;
  *out = xs_text_of(which);
  if (strchr(which, '/')) return XS_OK;
  if (has_file(engine->host,
               xs_arena_printf(a, "%s/rules/%s.xml", engine->template_dir.ptr, which)))
    return XS_OK;
  for (size_t i = 0;; i++) {
    xs_status status = xs_engine_pack_at(engine, i, diags, &view);
    if (status || !view.id.ptr) return status;
    unsigned like = likeness(view.name, which);
    if (!like || (best && like >= best)) continue;
    best = like;
    *out = view.id;
  }
}

/* ---- opening ---- */

/* What a store kept has the root <pack>. */
static bool is_kept(xs_text bytes)
{
  static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pack ";
  return bytes.len > sizeof head && memcmp(bytes.ptr, head, sizeof head - 1) == 0;
}

/* A pack beside its laws, or a file of a site over the packs of the engine. */
static xs_status load_file(xs_engine *engine, xs_pack *pack, const xs_schema *schema,
                           const char *path, xs_diags *diags)
{
  const char *slash = strrchr(path, '/');
  xs_text dir = slash ? (xs_text){path, (size_t)(slash - path)} : XS_LIT(".");
  xs_text id = xs_text_of(slash ? slash + 1 : path);
  id.len -= strlen(".xml");
  xs_text laws = xs_arena_printf(pack->a, "%.*s/laws.xml", XS_TEXT(dir));
  if (has_file(engine->host, laws))
    return xs_rules_load(engine->host, schema, dir, id, diags, &pack->rules);
  xmlDocPtr doc = NULL;
  xs_text file = xs_text_of(path), packs = folder_of_packs(engine, pack->a);
  xs_status status = packs.ptr ? xs_xml_load(pack->a, file, diags, &doc) : XS_ENOMEM;
  if (status) return status;
  xs_text base = xs_xml_attr(xmlDocGetRootElement(doc), "base");
  const xs_rules_site site = {&file, 1};
  return xs_rules_load_site(engine->host, schema, packs, base.len ? base : XS_LIT("national"),
                            &site, diags, &pack->rules);
}

static xs_status load_path(xs_engine *engine, xs_pack *pack, const char *path, xs_diags *diags)
{
  const xs_host *host = engine->host;
  const xs_schema *schema = NULL;
  const void *ptr;
  size_t len;
  if (host->map(host->user, path, XS_MAX_XML_BYTES, &ptr, &len)) {
    xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), path, strerror(errno));
    return XS_EIO;
  }
  xs_text bytes = {ptr, len};
  bool kept = is_kept(bytes);
  xs_status status = kept ? xs_rules_of_bytes(host, bytes, diags, &pack->rules) : XS_OK;
  host->unmap(host->user, ptr, len);
  if (kept) return status;
  status = xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema);
  return status ? status : load_file(engine, pack, schema, path, diags);
}

static xs_status load_named(xs_engine *engine, xs_pack *pack, const char *which, xs_diags *diags)
{
  const xs_schema *schema = NULL;
  xs_text id = XS_NO_TEXT, dir = folder_of_packs(engine, pack->a);
  xs_status status = dir.ptr ? find_id(engine, pack->a, which, diags, &id) : XS_ENOMEM;
  if (!status) status = xs_engine_schema(engine, XS_VOCABULARY_RULES, diags, &schema);
  if (status) return status;
  return xs_rules_load_site(engine->host, schema, dir, id, &engine->site, diags, &pack->rules);
}

xs_status xs_pack_open(xs_engine *engine, const char *which, xs_diags *diags, xs_pack **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_pack *pack = a ? XS_NEW(a, xs_pack) : NULL;
  if (!pack) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  pack->a = a;
  bool is_file = xs_text_ends(xs_text_of(which), ".xml");
  xs_status status =
      is_file ? load_path(engine, pack, which, diags) : load_named(engine, pack, which, diags);
  if (!status) status = xs_engine_moments(engine, a, &pack->moments);
  if (!status) status = xs_pack_read(pack);
  if (!status) status = xs_pack_ask(pack, NULL, diags);
  if (status)
    xs_pack_close(pack);
  else
    *out = pack;
  return status;
}

void xs_pack_close(xs_pack *pack)
{
  if (!pack) return;
  xs_rules_free(pack->rules);
  xs_arena_free(pack->a);
}

/* ---- asking ---- */

xs_pack_view xs_pack_about(const xs_pack *pack)
{
  return xs_pack_view_of(pack->rules);
}

int xs_pack_remark_at(const xs_pack *pack, size_t i, xs_text *out)
{
  const xmlNode *root = xmlDocGetRootElement(pack->rules->doc);
  const xmlNode *e = xs_xml_child(root, "remark");
  for (size_t k = 0; e && k < i; k++) e = xs_xml_next(e, "remark");
  if (e) *out = xs_xml_content(pack->a, e);
  return e != NULL;
}

static bool is_asked(const xs_rule_view *v, const char *asked)
{
  if (xs_text_is(v->kind, "law")) return asked && xs_text_is(v->id, asked);
  return !asked || xs_text_is(v->step, asked) || xs_text_is(v->step_name, asked) ||
         xs_text_is(v->id, asked) || xs_text_is(v->name, asked);
}

static void suggest(const xs_pack *pack, const char *asked, xs_diags *diags)
{
  xs_text near = XS_NO_TEXT, words = xs_text_of(asked);
  unsigned best = xs_text_reach(words) + 1;
  for (size_t i = 0; i < pack->count; i++) {
    const xs_rule_view *v = &pack->entries[i].view;
    const xs_text names[] = {v->step, v->step_name, v->id, v->name};
    for (size_t k = 0; k < XS_COUNT(names); k++) {
      unsigned distance = names[k].len ? xs_text_distance(words, names[k], best) : best;
      if (distance >= best) continue;
      best = distance;
      near = names[k];
    }
  }
  if (near.len) xs_diag_note(diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
}

static void list_steps(const xs_pack *pack, xs_diags *diags)
{
  xs_text list = XS_LIT("");
  const xmlNode *root = xmlDocGetRootElement(pack->rules->doc);
  for (const xmlNode *s = xs_xml_child(root, "step"); s; s = xs_xml_next(s, "step")) {
    xs_text name = xs_xml_attr(s, "name"), id = xs_xml_attr(s, "id");
    list = xs_arena_printf(pack->a, "%.*s%s%.*s %.*s", XS_TEXT(list), list.len ? "、" : "",
                           XS_TEXT(name), XS_TEXT(id));
  }
  if (list.len) xs_diag_note(diags, XS_NOWHERE, _("the steps are: %.*s"), XS_TEXT(list));
}

xs_status xs_pack_ask(xs_pack *pack, const char *asked, xs_diags *diags)
{
  pack->asked_count = 0;
  for (size_t i = 0; i < pack->count; i++)
    if (is_asked(&pack->entries[i].view, asked)) pack->asked[pack->asked_count++] = i;
  if (!asked || pack->asked_count) return XS_OK;
  xs_diag(diags, XS_D_RULE_UNKNOWN, XS_NOWHERE,
          _("the rule pack “%.*s” has no step and no entry “%s”"), XS_TEXT(pack->rules->id), asked);
  suggest(pack, asked, diags);
  list_steps(pack, diags);
  return XS_EINPUT;
}

int xs_pack_rule_at(const xs_pack *pack, size_t i, xs_rule_view *out)
{
  if (i >= pack->asked_count) return 0;
  *out = pack->entries[pack->asked[i]].view;
  return 1;
}
