#include "template/law.h"

#include "base/text.h"
#include "template/numeral.h"

enum { MAX_LAW_BYTES = 65536, MAX_ARTICLE_DIGITS = 9 };

static bool is_verified(const xmlNode *entry)
{
  return xs_xml_attr_is(entry, "grade", "A") || xs_xml_attr_is(entry, "grade", "B");
}

/* Cuts `t` at the first `c`; the part before it is returned. */
static xs_text cut(xs_text *t, char c)
{
  size_t i = 0;
  while (i < t->len && t->ptr[i] != c) i++;
  xs_text head = {t->ptr, i};
  *t = i < t->len ? (xs_text){t->ptr + i + 1, t->len - i - 1} : XS_LIT("");
  return head;
}

static bool is_number(xs_text t)
{
  uint64_t n = 0;
  return t.len <= MAX_ARTICLE_DIGITS && xs_text_uint(t, &n);
}

xs_law_flaw xs_law_write_article(xs_arena *a, xs_text article, xs_buf *b)
{
  static const char *const before[] = {"第", "第", "第（"};
  static const char *const behind[] = {"条", "款", "）项"};
  xs_text rest = article;
  for (size_t i = 0; rest.len; i++) {
    xs_text part = cut(&rest, ':');
    xs_text main = cut(&part, '-');
    if (i == XS_COUNT(before) || !is_number(main) || (part.len && !is_number(part)))
      return XS_LAW_NO_ARTICLE;
    xs_buf_str(b, before[i]);
    xs_buf_text(b, xs_numeral(a, main, XS_NUMERAL_HAN));
    xs_buf_str(b, behind[i]);
    if (part.len) xs_buf_str(b, "之");
    if (part.len) xs_buf_text(b, xs_numeral(a, part, XS_NUMERAL_HAN));
  }
  return XS_LAW_SOUND;
}

xs_law_flaw xs_law_write(xs_arena *a, const xs_rules *rules, xs_text reference, xs_text article,
                         xs_buf *b)
{
  xs_text rest = reference;
  const xmlNode *law = xs_rules_law(rules, cut(&rest, ':'));
  if (!law) return XS_LAW_UNKNOWN;
  xs_text title = xs_xml_attr(law, "title");
  bool is_quoted = xs_text_starts(title, "《");
  if (!is_quoted) xs_buf_str(b, "《");
  xs_buf_text(b, title);
  if (!is_quoted) xs_buf_str(b, "》");
  xs_law_flaw flaw = xs_law_write_article(a, rest.len ? rest : article, b);
  if (!flaw && !is_verified(law)) xs_buf_str(b, "（待核实）");
  return flaw;
}

xs_text xs_law_text(xs_arena *a, const xs_rules *rules, xs_text reference)
{
  xs_buf b;
  xs_text text = XS_NO_TEXT;
  xs_buf_init(&b, xs_arena_host(a), MAX_LAW_BYTES);
  if (!xs_law_write(a, rules, reference, XS_LIT(""), &b) && !b.status)
    text = xs_arena_text(a, xs_buf_view(&b));
  xs_buf_free(&b);
  return text;
}
