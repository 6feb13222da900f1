/*
 * The packet's own pages: cover, contents, list of what is missing, dividers, closing note.
 *
 * How many pages they take decides on what page each paper begins; that number stands in the
 * contents, and a longer contents may push everything a page further. So they are set again with
 * the numbers of the round before until no count changes any more. Two rounds are enough nearly
 * always; a contents that wavers between two lengths for ever is reported and not written wrong.
 */
#include "base/text.h"
#include "packet/packet.h"

enum { MAX_ROUNDS = 8 };

static bool has_papers(const xs_packet *p, size_t part)
{
  for (size_t i = 0; i < p->paper_count; i++)
    if (p->papers[i].part == part) return true;
  return false;
}

static xs_status add_leaf(xs_packet *p, xs_plan_page page, xs_leaf_place place, size_t part)
{
  if (!page.template_id.len) return XS_OK;
  xs_leaf *leaf = XS_PUSH(p->a, p->leaves, p->leaf_count, p->leaf_capacity);
  if (!leaf) return XS_ENOMEM;
  *leaf = (xs_leaf){.place = place, .part = part, .page_count = 1};
  xs_status status = xs_packet_template(p, page.template_id, page.span, &leaf->t);
  if (status) return status;
  leaf->title = place == XS_LEAF_DIVIDER ? p->plan->parts[part].name : xs_template_name(leaf->t);
  return XS_OK;
}

static xs_status choose_leaves(xs_packet *p)
{
  const xs_plan *plan = p->plan;
  xs_status status = add_leaf(p, plan->cover, XS_LEAF_FRONT, 0);
  if (!status) status = add_leaf(p, plan->contents, XS_LEAF_FRONT, 0);
  if (!status && p->missing_count) status = add_leaf(p, plan->missing, XS_LEAF_FRONT, 0);
  for (size_t i = 0; i < plan->part_count && !status; i++)
    if (has_papers(p, i)) status = add_leaf(p, plan->divider, XS_LEAF_DIVIDER, i);
  if (!status) status = add_leaf(p, plan->note, XS_LEAF_BACK, 0);
  return status;
}

/* ---- the order of a packet ---- */

static xs_status walk_leaves(xs_packet *p, const xs_packet_visitor *v, xs_leaf_place place,
                             size_t part)
{
  xs_status status = XS_OK;
  for (size_t i = 0; i < p->leaf_count && !status; i++) {
    xs_leaf *leaf = &p->leaves[i];
    if (leaf->place == place && leaf->part == part) status = v->leaf(v->arg, leaf);
  }
  return status;
}

static xs_status walk_part(xs_packet *p, const xs_packet_visitor *v, size_t part)
{
  if (!has_papers(p, part)) return XS_OK;
  xs_status status = v->part ? v->part(v->arg, part) : XS_OK;
  if (!status) status = walk_leaves(p, v, XS_LEAF_DIVIDER, part);
  for (size_t i = 0; i < p->paper_count && !status; i++)
    if (p->papers[i].part == part) status = v->paper(v->arg, &p->papers[i]);
  return status;
}

xs_status xs_packet_walk(xs_packet *p, const xs_packet_visitor *v)
{
  xs_status status = walk_leaves(p, v, XS_LEAF_FRONT, 0);
  for (size_t i = 0; i < p->plan->part_count && !status; i++) status = walk_part(p, v, i);
  if (!status) status = walk_leaves(p, v, XS_LEAF_BACK, 0);
  return status;
}

/* ---- numbers ---- */

static xs_status number_leaf(void *arg, xs_leaf *leaf)
{
  uint32_t *next = arg;
  leaf->first_page = *next;
  *next += leaf->page_count;
  return XS_OK;
}

static xs_status number_paper(void *arg, xs_paper *paper)
{
  uint32_t *next = arg;
  paper->first_page = *next;
  *next += paper->page_count;
  return XS_OK;
}

static xs_status number_pages(xs_packet *p)
{
  uint32_t next = 1;
  const xs_packet_visitor v = {.leaf = number_leaf, .paper = number_paper, .arg = &next};
  xs_status status = xs_packet_walk(p, &v);
  p->page_count = next - 1;
  return status;
}

/* ---- rounds ---- */

/* The k-th <part> of the tree, as the divider of that part is about it. */
static const xmlNode *part_at(const xmlNode *packet, size_t k)
{
  const xmlNode *n = xs_xml_child(packet, "part");
  while (n && k--) n = xs_xml_next(n, "part");
  return n;
}

static xs_status set_leaf(xs_packet *p, xs_arena *a, const xmlNode *packet, size_t divider,
                          xs_leaf *leaf)
{
  const xs_document *doc = NULL;
  const xs_fill_options options = {
      .record = p->record,
      .date = p->date,
      .packet = packet,
      .about = leaf->place == XS_LEAF_DIVIDER ? part_at(packet, divider) : NULL,
  };
  return xs_packet_pages(p, a, leaf->t, &options, &doc, &leaf->pages);
}

/* *settled: every leaf has as many pages as the numbers were worked out with. */
static xs_status set_leaves(xs_packet *p, xs_arena *a, bool *settled)
{
  xmlDocPtr tree = NULL;
  xs_status status = number_pages(p);
  if (!status) status = xs_packet_tree(p, a, &tree);
  size_t divider = 0;
  *settled = true;
  for (size_t i = 0; i < p->leaf_count && !status; i++) {
    xs_leaf *leaf = &p->leaves[i];
    status = set_leaf(p, a, xmlDocGetRootElement(tree), divider, leaf);
    if (status) return status;
    if (leaf->place == XS_LEAF_DIVIDER) divider++;
    uint32_t count = (uint32_t)leaf->pages->page_count;
    if (count != leaf->page_count) *settled = false;
    leaf->page_count = count;
  }
  return status;
}

static void free_arena(void *a)
{
  xs_arena_free(a);
}

/* Pages of a round that did not settle are dropped with its arena. */
xs_status xs_packet_settle(xs_packet *p)
{
  xs_status status = choose_leaves(p);
  for (int round = 0; round < MAX_ROUNDS && !status; round++) {
    bool settled = false;
    xs_arena *a = xs_arena_new(p->engine->host);
    if (!a) return XS_ENOMEM;
    status = set_leaves(p, a, &settled);
    if (!status && settled) return xs_arena_defer(p->a, free_arena, a) ? XS_OK : XS_ENOMEM;
    xs_arena_free(a);
  }
  if (status) return status;
  xs_diag(p->diags, XS_D_PACKET_UNSETTLED, XS_NOWHERE,
          _("the pages of the contents change with the page numbers in it"));
  return XS_EINPUT;
}
