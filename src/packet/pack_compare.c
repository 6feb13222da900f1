/*
 * What is different between two packs. Entries belong together when they have the same element, id
 * and kinds of contract. Of those, the ones that are the same on both sides go out in pairs; what
 * is left is paired in its order and has changed, and what has no partner was added or removed.
 */
#include "base/text.h"
#include "packet/pack.h"

typedef struct change {
  xs_rule_change_kind kind;
  const xs_pack_entry *before, *after;
} change;

typedef struct side {
  const xs_pack *pack;
  bool *used; /* entries that have found their partner */
} side;

struct xs_pack_changes {
  xs_arena *a;
  change *changes;
  size_t count, capacity;
};

/* ---- entries ---- */

static bool belong_together(const xs_rule_view *a, const xs_rule_view *b)
{
  return xs_text_equal(a->kind, b->kind) && xs_text_equal(a->id, b->id) &&
         xs_text_equal(a->contracts, b->contracts);
}

/* What tells entries apart, or where they are from, is no change. */
static bool is_compared(const char *attribute)
{
  static const char *const aside[] = {"id", "paper", "for", "pack"};
  for (size_t i = 0; i < XS_COUNT(aside); i++)
    if (xs_text_is(xs_text_of(attribute), aside[i])) return false;
  return true;
}

static xs_text list_materials(xs_arena *a, const xmlNode *e)
{
  xs_text list = XS_LIT("");
  for (const xmlNode *m = xs_xml_child(e, "material"); m; m = xs_xml_next(m, "material")) {
    xs_text id = xs_xml_attr(m, "id"), name = xs_xml_attr(m, "name");
    xs_text grade = xs_xml_attr(m, "grade");
    list = xs_arena_printf(a, "%.*s%s%.*s %.*s%s%.*s", XS_TEXT(list), list.len ? "、" : "",
                           XS_TEXT(id), XS_TEXT(name), grade.len ? " " : "", XS_TEXT(grade));
  }
  return list;
}

/* The text of an entry, or its materials in a line. */
static xs_rule_field content_of(xs_arena *a, const xmlNode *before, const xmlNode *after)
{
  if (xs_xml_is(before, "materials"))
    return (xs_rule_field){XS_LIT("material"), list_materials(a, before), list_materials(a, after)};
  return (xs_rule_field){XS_LIT("text"), xs_xml_content(a, before), xs_xml_content(a, after)};
}

static bool differs(const xs_rule_field *f)
{
  return !xs_text_equal(f->before.ptr ? f->before : XS_LIT(""),
                        f->after.ptr ? f->after : XS_LIT(""));
}

static xs_rule_field attribute_of(const xmlAttr *attr, const xmlNode *before, const xmlNode *after)
{
  const char *name = (const char *)attr->name;
  return (xs_rule_field){xs_text_of(name), xs_xml_attr(before, name), xs_xml_attr(after, name)};
}

/* The k-th difference: the attributes of the one before, those that only the other one has, and
 * the content. */
static bool find_field(xs_arena *a, const xmlNode *before, const xmlNode *after, size_t k,
                       xs_rule_field *out)
{
  for (const xmlAttr *attr = before->properties; attr; attr = attr->next) {
    *out = attribute_of(attr, before, after);
    if (is_compared((const char *)attr->name) && differs(out) && k-- == 0) return true;
  }
  for (const xmlAttr *attr = after->properties; attr; attr = attr->next) {
    *out = attribute_of(attr, before, after);
    bool is_new = !xmlHasProp(before, attr->name) && is_compared((const char *)attr->name);
    if (is_new && differs(out) && k-- == 0) return true;
  }
  *out = content_of(a, before, after);
  return differs(out) && k == 0;
}

static bool are_same(xs_arena *a, const xmlNode *before, const xmlNode *after)
{
  xs_rule_field f;
  return !find_field(a, before, after, 0, &f);
}

/* ---- pairs ---- */

static const xs_pack_entry *find_partner(xs_arena *a, const xs_pack_entry *e, side *other,
                                         bool only_same)
{
  for (size_t i = 0; i < other->pack->count; i++) {
    const xs_pack_entry *o = &other->pack->entries[i];
    if (other->used[i] || !belong_together(&e->view, &o->view)) continue;
    if (only_same && !are_same(a, e->node, o->node)) continue;
    other->used[i] = true;
    return o;
  }
  return NULL;
}

static xs_status note(xs_pack_changes *c, xs_rule_change_kind kind, const xs_pack_entry *before,
                      const xs_pack_entry *after)
{
  change *slot = XS_PUSH(c->a, c->changes, c->count, c->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (change){kind, before, after};
  return XS_OK;
}

static xs_status compare(xs_pack_changes *c, side *before, side *after)
{
  xs_status status = XS_OK;
  for (size_t i = 0; i < before->pack->count; i++)
    before->used[i] = find_partner(c->a, &before->pack->entries[i], after, true) != NULL;
  for (size_t i = 0; i < before->pack->count && !status; i++) {
    if (before->used[i]) continue;
    const xs_pack_entry *e = &before->pack->entries[i];
    const xs_pack_entry *partner = find_partner(c->a, e, after, false);
    status = note(c, partner ? XS_RULE_CHANGED : XS_RULE_REMOVED, e, partner);
  }
  for (size_t i = 0; i < after->pack->count && !status; i++)
    if (!after->used[i]) status = note(c, XS_RULE_ADDED, NULL, &after->pack->entries[i]);
  return status;
}

xs_status xs_pack_compare(const xs_pack *before, const xs_pack *after, xs_pack_changes **out)
{
  *out = NULL;
  xs_arena *a = xs_arena_new(xs_arena_host(before->a));
  xs_pack_changes *c = a ? XS_NEW(a, xs_pack_changes) : NULL;
  side b = {before, a ? XS_NEW_ARRAY(a, before->count + 1, bool) : NULL};
  side n = {after, a ? XS_NEW_ARRAY(a, after->count + 1, bool) : NULL};
  xs_status status = c && b.used && n.used ? XS_OK : XS_ENOMEM;
  if (c) c->a = a;
  if (!status) status = compare(c, &b, &n);
  if (status)
    xs_arena_free(a);
  else
    *out = c;
  return status;
}

void xs_pack_changes_free(xs_pack_changes *changes)
{
  if (changes) xs_arena_free(changes->a);
}

int xs_pack_change_at(const xs_pack_changes *changes, size_t i, xs_rule_change *out)
{
  if (i >= changes->count) return 0;
  const change *c = &changes->changes[i];
  *out = (xs_rule_change){.kind = c->kind};
  if (c->before) out->before = c->before->view;
  if (c->after) out->after = c->after->view;
  return 1;
}

int xs_pack_field_at(const xs_pack_changes *changes, size_t i, size_t k, xs_rule_field *out)
{
  if (i >= changes->count || changes->changes[i].kind != XS_RULE_CHANGED) return 0;
  const change *c = &changes->changes[i];
  return find_field(changes->a, c->before->node, c->after->node, k, out);
}
