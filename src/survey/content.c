/*
 * The content of a page is a row of operands and operators. Only what the engine writes is known
 * (operators.def), and only in the order in which it writes it:
 *
 *   text       BT … Tf … Tm [<code…> gap <code…>]TJ … ET
 *   strokes    w d x y m x y l S
 *   fills      x y w h re f
 *   pictures   q w 0 0 h x y cm /Im1 Do Q
 *
 * Anything else ends the reading with a word on what was met: a page that is half understood
 * would be half measured.
 */
#include "survey/content.h"

#include "base/limits.h"
#include "base/text.h"
#include "survey/lexer.h"
#include "survey/picture_color.h"

#include <string.h>

typedef enum operator_id {
#define X(id, word, operands) OPERATOR_##id,
#include "survey/operators.def"
#undef X
  OPERATOR_COUNT
} operator_id;

static const struct {
  const char *word, *operands;
} operators[] = {
#define X(id, word, operands) {word, operands},
#include "survey/operators.def"
#undef X
};

enum { MATRIX = 6, PEN_UNITS = 10000, PEN_MAX = 1000000000 };

typedef struct state {
  xs_content_reader *r;
  size_t page_index;
  xs_seen_page *page;
  xs_token *operands;
  size_t operand_count, operand_capacity;
  bool in_text, in_picture;
  const xs_seen_font *font;
  xs_len size;
  int64_t text_place[MATRIX], picture_place[MATRIX];
  int64_t pen; /* from text_place, 1/PEN_UNITS em */
  xs_color fill, stroke;
  xs_len thickness;
  xs_len from_x, from_y, to_x, to_y; /* of the path: a line, or opposite corners */
} state;

/* ---- numbers --------------------------------------------------------------------------------- */

static xs_len len_of(int64_t fine)
{
  const int64_t half = fine < 0 ? -XS_FINE / 2 : XS_FINE / 2;
  return xs_len_clamp((fine * 1024 + half) / XS_FINE);
}

static xs_len len_at(const state *s, size_t i)
{
  return len_of(s->operands[i].number);
}

/* Upwards from the lower edge becomes downwards from the upper one. */
static xs_len y_at(const state *s, size_t i)
{
  return xs_len_clamp((int64_t)s->page->height - len_at(s, i));
}

static uint32_t channel(int64_t fine)
{
  if (fine < 0) fine = 0;
  if (fine > XS_FINE) fine = XS_FINE;
  return (uint32_t)((fine * 255 + XS_FINE / 2) / XS_FINE);
}

static xs_color color_of(const state *s)
{
  const xs_token *t = s->operands;
  size_t g = s->operand_count == 3 ? 1 : 0, b = s->operand_count == 3 ? 2 : 0;
  return channel(t[0].number) << 16 | channel(t[g].number) << 8 | channel(t[b].number);
}

static xs_status count_one(state *s)
{
  if (++s->r->seen_count <= XS_MAX_SURVEY_ITEMS) return XS_OK;
  return xs_pdf_file_limit(s->r->file, _("too much stands on its pages"));
}

/* ---- text ------------------------------------------------------------------------------------ */

static xs_known_object *find_object(xs_content_reader *r, int id)
{
  for (size_t i = 0; i < r->object_count; i++)
    if (r->objects[i].id == id) return &r->objects[i];
  return NULL;
}

static xs_known_object *add_object(xs_content_reader *r, int id)
{
  xs_known_object *o = XS_PUSH(r->a, r->objects, r->object_count, r->object_capacity);
  if (o) *o = (xs_known_object){.id = id};
  return o;
}

static xs_status open_font(xs_content_reader *r, int id, const xs_seen_font **out)
{
  xs_pdf_font raw;
  xs_seen_font *font = XS_NEW(r->a, xs_seen_font);
  if (!font) return XS_ENOMEM;
  if (r->object_count >= XS_MAX_SURVEY_OBJECTS)
    return xs_pdf_file_limit(r->file, _("too many fonts and pictures"));
  xs_status status = xs_pdf_file_font(r->file, id, &raw);
  if (status) return status;
  status = xs_seen_font_open(r->a, &raw, font);
  if (status == XS_EINPUT)
    return xs_pdf_file_foreign(r->file, _("the font %s is damaged"), raw.name);
  xs_known_object *o = status ? NULL : add_object(r, id);
  if (!o) return status ? status : XS_ENOMEM;
  o->font = font;
  *out = font;
  return XS_OK;
}

/* The size may not change on the way along a line: the pen counts in ems. */
static xs_status read_FONT(state *s)
{
  int id = xs_pdf_file_font_id(s->r->file, s->page_index, s->operands[0].text);
  if (!id)
    return xs_pdf_file_foreign(s->r->file, _("page %zu has no font %.*s"), s->page_index + 1,
                               XS_TEXT(s->operands[0].text));
  const xs_known_object *known = find_object(s->r, id);
  if (s->pen && s->size != len_at(s, 1))
    return xs_pdf_file_foreign(s->r->file, "%s", _("a line of text in two sizes"));
  s->size = len_at(s, 1);
  s->font = known ? known->font : NULL;
  return s->font ? XS_OK : open_font(s->r, id, &s->font);
}

static xs_status read_BEGIN_TEXT(state *s)
{
  s->in_text = true;
  s->pen = 0;
  return XS_OK;
}

static xs_status read_END_TEXT(state *s)
{
  s->in_text = false;
  return XS_OK;
}

static xs_status read_TEXT_PLACE(state *s)
{
  for (size_t i = 0; i < MATRIX; i++) s->text_place[i] = s->operands[i].number;
  s->pen = 0;
  return XS_OK;
}

static bool is_upright(const state *s)
{
  const int64_t *m = s->text_place;
  return m[0] == XS_FINE && m[1] == 0 && m[2] == 0 && m[3] == XS_FINE;
}

static xs_status show_code(state *s, uint32_t code)
{
  xs_text text = xs_unicode_map_text(&s->font->characters, code);
  size_t off = 0;
  if (!text.len) {
    return xs_pdf_file_foreign(s->r->file,
                               _("page %zu shows glyph %u of %s, which stands for nothing"),
                               s->page_index + 1, (unsigned)code, s->font->name);
  }
  xs_status status = count_one(s);
  xs_seen_page *page = s->page;
  xs_seen_char *c =
      status ? NULL : XS_PUSH(s->r->a, page->chars, page->char_count, page->char_capacity);
  if (!c) return status ? status : XS_ENOMEM;
  xs_len x = len_of(s->text_place[4]), y = len_of(s->text_place[5]);
  *c = (xs_seen_char){
      .codepoint = xs_text_next(text, &off),
      .text = text,
      .font = s->font->name,
      .size = s->size,
      .color = s->fill,
      .turned = !is_upright(s),
      .x = xs_len_clamp(x + s->pen * s->size / PEN_UNITS),
      .origin = xs_len_clamp((int64_t)page->height - y),
      .advance = xs_len_clamp((int64_t)s->font->widths[code] * s->size / 1000),
  };
  c->baseline = c->origin;
  c->blank = !xs_seen_font_ink(s->font, code, c->size, c->x, c->origin, &c->ink);
  return XS_OK;
}

/* One string of two-byte codes. */
static xs_status show_string(state *s, xs_text hex)
{
  if (hex.len % 4) return xs_pdf_file_foreign(s->r->file, "%s", _("a code of half a character"));
  for (size_t i = 0; i < hex.len; i += 4) {
    uint32_t code = 0;
    for (size_t j = 0; j < 4; j++) code = code << 4 | (uint32_t)xs_lexer_digit(hex.ptr[i + j]);
    xs_status status = show_code(s, code);
    if (status) return status;
    s->pen += (int64_t)s->font->widths[code] * (PEN_UNITS / 1000);
  }
  return XS_OK;
}

static xs_status read_SHOW(state *s)
{
  if (!s->in_text || !s->font)
    return xs_pdf_file_foreign(s->r->file, "%s", _("text outside of text"));
  for (size_t i = 1; i + 1 < s->operand_count; i++) {
    const xs_token *t = &s->operands[i];
    xs_status status = XS_OK;
    if (t->kind == XS_TOKEN_HEX)
      status = show_string(s, t->text);
    else if (t->kind == XS_TOKEN_NUMBER)
      s->pen -= t->number / (XS_FINE / (PEN_UNITS / 1000));
    else
      status = xs_pdf_file_foreign(s->r->file, "%s", _("text in another form"));
    if (status) return status;
    if (s->pen > PEN_MAX || s->pen < -PEN_MAX)
      return xs_pdf_file_foreign(s->r->file, "%s", _("a line of text without end"));
  }
  return XS_OK;
}

/* ---- colours and strokes --------------------------------------------------------------------- */

static xs_status read_FILL_GRAY(state *s)
{
  s->fill = color_of(s);
  return XS_OK;
}

static xs_status read_FILL_RGB(state *s)
{
  s->fill = color_of(s);
  return XS_OK;
}

static xs_status read_STROKE_GRAY(state *s)
{
  s->stroke = color_of(s);
  return XS_OK;
}

static xs_status read_STROKE_RGB(state *s)
{
  s->stroke = color_of(s);
  return XS_OK;
}

static xs_status read_THICKNESS(state *s)
{
  s->thickness = len_at(s, 0);
  return XS_OK;
}

static xs_status read_DASH(state *s)
{
  (void)s; /* how a line is broken changes neither its place nor its length */
  return XS_OK;
}

static xs_status read_MOVE(state *s)
{
  s->from_x = s->to_x = len_at(s, 0);
  s->from_y = s->to_y = y_at(s, 1);
  return XS_OK;
}

static xs_status read_LINE(state *s)
{
  s->to_x = len_at(s, 0);
  s->to_y = y_at(s, 1);
  return XS_OK;
}

static xs_len lesser(xs_len a, xs_len b)
{
  return a < b ? a : b;
}

static xs_len greater(xs_len a, xs_len b)
{
  return a > b ? a : b;
}

static xs_status add_rule(state *s, const xs_seen_rule *rule)
{
  xs_status status = count_one(s);
  xs_seen_page *page = s->page;
  xs_seen_rule *slot =
      status ? NULL : XS_PUSH(s->r->a, page->rules, page->rule_count, page->rule_capacity);
  if (!slot) return status ? status : XS_ENOMEM;
  *slot = *rule;
  return XS_OK;
}

static xs_status read_STROKE(state *s)
{
  return add_rule(s, &(xs_seen_rule){.x1 = lesser(s->from_x, s->to_x),
                                     .y1 = lesser(s->from_y, s->to_y),
                                     .x2 = greater(s->from_x, s->to_x),
                                     .y2 = greater(s->from_y, s->to_y),
                                     .thickness = s->thickness,
                                     .color = s->stroke});
}

static xs_status read_RECTANGLE(state *s)
{
  s->from_x = len_at(s, 0);
  s->from_y = y_at(s, 1);
  s->to_x = xs_len_clamp((int64_t)s->from_x + len_at(s, 2));
  s->to_y = xs_len_clamp((int64_t)s->from_y - len_at(s, 3));
  return XS_OK;
}

/* A filled rectangle is seen as the rule along its longer side. */
static xs_status read_FILL(state *s)
{
  xs_len left = lesser(s->from_x, s->to_x), right = greater(s->from_x, s->to_x);
  xs_len top = lesser(s->from_y, s->to_y), bottom = greater(s->from_y, s->to_y);
  xs_len across = left + (right - left) / 2, down = top + (bottom - top) / 2;
  bool lies = right - left >= bottom - top;
  return add_rule(s, &(xs_seen_rule){.x1 = lies ? left : across,
                                     .y1 = lies ? down : top,
                                     .x2 = lies ? right : across,
                                     .y2 = lies ? down : bottom,
                                     .thickness = lies ? bottom - top : right - left,
                                     .color = s->fill});
}

/* ---- pictures -------------------------------------------------------------------------------- */

static xs_status read_SAVE(state *s)
{
  if (s->in_picture || s->in_text)
    return xs_pdf_file_foreign(s->r->file, "%s", _("a state within a state"));
  s->in_picture = true;
  return XS_OK;
}

static xs_status read_RESTORE(state *s)
{
  s->in_picture = false;
  return XS_OK;
}

static xs_status read_PLACE(state *s)
{
  for (size_t i = 0; i < MATRIX; i++) s->picture_place[i] = s->operands[i].number;
  if (s->in_picture && s->operands[1].number == 0 && s->operands[2].number == 0) return XS_OK;
  return xs_pdf_file_foreign(s->r->file, "%s", _("a part of a page that is moved or turned"));
}

static xs_status open_picture(state *s, int id, xs_seen_picture *out)
{
  xs_content_reader *r = s->r;
  if (r->object_count >= XS_MAX_SURVEY_OBJECTS)
    return xs_pdf_file_limit(r->file, _("too many fonts and pictures"));
  xs_pdf_image image;
  xs_arena *a = xs_arena_new(xs_arena_host(r->a));
  xs_status status = a ? xs_pdf_file_image(r->file, a, id, &image) : XS_ENOMEM;
  xs_known_object *o = status ? NULL : add_object(r, id);
  if (o) {
    o->picture.has_color = xs_picture_color(&image, &o->picture.color);
    *out = o->picture;
  }
  xs_arena_free(a);
  return status || o ? status : XS_ENOMEM;
}

static xs_status read_DRAW(state *s)
{
  int id = xs_pdf_file_image_id(s->r->file, s->page_index, s->operands[0].text);
  if (!id || !s->in_picture)
    return xs_pdf_file_foreign(s->r->file, _("page %zu has no picture %.*s"), s->page_index + 1,
                               XS_TEXT(s->operands[0].text));
  const xs_known_object *known = find_object(s->r, id);
  xs_seen_picture picture = known ? known->picture : (xs_seen_picture){0};
  xs_status status = known ? XS_OK : open_picture(s, id, &picture);
  if (!status) status = count_one(s);
  if (status) return status;
  const int64_t *m = s->picture_place;
  int64_t left = len_of(m[4]), bottom = (int64_t)s->page->height - len_of(m[5]);
  picture.box = (xs_box){.left = (xs_len)left,
                         .top = xs_len_clamp(bottom - len_of(m[3])),
                         .right = xs_len_clamp(left + len_of(m[0])),
                         .bottom = xs_len_clamp(bottom)};
  xs_seen_picture *slot =
      XS_PUSH(s->r->a, s->page->pictures, s->page->picture_count, s->page->picture_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = picture;
  return XS_OK;
}

/* ---- marks: they say what something is, and are not asked ------------------------------------ */

static xs_status read_MARK(state *s)
{
  (void)s;
  return XS_OK;
}

static xs_status read_MARK_WITH(state *s)
{
  (void)s;
  return XS_OK;
}

static xs_status read_END_MARK(state *s)
{
  (void)s;
  return XS_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* How many tokens the operand that begins at i takes; 0 when it is not of this form. */
static size_t operand_len(const state *s, size_t i, char form)
{
  if (i >= s->operand_count) return 0;
  xs_token_kind kind = s->operands[i].kind;
  if (form == 'n') return kind == XS_TOKEN_NUMBER;
  if (form == '/') return kind == XS_TOKEN_NAME;
  xs_token_kind begin = form == '[' ? XS_TOKEN_ARRAY : XS_TOKEN_DICT;
  xs_token_kind end = form == '[' ? XS_TOKEN_ARRAY_END : XS_TOKEN_DICT_END;
  if (kind != begin) return 0;
  for (size_t j = i + 1; j < s->operand_count; j++)
    if (s->operands[j].kind == end) return j - i + 1;
  return 0;
}

static bool operands_fit(const state *s, const char *form)
{
  size_t i = 0;
  for (; *form; form++) {
    size_t len = operand_len(s, i, *form);
    if (!len) return false;
    i += len;
  }
  return i == s->operand_count;
}

static xs_status carry_out(state *s, xs_text word)
{
  static xs_status (*const readers[])(state *) = {
#define X(id, word, operands) read_##id,
#include "survey/operators.def"
#undef X
  };
  size_t i = 0;
  while (i < OPERATOR_COUNT && !xs_text_is(word, operators[i].word)) i++;
  if (i == OPERATOR_COUNT)
    return xs_pdf_file_foreign(s->r->file, _("page %zu uses the operator “%.*s”"),
                               s->page_index + 1, word.len > 16 ? 16 : (int)word.len, word.ptr);
  if (!operands_fit(s, operators[i].operands))
    return xs_pdf_file_foreign(s->r->file, _("page %zu uses “%s” with other operands"),
                               s->page_index + 1, operators[i].word);
  xs_status status = readers[i](s);
  s->operand_count = 0;
  return status;
}

static xs_status take(state *s, xs_token t)
{
  if (t.kind == XS_TOKEN_WORD) return carry_out(s, t.text);
  if (t.kind == XS_TOKEN_BROKEN || s->operand_count >= XS_MAX_OPERANDS)
    return xs_pdf_file_foreign(s->r->file, _("the content of page %zu is damaged"),
                               s->page_index + 1);
  xs_token *slot = XS_PUSH(s->r->a, s->operands, s->operand_count, s->operand_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = t;
  return XS_OK;
}

xs_status xs_content_read(xs_content_reader *r, size_t i, xs_text content, xs_seen_page *page)
{
  state s = {.r = r, .page_index = i, .page = page, .thickness = XS_PT(1)};
  xs_lexer l = {content, 0};
  for (;;) {
    xs_token t = xs_lexer_next(&l);
    if (t.kind == XS_TOKEN_END) break;
    xs_status status = take(&s, t);
    if (status) return status;
  }
  if (!s.operand_count) return XS_OK;
  return xs_pdf_file_foreign(r->file, _("the content of page %zu is damaged"), i + 1);
}
