#include "output/outline.h"

#include "base/text.h"

/* ---- bookmarks ------------------------------------------------------------------------------- */

enum { DEEPEST = 16 };

/* A bookmark that may still get children. */
typedef struct node {
  HPDF_Dict dict;
  HPDF_Dict last_child;
  int32_t child_count;
} node;

static HPDF_Array make_destination(xs_haru *h, const xs_pagelist *pages, const HPDF_Dict *dicts,
                                   const xs_bookmark *mark)
{
  HPDF_Array place = xs_haru_array(h);
  xs_haru_push(place, dicts[mark->page]);
  xs_haru_push_name(place, "XYZ");
  xs_haru_push_number(place, 0);
  xs_haru_push_len(place, pages->pages[mark->page].height - mark->y);
  xs_haru_push_number(place, 0);
  return place;
}

static HPDF_Dict append_child(xs_haru *h, node *parent)
{
  HPDF_Dict child = xs_haru_indirect_dict(h);
  xs_haru_set(child, "Parent", parent->dict);
  if (parent->last_child) {
    xs_haru_set(child, "Prev", parent->last_child);
    xs_haru_set(parent->last_child, "Next", child);
  } else {
    xs_haru_set(parent->dict, "First", child);
  }
  parent->last_child = child;
  parent->child_count++;
  return child;
}

/* A reader shows the first level and unfolds the others on request: their counts are negative. */
static void close_node(node *n, bool root)
{
  if (!n->last_child) return;
  xs_haru_set(n->dict, "Last", n->last_child);
  xs_haru_set_number(n->dict, "Count", root ? n->child_count : -n->child_count);
}

xs_status xs_outline_write(xs_haru *h, const xs_pagelist *pages, const HPDF_Dict *dicts)
{
  node open[DEEPEST + 1] = {{.dict = NULL}};
  size_t depth = 0;
  if (!pages->bookmark_count) return XS_OK;
  open[0].dict = xs_haru_indirect_dict(h);
  xs_haru_set_name(open[0].dict, "Type", "Outlines");
  for (size_t i = 0; i < pages->bookmark_count; i++) {
    const xs_bookmark *mark = &pages->bookmarks[i];
    /* A level that skips one hangs under the nearest above it. */
    size_t parent = mark->level < DEEPEST ? mark->level - 1u : DEEPEST - 1u;
    while (depth > parent) close_node(&open[depth--], false);
    HPDF_Dict child = append_child(h, &open[depth]);
    xs_haru_set(child, "Title", xs_haru_text(h, mark->title));
    xs_haru_set(child, "Dest", make_destination(h, pages, dicts, mark));
    open[++depth] = (node){.dict = child};
  }
  while (depth) close_node(&open[depth--], false);
  close_node(&open[0], true);
  xs_haru_set(h->doc->catalog, "Outlines", open[0].dict);
  xs_haru_set_name(h->doc->catalog, "PageMode", "UseOutlines");
  return xs_haru_status(h);
}

/* ---- page labels ----------------------------------------------------------------------------- */

/* A plain number, 1 to 999999999 without a leading zero; 0 for anything else. */
static uint64_t number_of(xs_text label)
{
  uint64_t number = 0;
  if (!label.len || label.len > 9 || label.ptr[0] == '0') return 0;
  return xs_text_uint(label, &number) ? number : 0;
}

static HPDF_Dict make_label(xs_haru *h, xs_text label)
{
  HPDF_Dict dict = xs_haru_dict(h);
  uint64_t number = number_of(label);
  if (number) {
    xs_haru_set_name(dict, "S", "D");
    if (number != 1) xs_haru_set_number(dict, "St", (int64_t)number);
  } else if (label.len) {
    xs_haru_set(dict, "P", xs_haru_text(h, label));
  }
  return dict;
}

xs_status xs_labels_write(xs_haru *h, const xs_pagelist *pages)
{
  bool any = false;
  for (size_t i = 0; i < pages->page_count; i++) any = any || pages->pages[i].label.len;
  if (!any) return XS_OK;

  HPDF_Dict labels = xs_haru_dict(h);
  HPDF_Array ranges = xs_haru_array(h);
  for (size_t i = 0; i < pages->page_count; i++) {
    xs_text label = pages->pages[i].label;
    uint64_t before = i ? number_of(pages->pages[i - 1].label) : 0;
    if (before && number_of(label) == before + 1) continue;
    xs_haru_push_number(ranges, (int64_t)i);
    xs_haru_push(ranges, make_label(h, label));
  }
  xs_haru_set(labels, "Nums", ranges);
  xs_haru_set(h->doc->catalog, "PageLabels", labels);
  return xs_haru_status(h);
}
