#include "base/diag_print.h"

#include "base/diag.h"
#include "base/text.h"

#include <stdbool.h>

/* Cells of a terminal line that the source line may fill, and how much of that is before the place
 * once the place is too far to the right. */
enum { WINDOW_CELLS = 160, FAR_CELLS = 100, BEFORE_CELLS = 40 };

typedef struct range {
  uint32_t first;
  uint32_t last;
} range;

/* East Asian Wide and Fullwidth, blocks rounded out over unassigned characters. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x2E80, 0x303E},
    {0x3041, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

/* Marks that stand over or under the character before, and variation selectors. */
static const range zero[] = {
    {0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20F0}, {0x302A, 0x302D},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
};

/* What must not reach a terminal: controls but the tab, line separators, turns of direction. */
static const range hidden[] = {
    {0x0000, 0x0008}, {0x000A, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
};

static bool among(const range *ranges, size_t count, uint32_t c)
{
  for (size_t i = 0; i < count; i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

static unsigned cell_count(uint32_t c)
{
  if (among(zero, XS_COUNT(zero), c)) return 0;
  return among(wide, XS_COUNT(wide), c) ? 2 : 1;
}

/* The next character in the form in which it is shown. */
static uint32_t next_shown(xs_text t, size_t *off)
{
  uint32_t c = xs_text_next(t, off);
  return among(hidden, XS_COUNT(hidden), c) ? 0xFFFD : c;
}

static void print_shown(xs_buf *out, xs_text t)
{
  for (size_t off = 0; off < t.len;) xs_buf_char(out, next_shown(t, &off));
}

/* The part of a source line that is shown, and where in it the place stands. */
typedef struct window {
  xs_text part;
  bool cut_front;
  bool cut_back;
  size_t place;     /* bytes from the start of the part */
  size_t place_len; /* bytes */
} window;

static size_t skip_chars(xs_text t, size_t off, size_t count)
{
  while (count-- && off < t.len) xs_text_next(t, &off);
  return off;
}

/* The first offset from `from` at which at least `cells` cells are passed. */
static size_t skip_cells(xs_text t, size_t from, size_t cells)
{
  size_t passed = 0;
  while (from < t.len && passed < cells) passed += cell_count(next_shown(t, &from));
  return from;
}

static size_t count_cells(xs_text t, size_t from, size_t to)
{
  size_t cells = 0;
  while (from < to) cells += cell_count(next_shown(t, &from));
  return cells;
}

static window find_window(const xs_diag_view *v)
{
  xs_text line = v->source_line;
  size_t place = skip_chars(line, 0, v->column - 1);
  size_t place_end = skip_chars(line, place, v->column_count);
  size_t cells = count_cells(line, 0, place);

  size_t from = cells > FAR_CELLS ? skip_cells(line, 0, cells - BEFORE_CELLS) : 0;
  size_t to = skip_cells(line, from, WINDOW_CELLS);
  if (place_end > to) place_end = to;
  return (window){
      .part = line.ptr ? (xs_text){line.ptr + from, to - from} : XS_NO_TEXT,
      .cut_front = from > 0,
      .cut_back = to < line.len,
      .place = place - from,
      .place_len = place_end - place,
  };
}

static void repeat(xs_buf *out, const char *s, size_t count)
{
  while (count--) xs_buf_str(out, s);
}

static void print_carets(const window *w, const xs_diag_style *style, xs_buf *out)
{
  size_t off = 0;
  while (off < w->place) {
    uint32_t c = next_shown(w->part, &off);
    if (c == '\t')
      xs_buf_char(out, c);
    else
      repeat(out, " ", cell_count(c));
  }
  xs_buf_str(out, style->caret);
  xs_buf_char(out, '^');
  size_t cells = count_cells(w->part, w->place, w->place + w->place_len);
  if (cells > 1) repeat(out, "~", cells - 1);
  xs_buf_str(out, style->end);
}

static void print_excerpt(const xs_diag_view *v, const xs_diag_style *style, xs_buf *out)
{
  window w = find_window(v);
  xs_buf_printf(out, "%5u | %s", v->line, w.cut_front ? "…" : "");
  print_shown(out, w.part);
  xs_buf_printf(out, "%s\n      | %s", w.cut_back ? "…" : "", w.cut_front ? " " : "");
  print_carets(&w, style, out);
  xs_buf_char(out, '\n');
}

static const char *severity_name(xs_severity severity)
{
  switch (severity) {
  case XS_NOTE:
    return _("note");
  case XS_WARNING:
    return _("warning");
  case XS_ERROR:
    return _("error");
  }
  return "";
}

xs_status xs_diag_print_styled(const xs_diag_view *v, const xs_diag_style *style, xs_buf *out)
{
  static const xs_diag_style plain = {"", {"", "", ""}, "", ""};
  if (!style) style = &plain;
  if (v->line) {
    xs_buf_str(out, style->place);
    print_shown(out, v->file);
    xs_buf_printf(out, ":%u:%u:%s ", v->line, v->column, style->end);
  }
  xs_buf_printf(out, "%s%s:%s ", style->severity[v->severity], severity_name(v->severity),
                style->end);
  print_shown(out, v->text);
  if (v->slug.len) xs_buf_printf(out, " [%.*s]", XS_TEXT(v->slug));
  xs_buf_char(out, '\n');
  if (v->line && v->severity != XS_NOTE) print_excerpt(v, style, out);
  return out->status;
}

xs_status xs_diag_print(const xs_diag_view *v, xs_buf *out)
{
  return xs_diag_print_styled(v, NULL, out);
}

xs_status xs_diags_print(const xs_diags *diags, xs_buf *out)
{
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++) {
    xs_status status = xs_diag_print(&view, out);
    if (status) return status;
  }
  return out->status;
}
