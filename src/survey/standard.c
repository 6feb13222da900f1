#include "survey/standard.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

static const struct {
  const char *name;
  xs_form form;
} forms[] = {
    {"document", XS_FORM_DOCUMENT}, {"letter", XS_FORM_LETTER}, {"minutes", XS_FORM_MINUTES}};

/* ---- loading --------------------------------------------------------------------------------- */

static xs_text keep(xs_arena *a, xs_text text)
{
  return text.len ? xs_arena_text(a, text) : XS_NO_TEXT;
}

/* The schema has seen that it is a decimal. */
static int64_t milli(const xmlNode *e, const char *name, int64_t otherwise)
{
  int64_t value = otherwise;
  xs_text text = xs_xml_attr(e, name);
  return text.ptr && xs_text_milli(text, &value) ? value : otherwise;
}

static void read_sheet(const xmlNode *e, xs_sheet *out)
{
  *out = (xs_sheet){
      .width = xs_len_of_micron(milli(e, "width", 0)),
      .height = xs_len_of_micron(milli(e, "height", 0)),
      .top = xs_len_of_micron(milli(e, "top", 0)),
      .left = xs_len_of_micron(milli(e, "left", 0)),
      .area_width = xs_len_of_micron(milli(e, "area-width", 0)),
      .area_height = xs_len_of_micron(milli(e, "area-height", 0)),
      .em = xs_len_of_millipt(milli(e, "em", 0)),
      .line = xs_len_of_millipt(milli(e, "line", 0)),
      .small_em = xs_len_of_millipt(milli(e, "small-em", 0)),
  };
}

static xs_status read_face(xs_arena *a, const xmlNode *e, xs_face_names *out)
{
  xs_text *names = XS_NEW_ARRAY(a, xs_xml_count(e, "file"), xs_text);
  if (!names) return XS_ENOMEM;
  for (const xmlNode *f = xs_xml_child(e, "file"); f; f = xs_xml_next(f, "file"))
    names[out->count++] = keep(a, xs_xml_content(a, f));
  out->role = keep(a, xs_xml_attr(e, "role"));
  out->names = names;
  return XS_OK;
}

static bool has_word(xs_text list, const char *word)
{
  for (size_t from = 0; from < list.len;) {
    size_t to = from;
    while (to < list.len && list.ptr[to] != ' ') to++;
    if (xs_text_is((xs_text){list.ptr + from, to - from}, word)) return true;
    from = to + 1;
  }
  return false;
}

static unsigned read_forms(const xmlNode *e)
{
  xs_text list = xs_xml_attr(e, "forms");
  unsigned set = 0;
  for (size_t i = 0; i < XS_COUNT(forms); i++)
    if (!list.len || has_word(list, forms[i].name)) set |= 1u << forms[i].form;
  return set;
}

static void close_pattern(void *pattern)
{
  uregex_close(pattern);
}

static xs_status read_pattern(xs_arena *a, const xmlNode *e, xs_diags *diags, xs_format_rule *rule)
{
  enum { MOST = 256 };
  UChar pattern[MOST];
  int32_t len = 0;
  UErrorCode error = U_ZERO_ERROR;
  xs_text text = xs_xml_attr(e, "like");
  u_strFromUTF8(pattern, MOST, &len, text.ptr, (int32_t)text.len, &error);
  if (U_SUCCESS(error)) rule->like = uregex_open(pattern, len, 0, NULL, &error);
  if (error == U_MEMORY_ALLOCATION_ERROR) return XS_ENOMEM;
  if (U_FAILURE(error)) {
    xs_diag(diags, XS_D_FORMAT_INVALID, xs_xml_attr_span(e, "like"),
            _("“%.*s” is no pattern that can be used"), XS_TEXT(text));
    return XS_EINPUT;
  }
  return xs_arena_defer(a, close_pattern, rule->like) ? XS_OK : XS_ENOMEM;
}

/* What the measurement is compared with must be of its kind. */
static xs_status check_kind(const xmlNode *e, xs_diags *diags, const xs_format_rule *rule)
{
  bool is_word = xs_measurement_unit(rule->what) == XS_MEASURE_WORD;
  bool wants_word = rule->kind == XS_WANTED_WORD || rule->kind == XS_WANTED_LIKE;
  if (is_word == wants_word) return XS_OK;
  xs_diag(diags, XS_D_FORMAT_INVALID, xs_xml_attr_span(e, "measure"),
          is_word ? _("“%s” is a word, and no number can be wanted of it")
                  : _("“%s” is a number, and no word can be wanted of it"),
          xs_measurement_name(rule->what));
  return XS_EINPUT;
}

static xs_status read_wanted(xs_arena *a, const xmlNode *e, xs_diags *diags, xs_format_rule *rule)
{
  rule->value = milli(e, "value", 0);
  rule->tolerance = milli(e, "tolerance", 0);
  rule->min = milli(e, "min", INT64_MIN);
  rule->max = milli(e, "max", INT64_MAX);
  rule->kind = xs_xml_attr(e, "value").ptr  ? XS_WANTED_VALUE
               : xs_xml_attr(e, "is").ptr   ? XS_WANTED_WORD
               : xs_xml_attr(e, "like").ptr ? XS_WANTED_LIKE
                                            : XS_WANTED_RANGE;
  rule->word = keep(a, xs_xml_attr(e, rule->kind == XS_WANTED_LIKE ? "such-as" : "is"));
  xs_status status = check_kind(e, diags, rule);
  if (!status && rule->kind == XS_WANTED_LIKE) status = read_pattern(a, e, diags, rule);
  return status;
}

static xs_status read_rule(xs_arena *a, const xmlNode *e, xs_diags *diags, xs_format_rule *rule)
{
  *rule = (xs_format_rule){.id = keep(a, xs_xml_attr(e, "id")),
                           .clause = keep(a, xs_xml_attr(e, "clause")),
                           .grade = keep(a, xs_xml_attr(e, "grade")),
                           .must = !xs_xml_attr_is(e, "strength", "should"),
                           .forms = read_forms(e)};
  for (const xmlNode *name = xs_xml_child(e, "name"); name; name = xs_xml_next(name, "name")) {
    xs_text text = keep(a, xs_xml_content(a, name));
    *(xs_xml_attr_is(name, "lang", "zh") ? &rule->name_zh : &rule->name_en) = text;
  }
  xs_text measure = xs_xml_attr(e, "measure");
  if (xs_measurement_find(measure, &rule->what)) return read_wanted(a, e, diags, rule);
  xs_diag(diags, XS_D_FORMAT_INVALID, xs_xml_attr_span(e, "measure"),
          _("there is no measurement “%.*s”"), XS_TEXT(measure));
  return XS_EINPUT;
}

static xs_status read_rules(xs_arena *a, const xmlNode *root, xs_diags *diags, xs_standard *s)
{
  xs_status worst = XS_OK;
  for (const xmlNode *e = xs_xml_child(root, "rule"); e; e = xs_xml_next(e, "rule")) {
    xs_status status = read_rule(a, e, diags, &s->rules[s->rule_count++]);
    if (status && status != XS_EINPUT) return status;
    if (status) worst = status;
  }
  return worst;
}

static xs_status read_format(xs_arena *a, const xmlNode *root, xs_diags *diags,
                             const xs_standard **out)
{
  xs_status status = XS_OK;
  xs_standard *s = XS_NEW(a, xs_standard);
  if (!s) return XS_ENOMEM;
  s->id = keep(a, xs_xml_attr(root, "id"));
  s->title = keep(a, xs_xml_attr(root, "standard"));
  s->faces = XS_NEW_ARRAY(a, xs_xml_count(root, "face") + 1, xs_face_names);
  s->rules = XS_NEW_ARRAY(a, xs_xml_count(root, "rule"), xs_format_rule);
  if (!s->faces || !s->rules) return XS_ENOMEM;
  read_sheet(xs_xml_child(root, "sheet"), &s->sheet);
  for (const xmlNode *e = xs_xml_child(root, "face"); e && !status; e = xs_xml_next(e, "face"))
    status = read_face(a, e, &s->faces[s->face_count++]);
  if (!status) status = read_rules(a, root, diags, s);
  if (!status) *out = s;
  return status;
}

xs_status xs_standard_load(xs_arena *a, const xs_schema *schema, xs_text path, xs_diags *diags,
                           const xs_standard **out)
{
  xmlDocPtr doc = NULL;
  xs_status status = xs_xml_load(a, path, diags, &doc);
  if (!status) status = xs_schema_check(schema, doc, diags);
  if (status) return status;
  xs_xml_strip_namespace(doc);
  return read_format(a, xmlDocGetRootElement(doc), diags, out);
}

/* ---- judging --------------------------------------------------------------------------------- */

/* XS_EINPUT when it is not of the form. */
static xs_status match(xs_arena *a, URegularExpression *pattern, xs_text text)
{
  enum { STEPS = 1000 };
  UErrorCode error = U_ZERO_ERROR;
  int32_t len = 0, room = (int32_t)text.len + 1;
  if (text.len > XS_MAX_WORD_BYTES) return XS_EINPUT;
  UChar *utf16 = XS_NEW_ARRAY(a, (size_t)room, UChar);
  if (!utf16) return XS_ENOMEM;
  u_strFromUTF8(utf16, room, &len, text.ptr, (int32_t)text.len, &error);
  uregex_setTimeLimit(pattern, STEPS, &error);
  uregex_setText(pattern, utf16, len, &error);
  bool fits = uregex_matches(pattern, 0, &error);
  return U_SUCCESS(error) && fits ? XS_OK : XS_EINPUT;
}

static int64_t beyond(const xs_format_rule *rule, int64_t value)
{
  if (rule->kind == XS_WANTED_VALUE) return value - rule->value;
  if (value < rule->min) return value - rule->min;
  return value > rule->max ? value - rule->max : 0;
}

static xs_status judge(xs_arena *a, const xs_format_rule *rule, const xs_measured *found,
                       xs_judgement *out)
{
  *out = (xs_judgement){.rule = rule, .found = *found};
  xs_status status;
  switch (rule->kind) {
  case XS_WANTED_VALUE:
  case XS_WANTED_RANGE:
    out->off = beyond(rule, found->value);
    out->fits = out->off >= -rule->tolerance && out->off <= rule->tolerance;
    break;
  case XS_WANTED_WORD:
    out->fits = xs_text_equal(found->word, rule->word);
    break;
  case XS_WANTED_LIKE:
    status = match(a, rule->like, found->word);
    if (status == XS_ENOMEM) return status;
    out->fits = !status;
    break;
  }
  return XS_OK;
}

static int compare_judgements(const void *a, const void *b)
{
  const xs_judgement *x = a, *y = b;
  if (x->found.page != y->found.page) return x->found.page < y->found.page ? -1 : 1;
  if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
  return x->off < y->off ? -1 : x->off > y->off;
}

xs_status xs_standard_judge(xs_arena *a, const xs_standard *standard, const xs_gauge *gauge,
                            const xs_judgement **out, size_t *count)
{
  xs_judgement *all = NULL;
  size_t capacity = 0;
  xs_status status = XS_OK;
  *count = 0;
  for (size_t i = 0; i < standard->rule_count; i++) {
    const xs_format_rule *rule = &standard->rules[i];
    if (!(rule->forms & 1u << gauge->anatomy->form)) continue;
    for (size_t j = 0; j < gauge->count && !status; j++) {
      if (gauge->items[j].what != rule->what) continue;
      xs_judgement *slot = XS_PUSH(a, all, *count, capacity);
      status = slot ? judge(a, rule, &gauge->items[j], slot) : XS_ENOMEM;
    }
  }
  if (*count) qsort(all, *count, sizeof *all, compare_judgements);
  *out = all;
  return status;
}
