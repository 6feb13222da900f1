#include "template/label.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>

xs_status xs_labels_add(xs_labels *l, xs_text id, xs_text number, xs_span span)
{
  if (l->is_complete) return XS_OK;
  xs_label *slot = XS_PUSH(l->a, l->items, l->count, l->capacity);
  if (!slot) return XS_ENOMEM;
  *slot = (xs_label){xs_arena_text(l->a, id), xs_arena_text(l->a, number), span};
  return slot->id.ptr && slot->number.ptr ? XS_OK : XS_ENOMEM;
}

static int compare_labels(const void *left, const void *right)
{
  const xs_label *a = (const xs_label *)left, *b = (const xs_label *)right;
  int order = xs_text_compare(a->id, b->id);
  if (order) return order;
  return a->span.off < b->span.off ? -1 : a->span.off > b->span.off;
}

void xs_labels_complete(xs_labels *l)
{
  if (l->count) qsort(l->items, l->count, sizeof *l->items, compare_labels);
  l->is_complete = true;
}

static const xs_label *find(const xs_labels *l, xs_text id)
{
  size_t low = 0, high = l->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (xs_text_compare(l->items[middle].id, id) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < l->count && xs_text_equal(l->items[low].id, id) ? &l->items[low] : NULL;
}

static void report_unknown(const xs_labels *l, xs_text id, xs_span at, xs_diags *diags)
{
  unsigned best = xs_text_reach(id);
  const xs_label *near = NULL;
  if (xs_diags_count(diags, XS_ERROR) > XS_MAX_DIAGS) return; /* nobody would see it */
  for (size_t i = 0; i < l->count; i++) {
    unsigned distance = xs_text_distance(id, l->items[i].id, best);
    if (distance >= best) continue;
    best = distance;
    near = &l->items[i];
  }
  xs_diag(diags, XS_D_REF_UNKNOWN, at, _("nothing here has the id “%.*s”"), XS_TEXT(id));
  if (near) xs_diag_note(diags, near->span, _("the nearest id is “%.*s”"), XS_TEXT(near->id));
}

xs_status xs_labels_find(xs_labels *l, xs_text id, xs_span at, xs_diags *diags, xs_text *number)
{
  *number = XS_LIT("");
  l->are_wanted = true;
  if (!l->is_complete) return XS_OK;
  const xs_label *label = find(l, id);
  if (!label) {
    report_unknown(l, id, at, diags);
    return XS_EINPUT;
  }
  const xs_label *next = label + 1;
  if (next < l->items + l->count && xs_text_equal(next->id, id)) {
    xs_diag(diags, XS_D_NAME_TWICE, at, _("more than one paragraph has the id “%.*s”"),
            XS_TEXT(id));
    xs_diag_note(diags, label->span, _("the first"));
    xs_diag_note(diags, next->span, _("the second"));
    return XS_EINPUT;
  }
  if (label->number.len == 0) {
    xs_diag(diags, XS_D_REF_UNKNOWN, at, _("the paragraph “%.*s” has no number"), XS_TEXT(id));
    xs_diag_note(diags, label->span, _("it stands here"));
    return XS_EINPUT;
  }
  *number = label->number;
  return XS_OK;
}
