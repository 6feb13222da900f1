/*
 * Loading rule packs: the files, one by one, from the pack down to the one without a base, with
 * those of the site on top; then they are merged (rules_merge.c) and checked (rules_check.c).
 */
#include "base/limits.h"
#include "base/text.h"
#include "data/rules_entry.h"

#include <string.h>

enum { MAX_BASES = 16, MAX_SITE_FILES = 16, MAX_LAYERS = MAX_BASES + MAX_SITE_FILES };

/* The file of the folder that is no pack. */
#define LAWS "laws"

typedef struct loading {
  xs_rules *rules;
  const xs_host *host;
  const xs_schema *schema;
  xs_text dir;
  const xs_rules_site *site; /* may be NULL */
  xs_diags *diags;
  xmlDocPtr laws;
  xmlDocPtr packs[MAX_BASES]; /* the pack first, its bases behind it */
  size_t pack_count;
  xmlDocPtr over[MAX_SITE_FILES]; /* those of the site, the lowest first */
  size_t over_count;
} loading;

/* ---- finding packs ---- */

typedef struct nearest {
  xs_arena *arena;
  xs_text wanted;
  unsigned best;
  xs_text name;
} nearest;

static int consider(void *arg, const char *file)
{
  nearest *n = arg;
  xs_text name = xs_text_of(file);
  if (!xs_text_ends(name, ".xml")) return 0;
  name.len -= strlen(".xml");
  if (xs_text_is(name, LAWS)) return 0;
  unsigned distance = xs_text_distance(n->wanted, name, n->best);
  if (distance < n->best) {
    n->best = distance;
    n->name = xs_arena_text(n->arena, name);
  }
  return 0;
}

static bool is_plain_name(xs_text id)
{
  for (size_t i = 0; i < id.len; i++) {
    char c = id.ptr[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!plain) return false;
  }
  return id.len > 0;
}

static bool exists(const loading *l, xs_text path)
{
  const void *ptr;
  size_t len;
  if (l->host->map(l->host->user, path.ptr, XS_MAX_XML_BYTES, &ptr, &len)) return false;
  l->host->unmap(l->host->user, ptr, len);
  return true;
}

static xs_status say_unknown(const loading *l, xs_text id, xs_span at)
{
  nearest n = {.arena = l->rules->arena, .wanted = id, .best = 4};
  xs_text dir = xs_arena_text(l->rules->arena, l->dir);
  if (!dir.ptr) return XS_ENOMEM;
  l->host->list(l->host->user, dir.ptr, consider, &n);
  xs_diag(l->diags, XS_D_RULES_UNKNOWN, at, _("there is no rule pack “%.*s” in %.*s"), XS_TEXT(id),
          XS_TEXT(l->dir));
  if (n.name.len) xs_diag_note(l->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(n.name));
  xs_diag_note(l->diags, XS_NOWHERE, _("“xieshang rules list” shows those that there are"));
  return XS_EINPUT;
}

static xs_status check_form_of(const loading *l, xmlDocPtr doc)
{
  xs_status st = xs_schema_check(l->schema, doc, l->diags);
  if (!st) xs_xml_strip_namespace(doc);
  return st;
}

static xs_status load_checked(loading *l, xs_text path, xmlDocPtr *out)
{
  xs_status st = xs_xml_load(l->rules->arena, path, l->diags, out);
  return st ? st : check_form_of(l, *out);
}

static xs_status load_pack(loading *l, xs_text id, xs_span at)
{
  xs_text path = xs_arena_printf(l->rules->arena, "%.*s/%.*s.xml", XS_TEXT(l->dir), XS_TEXT(id));
  if (!path.ptr) return XS_ENOMEM;
  if (!is_plain_name(id) || xs_text_is(id, LAWS) || !exists(l, path)) return say_unknown(l, id, at);
  xmlDocPtr doc = NULL;
  xs_status st = load_checked(l, path, &doc);
  if (st) return st;
  l->packs[l->pack_count++] = doc;
  const xmlNode *root = xmlDocGetRootElement(doc);
  if (xs_text_equal(xs_xml_attr(root, "id"), id)) return XS_OK;
  xs_diag(l->diags, XS_D_RULES_ID, xs_xml_attr_span(root, "id"),
          _("the id of a rule pack is the name of its file, “%.*s”"), XS_TEXT(id));
  return XS_EINPUT;
}

/* ---- the pack and its bases ---- */

/* Has a pack of this id been loaded already? */
static const xmlNode *find_loaded(const loading *l, xs_text id)
{
  for (size_t i = 0; i < l->pack_count; i++) {
    const xmlNode *root = xmlDocGetRootElement(l->packs[i]);
    if (xs_text_equal(xs_xml_attr(root, "id"), id)) return root;
  }
  return NULL;
}

static xs_status say_circle(const loading *l, xs_text id, xs_span at)
{
  xs_diag(l->diags, XS_D_RULES_CIRCLE, at,
          _("the rule pack “%.*s” is based on itself; one of the packs must do without base"),
          XS_TEXT(id));
  for (size_t i = 0; i < l->pack_count; i++) {
    const xmlNode *root = xmlDocGetRootElement(l->packs[i]);
    xs_diag_note(l->diags, xs_xml_attr_span(root, "base"), _("“%.*s” is based on “%.*s”"),
                 XS_TEXT(xs_xml_attr(root, "id")), XS_TEXT(xs_xml_attr(root, "base")));
  }
  return XS_EINPUT;
}

static xs_status load_packs(loading *l, xs_text id)
{
  xs_span at = XS_NOWHERE;
  if (!id.len) return say_unknown(l, id, at);
  while (id.len) {
    if (find_loaded(l, id) || l->pack_count == MAX_BASES) return say_circle(l, id, at);
    xs_status st = load_pack(l, id, at);
    if (st) return st;
    const xmlNode *root = xmlDocGetRootElement(l->packs[l->pack_count - 1]);
    id = xs_xml_attr(root, "base");
    at = xs_xml_attr_span(root, "base");
  }
  return XS_OK;
}

/* ---- the site ---- */

static xs_status is_for_us(const loading *l, xmlDocPtr doc, bool *out)
{
  const xmlNode *root = xmlDocGetRootElement(doc);
  xs_text base = xs_xml_attr(root, "base");
  *out = !base.len || find_loaded(l, base);
  if (*out) return XS_OK;
  xs_text path = xs_arena_printf(l->rules->arena, "%.*s/%.*s.xml", XS_TEXT(l->dir), XS_TEXT(base));
  if (!path.ptr) return XS_ENOMEM;
  if (is_plain_name(base) && exists(l, path)) return XS_OK;
  return say_unknown(l, base, xs_xml_attr_span(root, "base"));
}

/* A file of the site lies over every pack, or over the one it names as its base. A site may hold a
 * calendar, too, which is no matter of rules. */
static xs_status load_over(loading *l, xs_text path)
{
  xmlDocPtr doc = NULL;
  bool counts = false;
  xs_status st = xs_xml_load(l->rules->arena, path, l->diags, &doc);
  if (!st && xs_xml_is(xmlDocGetRootElement(doc), "calendar")) return XS_OK;
  if (!st) st = check_form_of(l, doc);
  if (!st && !xs_xml_is(xmlDocGetRootElement(doc), "rules")) {
    xs_diag(l->diags, XS_D_RULES_SITE, xs_xml_span(xmlDocGetRootElement(doc)),
            _("a file of the site has the root <rules>; laws of its own stand in it as <law>"));
    return XS_EINPUT;
  }
  if (!st) st = is_for_us(l, doc, &counts);
  const xmlNode *root = xmlDocGetRootElement(doc);
  const xmlNode *same = st ? NULL : find_loaded(l, xs_xml_attr(root, "id"));
  if (same) {
    xs_diag(l->diags, XS_D_RULES_SITE, xs_xml_attr_span(root, "id"),
            _("“%.*s” is a rule pack already; give the file of the site another id"),
            XS_TEXT(xs_xml_attr(root, "id")));
    xs_diag_note(l->diags, xs_xml_attr_span(same, "id"), _("the pack is here"));
    return XS_EINPUT;
  }
  if (!st && counts) l->over[l->over_count++] = doc;
  return st;
}

static xs_status load_site(loading *l)
{
  size_t count = l->site ? l->site->count : 0;
  if (count > MAX_SITE_FILES) {
    xs_diag(l->diags, XS_D_LIMIT, XS_NOWHERE, _("a site has at most %d files, here %zu"),
            MAX_SITE_FILES, count);
    return XS_ELIMIT;
  }
  xs_status st = XS_OK;
  for (size_t i = 0; i < count && !st; i++) st = load_over(l, l->site->paths[i]);
  return st;
}

/* ---- the whole ---- */

static xs_status merge(loading *l)
{
  xmlDocPtr layers[MAX_LAYERS];
  size_t count = 0;
  for (size_t i = l->over_count; i-- > 0;) layers[count++] = l->over[i];
  for (size_t i = 0; i < l->pack_count; i++) layers[count++] = l->packs[i];
  return xs_rules_merge(l->rules, layers, count, l->over_count, l->laws, l->diags);
}

static xs_text laws_path(const loading *l)
{
  return xs_arena_printf(l->rules->arena, "%.*s/" LAWS ".xml", XS_TEXT(l->dir));
}

static xs_status load(loading *l, xs_text id)
{
  xs_text laws = laws_path(l);
  if (!laws.ptr) return XS_ENOMEM;
  xs_status st = load_checked(l, laws, &l->laws);
  if (!st) st = load_packs(l, id);
  if (!st) st = load_site(l);
  if (!st) st = merge(l);
  if (!st) st = xs_rules_check_entries(l->rules, l->diags);
  if (!st) st = xs_rules_digest_make(l->rules);
  return st;
}

static xs_rules *new_rules(const xs_host *host)
{
  xs_arena *a = xs_arena_new(host);
  xs_rules *rules = a ? XS_NEW(a, xs_rules) : NULL;
  if (!rules) {
    xs_arena_free(a);
    return NULL;
  }
  rules->arena = a;
  return rules;
}

xs_status xs_rules_load_site(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                             const xs_rules_site *site, xs_diags *diags, xs_rules **out)
{
  xs_rules *rules = new_rules(host);
  if (!rules) return XS_ENOMEM;
  loading l = {
      .rules = rules, .host = host, .schema = schema, .dir = dir, .site = site, .diags = diags};
  xs_status st = load(&l, id);
  if (st)
    xs_rules_free(rules);
  else
    *out = rules;
  return st;
}

xs_status xs_rules_load(const xs_host *host, const xs_schema *schema, xs_text dir, xs_text id,
                        xs_diags *diags, xs_rules **out)
{
  return xs_rules_load_site(host, schema, dir, id, NULL, diags, out);
}

/* ---- the check of one file ---- */

/* The form, and what that is: the id of the pack it lies over when it is a file of a site. */
static xs_status check_form(loading *l, xs_text path, xs_text *base)
{
  xmlDocPtr doc = NULL;
  xs_status st = load_checked(l, path, &doc);
  if (st) return st;
  const xmlNode *root = xmlDocGetRootElement(doc);
  *base = xs_xml_is(root, "rules") ? xs_xml_attr(root, "base") : XS_LIT(LAWS);
  if (!base->ptr) *base = XS_LIT("national");
  return xs_rules_check_twice(root, l->diags);
}

static xs_status check_site(loading *l, xs_text packs, xs_text path)
{
  xs_text base = XS_LIT("");
  xs_status st = check_form(l, path, &base);
  if (st || !packs.len || xs_text_is(base, LAWS)) return st;
  const xs_rules_site site = {&path, 1};
  l->dir = packs;
  l->site = &site;
  st = load(l, base);
  l->site = NULL;
  return st;
}

static xs_status check_file(loading *l, xs_text packs, xs_text path)
{
  size_t slash = path.len;
  while (slash && path.ptr[slash - 1] != '/') slash--;
  xs_text id = {path.ptr + slash, path.len - slash};
  if (xs_text_ends(id, ".xml")) id.len -= strlen(".xml");
  l->dir = slash ? (xs_text){path.ptr, slash - 1} : XS_LIT(".");
  xs_text laws = laws_path(l), base = XS_LIT("");
  if (!laws.ptr) return XS_ENOMEM;
  if (!exists(l, laws)) return check_site(l, packs, path);
  return is_plain_name(id) && !xs_text_is(id, LAWS) ? load(l, id) : check_form(l, path, &base);
}

xs_status xs_rules_check(const xs_host *host, const xs_schema *schema, xs_text packs, xs_text path,
                         xs_diags *diags)
{
  xs_rules *rules = new_rules(host);
  if (!rules) return XS_ENOMEM;
  loading l = {.rules = rules, .host = host, .schema = schema, .diags = diags};
  xs_status st = check_file(&l, packs, path);
  xs_rules_free(rules);
  return st;
}
