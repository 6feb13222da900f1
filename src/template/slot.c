#include "template/slot.h"

#include "base/text.h"
#include "template/fill.h"

#include <stdlib.h>

typedef struct slots {
  xs_evaluation ev;
  const xmlNode *about;
  xs_slot *items;
  size_t count, capacity;
} slots;

const char *xs_slot_kind_name(xs_slot_kind kind)
{
  return kind == XS_SLOT_SEAL ? "seal" : "signature";
}

/* ---- the slots of the template ---- */

static uint32_t order_of(const xs_node *n)
{
  return xs_node_count(n, XS_A_ORDER, 1);
}

static int compare_definitions(const void *left, const void *right)
{
  const xs_definition *const *a = (const xs_definition *const *)left;
  const xs_definition *const *b = (const xs_definition *const *)right;
  uint32_t first = order_of((*a)->node), second = order_of((*b)->node);
  if (first != second) return first < second ? -1 : 1;
  if ((*a)->rank != (*b)->rank) return (*a)->rank < (*b)->rank ? -1 : 1;
  return (*a)->node->span.off < (*b)->node->span.off ? -1 : 1;
}

/* By order; of one id the one that holds. */
static xs_status list_definitions(xs_arena *a, const xs_template *t, const xs_definition ***out,
                                  size_t *count)
{
  const xs_definition **list = XS_NEW_ARRAY(a, t->definition_count + 1, const xs_definition *);
  if (!list) return XS_ENOMEM;
  *out = list;
  *count = 0;
  for (size_t i = 0; i < t->definition_count; i++) {
    const xs_definition *d = &t->definitions[i];
    if (d->node->element != XS_E_SLOT) continue;
    if (xs_template_definition(t, XS_E_SLOT, d->name) == d) list[(*count)++] = d;
  }
  if (*count) qsort(list, *count, sizeof *list, compare_definitions);
  return XS_OK;
}

/* ---- whom they stand for ---- */

static xs_text id_of(const xmlNode *node)
{
  return node && node->type == XML_ELEMENT_NODE ? xs_xml_attr(node, "id") : XS_NO_TEXT;
}

/* One of several nodes adds the id that the case gives it, or its number. */
static xs_text name_slot(xs_arena *a, xs_text id, const xmlNode *node, size_t n, size_t count)
{
  if (count == 1) return xs_arena_text(a, id);
  xs_text own = id_of(node);
  return own.len ? xs_arena_printf(a, "%.*s-%.*s", XS_TEXT(id), XS_TEXT(own))
                 : xs_arena_printf(a, "%.*s-%zu", XS_TEXT(id), n);
}

static xs_status report_nameless(slots *s, const xs_node *n, const xmlNode *node)
{
  xs_diag(s->ev.diags, XS_D_SLOT_NAMELESS, xs_node_place(n, XS_A_NAME),
          _("nobody is named who could sign as “%.*s”"), XS_TEXT(xs_node_word(n, XS_A_TITLE)));
  if (node && node->type == XML_ELEMENT_NODE)
    xs_diag_note(s->ev.diags, xs_xml_span(node), _("the name is looked for here"));
  return XS_EINPUT;
}

static xs_status add_slot(slots *s, const xs_definition *d, const xmlNode *node, size_t n,
                          size_t count)
{
  const xs_node *slot = d->node;
  xs_value name;
  xs_status st = xs_evaluate_value(&s->ev, xs_node_expression(slot, XS_A_NAME), node, &name);
  if (st) return st;
  if (name.is_missing) return report_nameless(s, slot, node);
  xs_slot *out = XS_PUSH(s->ev.a, s->items, s->count, s->capacity);
  if (!out) return XS_ENOMEM;
  *out = (xs_slot){
      .id = name_slot(s->ev.a, d->name, node, n, count),
      .kind = xs_node_is(slot, XS_A_KIND, "seal") ? XS_SLOT_SEAL : XS_SLOT_SIGNATURE,
      .side = xs_arena_text(s->ev.a, xs_node_word(slot, XS_A_SIDE)),
      .title = xs_arena_text(s->ev.a, xs_node_word(slot, XS_A_TITLE)),
      .name = name.text,
      .person = xs_arena_text(s->ev.a, id_of(node)),
      .order = order_of(slot),
      .at = slot->span,
      .from = name.from,
  };
  bool is_whole = out->id.ptr && out->side.ptr && out->title.ptr && out->person.ptr;
  return is_whole ? XS_OK : XS_ENOMEM;
}

/* XS_EINPUT goes on with the next slot: all that is wrong is said at once. */
static xs_status add_slots(slots *s, const xs_definition *d)
{
  const xs_expression *each = xs_node_expression(d->node, XS_A_EACH);
  const xmlNode *const *nodes = &s->about;
  size_t count = 1;
  xs_status st = XS_OK;
  if (each) st = xs_evaluate_nodes(&s->ev, each, s->about, &nodes, &count);
  for (size_t i = 0; i < count && !st; i++) st = add_slot(s, d, nodes[i], i + 1, count);
  return st == XS_EINPUT ? XS_OK : st;
}

/* ---- the paper ---- */

/* The evaluation at what the paper is about. */
static xs_status open_slots(slots *s, const xs_template *t, xs_arena *a, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags)
{
  xs_status st = xs_evaluation_open(&s->ev, a, kase, rules, options, NULL, diags);
  if (!st) st = xs_fill_find_item(&s->ev, t, &s->about);
  if (st || !s->about) return st;
  xs_evaluation_close(&s->ev);
  return xs_evaluation_open(&s->ev, a, kase, rules, options, s->about, diags);
}

xs_status xs_template_slots(xs_arena *a, const xs_template *t, const xs_case *kase,
                            const xs_rules *rules, const xs_fill_options *options, xs_diags *diags,
                            const xs_slot **out, size_t *count)
{
  *out = NULL;
  *count = 0;
  size_t before = xs_diags_count(diags, XS_ERROR);
  const xs_definition **definitions = NULL;
  size_t definition_count = 0;
  slots s = {.items = NULL};
  xs_status st = list_definitions(a, t, &definitions, &definition_count);
  if (st || definition_count == 0) return st;
  st = open_slots(&s, t, a, kase, rules, options, diags);
  if (!s.about) s.about = xs_evaluation_root_node(&s.ev);
  for (size_t i = 0; i < definition_count && !st; i++) st = add_slots(&s, definitions[i]);
  xs_evaluation_close(&s.ev);
  if (!st) st = xs_diags_since(diags, before);
  if (st) return st;
  *out = s.items;
  *count = s.count;
  return XS_OK;
}
