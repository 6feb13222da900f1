#include "data/case_edit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/schema_place.h"

#include <string.h>

#define NAMESPACE "urn:xieshang:case:1"

typedef struct editing {
  xs_arena *a;
  const xs_case_edit *edit;
  xs_diags *diags;
  const xmlNode *fact;
  xs_text name; /* of the fact */
  xs_text text; /* of the case file, UTF-8 without a byte order mark */
} editing;

/* Bytes from..to of the text give way to something else. */
typedef struct cut {
  size_t from, to;
} cut;

/* ---- the text of elements ---- */

static size_t find(xs_text t, const char *what, size_t from)
{
  size_t len = strlen(what);
  for (; from + len <= t.len; from++)
    if (memcmp(t.ptr + from, what, len) == 0) return from + len;
  return t.len;
}

/* Behind the tag that begins at `from`; a `>` in a value does not end it. */
static size_t tag_end(xs_text t, size_t from)
{
  char quote = 0;
  for (size_t i = from; i < t.len; i++) {
    char c = t.ptr[i];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      return i + 1;
  }
  return t.len;
}

static bool is_empty_tag(xs_text t, size_t end)
{
  return end >= 2 && t.ptr[end - 2] == '/';
}

static bool begins(xs_text t, size_t at, const char *what)
{
  size_t len = strlen(what);
  return at + len <= t.len && memcmp(t.ptr + at, what, len) == 0;
}

/* Behind the element whose start tag begins at `from`. The text is well-formed. */
static size_t element_end(xs_text t, size_t from)
{
  size_t depth = 0;
  for (size_t i = from; i < t.len;) {
    if (t.ptr[i] != '<') {
      i++;
    } else if (begins(t, i, "<!--")) {
      i = find(t, "-->", i + 4);
    } else if (begins(t, i, "<![CDATA[")) {
      i = find(t, "]]>", i);
    } else if (begins(t, i, "<?")) {
      i = find(t, "?>", i);
    } else {
      bool closes = begins(t, i, "</");
      i = tag_end(t, i);
      if (closes)
        depth--;
      else if (!is_empty_tag(t, i))
        depth++;
      if (depth == 0) return i;
    }
  }
  return t.len;
}

static cut cut_of(const editing *e, const xmlNode *node)
{
  size_t from = xs_xml_span(node).off;
  return (cut){from, element_end(e->text, from)};
}

/* The white space that stands before `at` on its line; NULL text when something else does. */
static xs_text indent_of(xs_text t, size_t at)
{
  size_t from = at;
  while (from && (t.ptr[from - 1] == ' ' || t.ptr[from - 1] == '\t')) from--;
  if (from && t.ptr[from - 1] != '\n') return XS_NO_TEXT;
  return (xs_text){t.ptr + from, at - from};
}

static const char *line_end(xs_text t)
{
  const char *end = memchr(t.ptr, '\n', t.len);
  return end && end > t.ptr && end[-1] == '\r' ? "\r\n" : "\n";
}

/* ---- the fact ---- */

/* Its text, without the declaration of a namespace that holds around it already. */
static xs_status fact_text(const editing *e, xs_text *out)
{
  static const char *const declarations[] = {" xmlns=\"" NAMESPACE "\"", " xmlns='" NAMESPACE "'"};
  xs_text source = xs_diags_source_bytes(e->diags, xs_xml_span(e->fact).source);
  size_t from = xs_xml_span(e->fact).off;
  xs_text text = {source.ptr + from, element_end(source, from) - from};
  size_t root = xs_xml_span(xmlDocGetRootElement(e->edit->kase->doc)).off;
  *out = text;
  if (!begins(e->text, root, "<case")) return XS_OK; /* a prefix: it needs its own */
  for (size_t i = 0; i < XS_COUNT(declarations); i++) {
    size_t head = tag_end(text, 0);
    size_t end = find((xs_text){text.ptr, head}, declarations[i], 0);
    size_t len = strlen(declarations[i]);
    if (end < len || !begins(text, end - len, declarations[i])) continue;
    *out = xs_arena_printf(e->a, "%.*s%.*s", (int)(end - len), text.ptr, (int)(text.len - end),
                           text.ptr + end);
    return out->ptr ? XS_OK : XS_ENOMEM;
  }
  return XS_OK;
}

static const char *key_of(xs_text name)
{
  static const struct {
    const char *element, *attribute;
  } keys[] = {
#define X(element, attribute) {element, attribute},
#include "data/case_keys.def"
#undef X
  };
  for (size_t i = 0; i < XS_COUNT(keys); i++)
    if (xs_text_is(name, keys[i].element)) return keys[i].attribute;
  return "id";
}

/* The child of `parent` that the fact is about already. */
static const xmlNode *find_like(const editing *e, const xmlNode *parent)
{
  const char *name = (const char *)e->fact->name;
  xs_text key = xs_xml_attr(e->fact, key_of(e->name));
  const xmlNode *child = key.ptr ? xs_xml_child(parent, name) : NULL;
  while (child && !xs_text_equal(xs_xml_attr(child, key_of(e->name)), key))
    child = xs_xml_next(child, name);
  return child;
}

/* ---- its parent ---- */

static xs_status can_hold(const editing *e, const xmlNode *parent, bool *can)
{
  xs_place place;
  xs_status st = xs_schema_place(e->edit->schema, parent, e->name, &place);
  *can = !st && place.kind != XS_PLACE_NONE;
  return st;
}

static xs_status find_stated(const editing *e, const xmlNode **out)
{
  xs_text into = e->edit->into;
  const xmlNode *root = xmlDocGetRootElement(e->edit->kase->doc);
  bool known = false;
  for (const xmlNode *n = xs_xml_walk(root, NULL); n; n = xs_xml_walk(root, n)) {
    if (!xs_text_equal(xs_xml_attr(n, "id"), into)) continue;
    bool can = false;
    xs_status st = can_hold(e, n, &can);
    if (st) return st;
    known = true;
    if (!can) continue;
    *out = n;
    return XS_OK;
  }
  xs_diag(e->diags, XS_D_FACT_MISPLACED, xs_xml_span(e->fact),
          known ? _("no <%.*s> belongs to what has the id “%.*s”")
                : _("<%.*s> cannot be put there: the case has no id “%.*s”"),
          XS_TEXT(e->name), XS_TEXT(into));
  return XS_EINPUT;
}

static xs_status say_ambiguous(const editing *e, const xmlNode *one, const xmlNode *other)
{
  xs_diag(e->diags, XS_D_FACT_AMBIGUOUS, xs_xml_span(e->fact),
          _("<%.*s> could belong to several elements: say to which with --into ID"),
          XS_TEXT(e->name));
  xs_diag_note(e->diags, xs_xml_span(one), _("here"));
  xs_diag_note(e->diags, xs_xml_span(other), _("or here"));
  return XS_EINPUT;
}

/* The root when it can hold the fact; else the only element that can, or that the hint means. */
static xs_status find_parent(const editing *e, const xmlNode **out)
{
  if (e->edit->into.len) return find_stated(e, out);
  const xmlNode *root = xmlDocGetRootElement(e->edit->kase->doc), *other = NULL;
  for (const xmlNode *n = xs_xml_walk(root, NULL); n; n = xs_xml_walk(root, n)) {
    bool can = false;
    xs_status st = can_hold(e, n, &can);
    if (st) return st;
    if (!can) continue;
    bool meant =
        n == root || (e->edit->hint.len && xs_text_equal(xs_xml_attr(n, "id"), e->edit->hint));
    if (meant || !*out) {
      *out = n;
      if (meant) return XS_OK;
    } else {
      other = n;
    }
  }
  if (other) return say_ambiguous(e, *out, other);
  if (*out) return XS_OK;
  xs_diag(e->diags, XS_D_FACT_MISPLACED, xs_xml_span(e->fact),
          _("the case has nothing yet that <%.*s> could belong to"), XS_TEXT(e->name));
  return XS_EINPUT;
}

/* ---- the new text ---- */

static void join(const editing *e, cut old, xs_text before, xs_text fact, xs_text behind,
                 xs_buf *out)
{
  xs_text raw = xs_xml_raw(e->edit->kase->doc);
  xs_buf_add(out, raw.ptr, raw.len - e->text.len); /* a byte order mark */
  xs_buf_add(out, e->text.ptr, old.from);
  xs_buf_text(out, before);
  xs_buf_text(out, fact);
  xs_buf_text(out, behind);
  xs_buf_add(out, e->text.ptr + old.to, e->text.len - old.to);
}

/* Behind a sibling, on a line of its own when the sibling has one. */
static xs_status add_behind(const editing *e, const xmlNode *sibling, xs_text fact, xs_buf *out)
{
  cut at = cut_of(e, sibling);
  xs_text indent = indent_of(e->text, at.from);
  xs_text before =
      indent.ptr ? xs_arena_printf(e->a, "%s%.*s", line_end(e->text), XS_TEXT(indent)) : XS_LIT("");
  if (!before.ptr) return XS_ENOMEM;
  join(e, (cut){at.to, at.to}, before, fact, XS_LIT(""), out);
  return out->status;
}

/* As the first child. An empty tag is opened for it. */
static xs_status add_first(const editing *e, const xmlNode *parent, xs_text fact, xs_buf *out)
{
  size_t from = xs_xml_span(parent).off, end = tag_end(e->text, from);
  xs_text outer = indent_of(e->text, from);
  xs_text before = XS_LIT(""), behind = XS_LIT("");
  bool empty = is_empty_tag(e->text, end);
  size_t name_end = from + 1; /* of the tag, with its prefix */
  while (!strchr(" \t\r\n/>", e->text.ptr[name_end])) name_end++;
  if (outer.ptr) before = xs_arena_printf(e->a, "%s%.*s  ", line_end(e->text), XS_TEXT(outer));
  if (empty) {
    before = xs_arena_printf(e->a, ">%.*s", XS_TEXT(before));
    behind =
        outer.ptr ? xs_arena_printf(e->a, "%s%.*s", line_end(e->text), XS_TEXT(outer)) : XS_LIT("");
    behind = xs_arena_printf(e->a, "%.*s</%.*s>", XS_TEXT(behind), (int)(name_end - from - 1),
                             e->text.ptr + from + 1);
  }
  if (!before.ptr || !behind.ptr) return XS_ENOMEM;
  join(e, (cut){empty ? end - 2 : end, end}, before, fact, behind, out);
  return out->status;
}

static xs_status put(const editing *e, const xmlNode *parent, xs_text fact, xs_buf *out)
{
  xs_place place;
  xs_status st = xs_schema_place(e->edit->schema, parent, e->name, &place);
  if (st) return st;
  const xmlNode *old = find_like(e, parent);
  if (!old && place.kind == XS_PLACE_TAKEN) old = xs_xml_child(parent, (const char *)e->fact->name);
  if (old) {
    join(e, cut_of(e, old), XS_LIT(""), fact, XS_LIT(""), out);
    return out->status;
  }
  if (place.kind != XS_PLACE_FREE) {
    xs_diag(e->diags, XS_D_FACT_MISPLACED, xs_xml_span(e->fact),
            _("<%.*s> does not go together with what stands there"), XS_TEXT(e->name));
    return XS_EINPUT;
  }
  return place.behind ? add_behind(e, place.behind, fact, out) : add_first(e, parent, fact, out);
}

static xs_status check_encoding(const editing *e)
{
  enum { MARK = 3 }; /* bytes of a byte order mark */
  xs_text raw = xs_xml_raw(e->edit->kase->doc);
  size_t mark = raw.len - e->text.len;
  if (raw.len >= e->text.len && mark <= MARK &&
      memcmp(raw.ptr + mark, e->text.ptr, e->text.len) == 0)
    return XS_OK;
  xs_diag(e->diags, XS_D_FACT_ENCODING, xs_xml_span(e->fact),
          _("the case file is not UTF-8: give the whole file with its new facts, or save it as "
            "UTF-8 first"));
  return XS_EINPUT;
}

static xs_status check_name(const editing *e)
{
  if (xs_schema_knows_element(e->edit->schema, e->name)) return XS_OK;
  xs_text near = xs_schema_nearest(e->edit->schema, e->name);
  xs_diag(e->diags, XS_D_FACT_MISPLACED, xs_xml_span(e->fact), _("no case has an element <%.*s>"),
          XS_TEXT(e->name));
  if (near.len) xs_diag_note(e->diags, XS_NOWHERE, _("did you mean “%.*s”?"), XS_TEXT(near));
  return XS_EINPUT;
}

static xs_status insert(const editing *e, xs_buf *out)
{
  xs_text fact = XS_NO_TEXT;
  const xmlNode *parent = NULL;
  xs_status st = check_encoding(e);
  if (!st) st = check_name(e);
  if (!st) st = find_parent(e, &parent);
  if (!st) st = fact_text(e, &fact);
  return st ? st : put(e, parent, fact, out);
}

static xs_status check_namespace(const editing *e)
{
  const xmlNs *ns = e->fact->ns;
  if (ns && ns->href && strcmp((const char *)ns->href, NAMESPACE) == 0) return XS_OK;
  xs_diag(e->diags, XS_D_NAMESPACE_WRONG, xs_xml_span(e->fact),
          _("new facts are in the vocabulary of cases: write <%.*s xmlns=\"%s\" …>"),
          XS_TEXT(e->name), NAMESPACE);
  return XS_EINPUT;
}

xs_status xs_case_edit_make(xs_arena *a, const xs_case_edit *edit, xs_diags *diags, xs_text *out)
{
  const xmlNode *fact = xmlDocGetRootElement(edit->facts);
  xs_span root = xs_xml_span(xmlDocGetRootElement(edit->kase->doc));
  editing e = {
      .a = a,
      .edit = edit,
      .diags = diags,
      .fact = fact,
      .name = xs_text_of((const char *)fact->name),
      .text = xs_diags_source_bytes(diags, root.source),
  };
  xs_status st = check_namespace(&e);
  if (st) return st;
  if (xs_xml_is(fact, "case")) {
    *out = xs_xml_raw(edit->facts);
    return XS_OK;
  }
  xs_buf text;
  xs_buf_init(&text, xs_arena_host(a), XS_MAX_XML_BYTES);
  st = insert(&e, &text);
  if (!st) *out = xs_arena_text(a, xs_buf_view(&text));
  xs_buf_free(&text);
  return st ? st : out->ptr ? XS_OK : XS_ENOMEM;
}
