#include "template/numbering.h"

#include "base/limits.h"
#include "base/text.h"
#include "template/numeral.h"

#include <string.h>

static xs_counter *counter_of(xs_counters *c, const xs_definition *d)
{
  if (!c->items) c->items = XS_NEW_ARRAY(c->a, c->t->definition_count, xs_counter);
  return c->items ? &c->items[d - c->t->definitions] : NULL;
}

/* How often everything that `d` stands within has gone on. */
static uint64_t outer_advance(xs_counters *c, const xs_definition *d)
{
  uint64_t sum = 0;
  for (size_t depth = 0; depth < XS_MAX_TEMPLATE_DEPTH; depth++) {
    xs_text outer = xs_node_word(d->node, XS_A_WITHIN);
    d = outer.len ? xs_template_definition(c->t, XS_E_NUMBERING, outer) : NULL;
    if (!d) break;
    sum += counter_of(c, d)->advance;
  }
  return sum;
}

static xs_text write_slot(xs_arena *a, xs_text slot, uint32_t n)
{
  xs_text digits = xs_arena_printf(a, "%u", n);
  if (!digits.ptr || xs_text_is(slot, "1")) return digits;
  if (xs_text_is(slot, "一")) return xs_numeral(a, digits, XS_NUMERAL_HAN);
  if (xs_text_is(slot, "壹")) return xs_numeral(a, digits, XS_NUMERAL_UPPER);
  if (xs_text_is(slot, "①")) return xs_numeral_circled(a, n);
  return XS_NO_TEXT;
}

xs_text xs_number_write(xs_arena *a, xs_text form, uint32_t n)
{
  const char *open = form.len ? (const char *)memchr(form.ptr, '{', form.len) : NULL;
  if (!open) return form;
  size_t before = (size_t)(open - form.ptr);
  const char *close = (const char *)memchr(open, '}', form.len - before);
  if (!close) return XS_NO_TEXT;
  xs_text slot = {open + 1, (size_t)(close - open) - 1};
  xs_text number = write_slot(a, slot, n);
  if (!number.ptr) return XS_NO_TEXT;
  size_t behind = form.len - before - slot.len - 2;
  return xs_arena_printf(a, "%.*s%.*s%.*s", (int)before, form.ptr, XS_TEXT(number), (int)behind,
                         close + 1);
}

xs_status xs_counters_next(xs_counters *c, xs_text name, xs_span at, xs_diags *diags,
                           xs_text *label, const xs_node **numbering)
{
  const xs_definition *d = xs_template_definition(c->t, XS_E_NUMBERING, name);
  if (!d) return XS_EINPUT;
  xs_counter *counter = counter_of(c, d);
  if (!counter) return XS_ENOMEM;
  uint64_t outer = outer_advance(c, d);
  if (counter->seen != outer) counter->value = 0;
  counter->seen = outer;
  counter->value++;
  counter->advance++;
  *numbering = d->node;
  xs_text form = xs_node_word(d->node, XS_A_FORM);
  *label = xs_number_write(c->a, form, counter->value);
  if (label->ptr) return XS_OK;
  xs_diag(diags, XS_D_NUMBER_FORM, xs_node_place(d->node, XS_A_FORM),
          _("“%.*s” cannot write the number %u; forms are {一} {1} {壹} {①}"), XS_TEXT(form),
          counter->value);
  xs_diag_note(diags, at, _("the number stands here"));
  return XS_EINPUT;
}

xs_text xs_number_reference(xs_text label)
{
  static const char *const marks[] = {"、", "．", ".", "：", ":", "　", " "};
  for (size_t i = 0; i < XS_COUNT(marks);) {
    if (!xs_text_ends(label, marks[i])) {
      i++;
      continue;
    }
    label.len -= strlen(marks[i]);
    i = 0;
  }
  return label;
}
