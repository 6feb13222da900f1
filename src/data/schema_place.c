#include "data/schema_place.h"

#include "base/text.h"
#include "data/schema_pattern.h"

typedef struct placing {
  xs_arena *arena; /* of derivatives */
  xs_pattern_pool pool;
  const xs_pattern *content; /* what the parent may hold; NULL: out of memory */
} placing;

static const xs_pattern *content_of(placing *p, const xs_pattern *around, const xmlNode *e)
{
  return xs_pattern_content(&p->pool, around, xs_text_of((const char *)e->name));
}

/* From the root down to the parent. */
static const xs_pattern *find_content(placing *p, const xs_grammar *grammar, const xmlNode *e)
{
  const xs_pattern *around = grammar->start;
  if (e->parent && e->parent->type == XML_ELEMENT_NODE)
    around = find_content(p, grammar, e->parent);
  return around ? content_of(p, around, e) : NULL;
}

static bool find_name(void *arg, const xs_pattern *p)
{
  const xs_text *name = arg;
  return !xs_text_equal(p->name, *name);
}

/* Does all that stands behind `child` (behind nothing: all) fit after `rest`? */
static xs_status follow(placing *p, const xs_pattern *rest, const xmlNode *e, bool *fits)
{
  for (; e && rest && rest->kind != XS_PATTERN_NOTHING; e = xs_xml_next(e, NULL))
    rest = xs_pattern_derive(&p->pool, rest, xs_text_of((const char *)e->name));
  if (!rest) return XS_ENOMEM;
  *fits = rest->kind != XS_PATTERN_NOTHING && xs_pattern_is_nullable(rest);
  return XS_OK;
}

/* Tries the places from the last to the first. */
static xs_status try_places(placing *p, const xmlNode *parent, xs_text name, xs_place *out)
{
  size_t count = xs_xml_count(parent, NULL), i = 0;
  const xmlNode **children = XS_NEW_ARRAY(p->arena, count + 1, const xmlNode *);
  const xs_pattern **rests = XS_NEW_ARRAY(p->arena, count + 1, const xs_pattern *);
  if (!children || !rests) return XS_ENOMEM;
  rests[0] = p->content;
  for (const xmlNode *e = xs_xml_child(parent, NULL); e; e = xs_xml_next(e, NULL), i++) {
    children[i] = e;
    rests[i + 1] = xs_pattern_derive(&p->pool, rests[i], xs_text_of((const char *)e->name));
    if (!rests[i + 1]) return XS_ENOMEM;
  }
  for (i = count + 1; i-- > 0;) {
    bool fits = false;
    const xs_pattern *rest = xs_pattern_derive(&p->pool, rests[i], name);
    xs_status st = rest ? follow(p, rest, children[i], &fits) : XS_ENOMEM;
    if (st) return st;
    if (!fits) continue;
    *out = (xs_place){.kind = XS_PLACE_FREE, .behind = i ? children[i - 1] : NULL};
    return XS_OK;
  }
  return XS_OK;
}

xs_status xs_schema_place(const xs_schema *schema, const xmlNode *parent, xs_text name,
                          xs_place *out)
{
  const xs_grammar *grammar = xs_schema_grammar(schema);
  placing p = {.arena = xs_arena_new(xs_arena_host(grammar->arena))};
  p.pool.arena = p.arena;
  *out = (xs_place){.kind = XS_PLACE_NONE};
  p.content = p.arena ? find_content(&p, grammar, parent) : NULL;
  xs_status st = p.content ? XS_OK : XS_ENOMEM;
  if (!st && !xs_pattern_visit(p.content, XS_PATTERN_BIT(XS_PATTERN_ELEMENT), find_name, &name)) {
    out->kind = XS_PLACE_TAKEN;
    st = try_places(&p, parent, name, out);
  }
  xs_arena_free(p.arena);
  return st;
}
