#include "template/sort.h"

#include "base/text.h"
#include "template/numeral.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

typedef struct sort_key {
  const xmlNode *node;
  size_t index;  /* where it stood before */
  xs_text bytes; /* keys compare as these bytes */
  bool descends;
} sort_key;

static int compare_keys(const void *left, const void *right)
{
  const sort_key *a = (const sort_key *)left, *b = (const sort_key *)right;
  int order = xs_text_compare(a->bytes, b->bytes);
  if (order) return a->descends ? -order : order;
  return a->index < b->index ? -1 : a->index > b->index;
}

/* Bytes that compare as the numbers do: sign, digits before the point filled up with zeros, all
 * digits turned round below zero. */
static xs_status number_key(xs_evaluation *ev, const xs_expression *e, const xs_value *v,
                            xs_text *out)
{
  xs_decimal d;
  if (!xs_decimal_parse(v->text, &d)) {
    xs_diag(ev->diags, XS_D_FUNCTION_VALUE, e->span, _("“%.*s” is no number to sort by"),
            XS_TEXT(v->text));
    if (v->from.source) xs_diag_note(ev->diags, v->from, _("the value stands here"));
    return XS_EINPUT;
  }
  xs_text decimals = xs_decimal_significant(&d);
  char key[1 + 2 * XS_DECIMAL_DIGITS];
  memset(key, '0', sizeof key);
  bool is_zero = decimals.len == 0 && d.whole.len == 1 && d.whole.ptr[0] == '0';
  bool below = d.is_negative && !is_zero;
  key[0] = below ? '-' : '1'; /* '-' comes before every digit */
  memcpy(key + 1 + XS_DECIMAL_DIGITS - d.whole.len, d.whole.ptr, d.whole.len);
  if (decimals.len) memcpy(key + 1 + XS_DECIMAL_DIGITS, decimals.ptr, decimals.len);
  for (size_t i = 1; below && i < sizeof key; i++) key[i] = (char)('0' + '9' - key[i]);
  *out = xs_arena_text(ev->a, (xs_text){key, sizeof key});
  return out->ptr ? XS_OK : XS_ENOMEM;
}

static xs_status collation_key(xs_evaluation *ev, const UCollator *collator, xs_text t,
                               xs_text *out)
{
  UErrorCode error = U_ZERO_ERROR;
  int32_t unit_count = 0;
  u_strFromUTF8(NULL, 0, &unit_count, t.ptr, (int32_t)t.len, &error);
  UChar *units = XS_NEW_ARRAY(ev->a, (size_t)unit_count + 1, UChar);
  if (!units) return XS_ENOMEM;
  error = U_ZERO_ERROR;
  u_strFromUTF8(units, unit_count + 1, NULL, t.ptr, (int32_t)t.len, &error);
  int32_t len = U_FAILURE(error) ? 0 : ucol_getSortKey(collator, units, unit_count, NULL, 0);
  uint8_t *key = len > 0 ? XS_NEW_ARRAY(ev->a, (size_t)len, uint8_t) : NULL;
  if (!key) return XS_ENOMEM;
  ucol_getSortKey(collator, units, unit_count, key, len);
  *out = (xs_text){(const char *)key, (size_t)len};
  return XS_OK;
}

static UCollator *open_collator(const xs_node *n)
{
  UErrorCode error = U_ZERO_ERROR;
  bool by_stroke = xs_node_is(n, XS_A_ORDER, "stroke");
  UCollator *collator = ucol_open(by_stroke ? "zh-u-co-stroke" : "zh-u-co-pinyin", &error);
  return U_FAILURE(error) ? NULL : collator;
}

static xs_status make_key(xs_evaluation *ev, const xs_node *n, const UCollator *collator,
                          const xmlNode *node, xs_text *out)
{
  const xs_expression *e = xs_node_expression(n, XS_A_SORT);
  xs_value v;
  xs_status st = xs_evaluate_value(ev, e, node, &v);
  if (st) return st;
  if (v.is_missing) {
    xs_evaluation_report_missing(ev, e, node);
    return XS_EINPUT;
  }
  *out = v.text;
  if (xs_node_is(n, XS_A_ORDER, "number")) return number_key(ev, e, &v, out);
  return collator ? collation_key(ev, collator, v.text, out) : XS_OK;
}

xs_status xs_sort_nodes(xs_evaluation *ev, const xs_node *n, const xmlNode *const **nodes,
                        size_t count)
{
  if (count < 2 || !xs_node_expression(n, XS_A_SORT)) return XS_OK;
  bool is_plain = xs_node_is(n, XS_A_ORDER, "number") || xs_node_is(n, XS_A_ORDER, "text");
  UCollator *collator = is_plain ? NULL : open_collator(n);
  sort_key *keys = XS_NEW_ARRAY(ev->a, count, sort_key);
  const xmlNode **sorted = XS_NEW_ARRAY(ev->a, count, const xmlNode *);
  xs_status st = keys && sorted && (is_plain || collator) ? XS_OK : XS_ENOMEM;
  for (size_t i = 0; i < count && !st; i++) {
    keys[i] = (sort_key){(*nodes)[i], i, XS_NO_TEXT, xs_node_is(n, XS_A_DESCENDING, "yes")};
    st = make_key(ev, n, collator, (*nodes)[i], &keys[i].bytes);
  }
  if (!st) {
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++) sorted[i] = keys[i].node;
    *nodes = sorted;
  }
  if (collator) ucol_close(collator);
  return st;
}
