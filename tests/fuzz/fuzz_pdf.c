/*
 * Any bytes as a finished PDF, as the content of a page, as a character map, and as pages on which
 * characters and rules stand anywhere: reading, recognising and measuring end.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "support/plain_pdf.h"
#include "survey/standard.h"
#include "survey/to_unicode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What every run needs; loaded once. */
static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_standard *standard;
} shared;

static void load_shared(void)
{
  const xs_host *host = xs_host_posix();
  const xs_schema *schema = NULL;
  shared.arena = xs_arena_new(host);
  shared.diags = xs_diags_new(host);
  if (xs_schema_load(shared.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/format.rng"),
                     shared.diags, &schema) ||
      xs_standard_load(shared.arena, schema,
                       XS_LIT(XS_TEST_ROOT "/templates/formats/gb-t-9704.xml"), shared.diags,
                       &shared.standard))
    abort();
}

/* ---- the stages ---- */

static void measure(const xs_survey *survey)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_anatomy anatomy;
  const xs_judgement *judgements;
  size_t count;
  if (!a || xs_anatomy_find(a, survey, &shared.standard->sheet, &anatomy)) abort();
  xs_gauge gauge = {.a = a,
                    .anatomy = &anatomy,
                    .faces = shared.standard->faces,
                    .face_count = shared.standard->face_count};
  if (anatomy.form && (xs_gauge_measure(&gauge) ||
                       xs_standard_judge(a, shared.standard, &gauge, &judgements, &count)))
    abort();
  xs_arena_free(a);
}

static void read_file(xs_text bytes)
{
  xs_survey *survey = NULL;
  xs_diags *diags = xs_diags_new(xs_host_posix());
  xs_status status = xs_survey_read(xs_host_posix(), XS_LIT("a.pdf"), bytes, diags, &survey);
  if ((status != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
  if (survey) measure(survey);
  xs_survey_free(survey);
  xs_diags_free(diags);
}

static void read_content(xs_text bytes)
{
  plain_pdf pdf;
  char content[2048];
  if (bytes.len >= sizeof content || memchr(bytes.ptr, 0, bytes.len)) return;
  memcpy(content, bytes.ptr, bytes.len);
  content[bytes.len] = 0;
  plain_pdf_make(&pdf, content, "", "");
  read_file((xs_text){pdf.bytes, pdf.len});
}

static void read_map(xs_text bytes)
{
  xs_unicode_map map;
  xs_arena *a = xs_arena_new(xs_host_posix());
  if (a && xs_unicode_map_read(a, bytes, &map) == XS_OK) (void)xs_unicode_map_text(&map, 1);
  xs_arena_free(a);
}

/* ---- pages on which things stand anywhere ---- */

typedef struct dice {
  const uint8_t *bytes;
  size_t len, at;
} dice;

static unsigned throw(dice * d)
{
  return d->at < d->len ? d->bytes[d->at++] : 0;
}

static xs_len place(dice *d)
{
  unsigned high = throw(d);
  return xs_len_of_micron((int64_t)(high << 8 | throw(d)) * 5);
}

static void stand_words(xs_survey *s, xs_seen_page *page, dice *d)
{
  static const char *const words[] = {"文件",
                                      "川河市总工会",
                                      "会议纪要",
                                      "川工发〔2024〕7号",
                                      "签发人：方正明",
                                      "各单位：",
                                      "一、总则",
                                      "（一）要约",
                                      "1.期限",
                                      "（1）范围",
                                      "附件：1.名单",
                                      "2.统计表",
                                      "附件1",
                                      "2024年3月5日",
                                      "（公开）",
                                      "抄送：市政府。",
                                      "—1—",
                                      "印发",
                                      "出席：张",
                                      "请假：",
                                      "。",
                                      "“引”",
                                      "12",
                                      "号"};
  static const char *const fonts[] = {"NotoSerifCJKsc-Bold", "FandolFang-Regular"};
  static const int sizes[] = {14, 16, 22, 48};
  static const xs_color colors[] = {0, 0xe60012};
  xs_text text = xs_text_of(words[throw(d) % XS_COUNT(words)]);
  unsigned look = throw(d);
  xs_len size = XS_PT(sizes[look & 3]), x = place(d), y = place(d);
  for (size_t off = 0; off < text.len;) {
    size_t start = off;
    uint32_t codepoint = xs_text_next(text, &off);
    xs_seen_char *c = XS_PUSH(s->arena, page->chars, page->char_count, page->char_capacity);
    if (!c) abort();
    *c = (xs_seen_char){.codepoint = codepoint,
                        .text = {text.ptr + start, off - start},
                        .font = fonts[look >> 2 & 1],
                        .size = size,
                        .color = colors[look >> 3 & 1],
                        .x = x,
                        .origin = y,
                        .baseline = y,
                        .advance = size,
                        .ink = {x, y - size, x + size, y}};
    x += size;
  }
}

static void draw_rule(xs_survey *s, xs_seen_page *page, dice *d, xs_color color)
{
  xs_seen_rule *rule = XS_PUSH(s->arena, page->rules, page->rule_count, page->rule_capacity);
  if (!rule) abort();
  *rule = (xs_seen_rule){.x1 = place(d), .y1 = place(d), .thickness = XS_PT(1), .color = color};
  rule->x2 = rule->x1 + place(d);
  rule->y2 = rule->y1;
}

static void lay_picture(xs_survey *s, xs_seen_page *page, dice *d)
{
  xs_seen_picture *p =
      XS_PUSH(s->arena, page->pictures, page->picture_count, page->picture_capacity);
  if (!p) abort();
  *p = (xs_seen_picture){.box = {.left = place(d), .top = place(d)}};
  p->box.right = p->box.left + XS_PT(100);
  p->box.bottom = p->box.top + XS_PT(100);
}

static void measure_scattered(const uint8_t *bytes, size_t len)
{
  enum { PAGES = 3 };
  dice d = {bytes, len, 0};
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_survey *s = a ? XS_NEW(a, xs_survey) : NULL;
  if (!s) abort();
  *s = (xs_survey){a, XS_NEW_ARRAY(a, PAGES, xs_seen_page), PAGES};
  for (size_t i = 0; i < PAGES; i++) {
    s->pages[i].width = xs_len_of_micron(210000);
    s->pages[i].height = xs_len_of_micron(297000);
  }
  while (d.at < d.len) {
    unsigned what = throw(&d);
    xs_seen_page *page = &s->pages[what % PAGES];
    switch (what / PAGES % 6) {
    case 0:
      draw_rule(s, page, &d, 0xff0000);
      break;
    case 1:
      draw_rule(s, page, &d, 0);
      break;
    case 2:
      lay_picture(s, page, &d);
      break;
    default:
      stand_words(s, page, &d);
    }
  }
  measure(s);
  xs_survey_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  xs_text text = {len ? (const char *)bytes : "", len};
  if (!shared.standard) load_shared();
  read_file(text);
  read_content(text);
  read_map(text);
  measure_scattered(bytes, len);
  return 0;
}
