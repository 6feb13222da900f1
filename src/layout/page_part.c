#include "layout/table.h"

#include <string.h>

/* “（续表）” above the head rows that stand in the flow, where there is room for it. */
static bool put_lead(const xs_page_part *part, const xs_table_set *group, xs_piece *out, xs_len *y)
{
  if (!group->head_count || !group->table->continued.len) return false;
  xs_piece lead = group->heads[0];
  lead.slack_top = 0;
  if (part->is_first || lead.height > part->above) return false;
  *y -= lead.height;
  *out = lead;
  return true;
}

xs_status xs_page_part_gather(xs_composer *c, const xs_page_part *part, const xs_table_set *group,
                              const xs_piece **pieces, size_t *count, xs_len *y)
{
  const xs_piece *heads = NULL;
  size_t head_count = 0, first = part->rows[0].row->index;
  xs_len head_height = 0;
  xs_status st = XS_OK;
  if (part->is_first)
    st = xs_table_heads(c, &group->pieces[first], &heads, &head_count, &head_height);
  xs_piece *all =
      XS_NEW_ARRAY(c->scratch, head_count + part->row_count + part->below_count + 2, xs_piece);
  if (st || !all) return st ? st : XS_ENOMEM;
  *y = part->above;
  if (head_count) memcpy(all, heads, head_count * sizeof *all);
  size_t k = head_count;
  k += put_lead(part, group, &all[k], y);
  for (size_t i = 0; i < part->row_count; i++) {
    all[k] = group->pieces[part->rows[i].row->index];
    all[k++].before = i ? part->rows[i].before : 0;
  }
  bool has_foot = false;
  if (part->goes_on) st = xs_table_foot(c, &all[k - 1], &all[k], &has_foot);
  k += has_foot;
  if (!group->next && part->below_count) {
    memcpy(all + k, part->below, part->below_count * sizeof *all);
    k += part->below_count;
  }
  *pieces = all;
  *count = k;
  return st;
}
