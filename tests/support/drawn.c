#include "support/drawn.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RED      ((xs_color)0xe60012)
#define XIAOBIAO "NotoSerifCJKsc-Bold"
#define FANGSONG "FandolFang-Regular"
#define KAI      "LXGWWenKai-Regular"
#define HEI      "NotoSansCJKsc-Regular"
#define SONG     "NotoSerifCJKsc-Regular"

const drawn_paper drawn_document =
    {
        .elements =
            {
                {"label", 1, "000001", FANGSONG, 15.75, 28.00, 37.00, 0, 0, XS_BLACK},
                {"mark", 1, "川河市总工会", XIAOBIAO, 48, 36.77, 71.32, 0, 0, RED},
                {"mark-2", 1, "川河市企联会", XIAOBIAO, 48, 36.77, 91.32, 0, 0, RED},
                {"word", 1, "文件", XIAOBIAO, 48, 141.37, 81.32, 0, 0, RED},
                {"number", 1, "川工发〔2024〕7号", FANGSONG, 15.75, 82.39, 130.58, 0, 0, XS_BLACK},
                {"rule", 1, NULL, NULL, 0, 28.00, 139.91, 156, 0.7, RED},
                {"title", 1, "关于开展集体协商", XIAOBIAO, 22, 74.96, 163.61, 0, 0, XS_BLACK},
                {"title-2", 1, "集中要约行动的通知", XIAOBIAO, 22, 71.08, 175.25, 0, 0, XS_BLACK},
                {"addressee", 1, "各县总工会：", FANGSONG, 15.75, 28.00, 195.51, 0, 0, XS_BLACK},
                {"body", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG, 15.75,
                 39.11, 205.96, 0, 0, XS_BLACK},
                {"body-2", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
                 15.75, 28.00, 216.41, 0, 0, XS_BLACK},
                {"body-3", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
                 15.75, 28.00, 226.86, 0, 0, XS_BLACK},
                {"body-4", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
                 15.75, 28.00, 237.31, 0, 0, XS_BLACK},
                {"body-5", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
                 15.75, 28.00, 247.76, 0, 0, XS_BLACK},
                {"folio-1", 1, "—1—", SONG, 14, 166.71, 266.53, 0, 0, XS_BLACK},
                {"level-1", 2, "一、总体要求", HEI, 15.75, 39.11, 37.00, 0, 0, XS_BLACK},
                {"page-2", 2, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG,
                 15.75, 39.11, 47.45, 0, 0, XS_BLACK},
                {"page-2-turn", 2, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商",
                 FANGSONG, 15.75, 28.00, 57.90, 0, 0, XS_BLACK},
                {"level-2", 2, "（一）提高认识", KAI, 15.75, 39.11, 68.35, 0, 0, XS_BLACK},
                {"level-3", 2, "1.按期提出要约", FANGSONG, 15.75, 39.11, 78.80, 0, 0, XS_BLACK},
                {"level-4", 2, "（1）逐户登记造册", FANGSONG, 15.75, 39.11, 89.25, 0, 0, XS_BLACK},
                {"page-2-full", 2, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG,
                 15.75, 39.11, 99.70, 0, 0, XS_BLACK},
                {"page-2-end", 2, "职工方与企业方应当", FANGSONG, 15.75, 28.00, 110.15, 0, 0,
                 XS_BLACK},
                {"attachment", 2, "附件：1.名单", FANGSONG, 15.75, 39.11, 131.04, 0, 0, XS_BLACK},
                {"attachment-2", 2, "2.集体协商统计表及其", FANGSONG, 15.75, 55.78, 141.49, 0, 0,
                 XS_BLACK},
                {"attachment-turn", 2, "填报说明", FANGSONG, 15.75, 61.34, 151.94, 0, 0, XS_BLACK},
                {"date", 2, "2024年3月5日", FANGSONG, 15.75, 128.44, 189.95, 0, 0, XS_BLACK},
                {"name-2", 2, "川河市企联会", FANGSONG, 15.75, 128.44, 179.50, 0, 0, XS_BLACK},
                {"name", 2, "川河市总工会", FANGSONG, 15.75, 53.33, 179.50, 0, 0, XS_BLACK},
                {"seal", 2, "", NULL, 0, 49.00, 162.50, 42, 42, RED},
                {"seal-2", 2, "", NULL, 0, 124.11, 162.50, 42, 42, RED},
                {"note", 2, "（此件公开发布）", FANGSONG, 15.75, 39.11, 200.40, 0, 0, XS_BLACK},
                {"folio-2", 2, "—2—", SONG, 14, 32.94, 266.53, 0, 0, XS_BLACK},
                {"annex", 3, "附件1", HEI, 15.75, 28.00, 37.00, 0, 0, XS_BLACK},
                {"annex-title", 3, "集体协商情况统计表", XIAOBIAO, 22, 71.08, 56.80, 0, 0,
                 XS_BLACK},
                {"annex-body", 3, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG,
                 15.75, 39.11, 78.80, 0, 0, XS_BLACK},
                {"annex-body-2", 3, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商",
                 FANGSONG, 15.75, 28.00, 89.25, 0, 0, XS_BLACK},
                {"imprint-first", 3, NULL, NULL, 0, 28.00, 238.00, 156, 0.35, XS_BLACK},
                {"copies", 3, "抄送：川河市人大常委会，川河市政府，川河市人社局，川河市", FANGSONG,
                 14, 32.94, 239.50, 0, 0, XS_BLACK},
                {"copies-2", 3, "工商联。", FANGSONG, 14, 47.76, 246.20, 0, 0, XS_BLACK},
                {"imprint-middle", 3, NULL, NULL, 0, 28.00, 253.00, 156, 0.25, XS_BLACK},
                {"printer", 3, "川河市总工会办公室", FANGSONG, 14, 32.94, 255.00, 0, 0, XS_BLACK},
                {"printed", 3, "2024年3月6日印发", FANGSONG, 14, 139.55, 255.00, 0, 0, XS_BLACK},
                {"imprint-last", 3, NULL, NULL, 0, 28.00, 261.82, 156, 0.35, XS_BLACK},
                {"folio-3", 3, "—3—", SONG, 14, 166.71, 266.53, 0, 0, XS_BLACK},
            },
        .page_width = 210,
        .page_height = 297,
};

const drawn_paper drawn_upward = {
    .elements =
        {
            {"mark", 1, "川河机械厂工会文件", XIAOBIAO, 36, 48.85, 71.49, 0, 0, RED},
            {"number", 1, "川机工〔2024〕12号", FANGSONG, 15.75, 33.56, 106.68, 0, 0, XS_BLACK},
            {"signer", 1, "签发人：", FANGSONG, 15.75, 139.55, 106.68, 0, 0, XS_BLACK},
            {"signer-name", 1, "方正明", KAI, 15.75, 161.78, 106.68, 0, 0, XS_BLACK},
            {"rule", 1, NULL, NULL, 0, 28.00, 116.02, 156, 0.7, RED},
            {"title", 1, "关于报送集体合同的报告", XIAOBIAO, 22, 63.31, 139.72, 0, 0, XS_BLACK},
            {"addressee", 1, "县总工会：", FANGSONG, 15.75, 28.00, 159.98, 0, 0, XS_BLACK},
            {"body", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG, 15.75,
             39.11, 170.43, 0, 0, XS_BLACK},
            {"body-2", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
             15.75, 28.00, 180.88, 0, 0, XS_BLACK},
            {"body-3", 1, "职工方与企业方应当按照平", FANGSONG, 15.75, 28.00, 191.33, 0, 0,
             XS_BLACK},
            {"name", 1, "川河机械厂工会", FANGSONG, 15.75, 133.99, 212.23, 0, 0, XS_BLACK},
            {"date", 1, "2024年3月5日", FANGSONG, 15.75, 145.11, 222.67, 0, 0, XS_BLACK},
            {"folio-1", 1, "—1—", SONG, 14, 166.71, 266.53, 0, 0, XS_BLACK},
        },
    .page_width = 210,
    .page_height = 297,
};

const drawn_paper drawn_letter = {
    .elements =
        {
            {"mark", 1, "川河市人力资源和社会保障局", XIAOBIAO, 30, 37.21, 29.58, 0, 0, RED},
            {"upper", 1, NULL, NULL, 0, 20.00, 43.74, 170, 0.7, RED},
            {"upper-2", 1, NULL, NULL, 0, 20.00, 44.94, 170, 0.25, RED},
            {"number", 1, "川人社函〔2024〕9号", FANGSONG, 15.75, 131.22, 50.05, 0, 0, XS_BLACK},
            {"title", 1, "关于集体合同的审查意见", XIAOBIAO, 22, 63.31, 78.60, 0, 0, XS_BLACK},
            {"addressee", 1, "川河机械厂：", FANGSONG, 15.75, 28.00, 98.86, 0, 0, XS_BLACK},
            {"body", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG, 15.75,
             39.11, 109.31, 0, 0, XS_BLACK},
            {"body-2", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
             15.75, 28.00, 119.76, 0, 0, XS_BLACK},
            {"body-3", 1, "职工方与企业方应当按照平", FANGSONG, 15.75, 28.00, 130.21, 0, 0,
             XS_BLACK},
            {"date", 1, "2024年3月5日", FANGSONG, 15.75, 128.44, 168.22, 0, 0, XS_BLACK},
            {"name", 1, "川河市人社局", FANGSONG, 15.75, 128.44, 157.77, 0, 0, XS_BLACK},
            {"seal", 1, "", NULL, 0, 124.11, 140.77, 42, 42, RED},
            {"lower", 1, NULL, NULL, 0, 20.00, 275.10, 170, 0.25, RED},
            {"lower-2", 1, NULL, NULL, 0, 20.00, 276.30, 170, 0.7, RED},
            {"page-2", 2, "职工方与企业方应当按照平等协商诚实守信的", FANGSONG, 15.75, 28.00, 37.00,
             0, 0, XS_BLACK},
            {"folio-2", 2, "—2—", SONG, 14, 32.94, 266.53, 0, 0, XS_BLACK},
            {"copies", 2, "抄送：川河市总工会。", FANGSONG, 14, 32.94, 256.00, 0, 0, XS_BLACK},
            {"imprint", 0, NULL, NULL, 0, 28.00, 253.00, 156, 0.35, XS_BLACK},
        },
    .page_width = 210,
    .page_height = 297,
};

const drawn_paper drawn_minutes = {
    .elements =
        {
            {"mark", 1, "川河市集体协商会议纪要", XIAOBIAO, 36, 36.15, 71.49, 0, 0, RED},
            {"number", 1, "川协商纪〔2024〕3号", FANGSONG, 15.75, 79.61, 106.68, 0, 0, XS_BLACK},
            {"rule", 1, NULL, NULL, 0, 28.00, 116.02, 156, 0.7, RED},
            {"title", 1, "第三次集体协商会议纪要", XIAOBIAO, 22, 63.31, 139.72, 0, 0, XS_BLACK},
            {"body", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体", FANGSONG, 15.75,
             39.11, 157.93, 0, 0, XS_BLACK},
            {"body-2", 1, "职工方与企业方应当按照平等协商诚实守信的原则开展集体协商", FANGSONG,
             15.75, 28.00, 168.38, 0, 0, XS_BLACK},
            {"body-3", 1, "职工方与企业方应当按照平", FANGSONG, 15.75, 28.00, 178.83, 0, 0,
             XS_BLACK},
            {"attendance-word", 1, "出席：", HEI, 15.75, 39.11, 199.73, 0, 0, XS_BLACK},
            {"attendance", 1, "市总工会张方、李正、王直、赵明、钱亮、孙立、周", FANGSONG, 15.75,
             55.78, 199.73, 0, 0, XS_BLACK},
            {"attendance-turn", 1, "全", FANGSONG, 15.75, 55.78, 210.17, 0, 0, XS_BLACK},
            {"absent-word", 1, "请假：", HEI, 15.75, 39.11, 220.62, 0, 0, XS_BLACK},
            {"absent", 1, "市企联会吴川", FANGSONG, 15.75, 55.78, 220.62, 0, 0, XS_BLACK},
            {"folio-1", 1, "—1—", SONG, 14, 166.71, 266.53, 0, 0, XS_BLACK},
            {"page-2", 2, "职工方与企业方应当按照平等协商诚实守信的", FANGSONG, 15.75, 28.00, 37.00,
             0, 0, XS_BLACK},
            {"folio-2", 2, "—2—", SONG, 14, 32.94, 266.53, 0, 0, XS_BLACK},
        },
    .page_width = 210,
    .page_height = 297,
};

drawn_element *drawn_find(drawn_paper *paper, const char *name)
{
  for (drawn_element *e = paper->elements; e->name; e++)
    if (strcmp(e->name, name) == 0) return e;
  fprintf(stderr, "no element %s\n", name);
  exit(2);
}

static xs_len len_of_mm(double mm)
{
  return (xs_len)lround(mm * 72 * 1024 / 25.4);
}

static xs_len share(xs_len size, int milli)
{
  return (xs_len)((int64_t)size * milli / 1000);
}

/* Ink fills an em but for a rim; a dash is a stroke in its middle. */
static xs_box ink_of(const xs_seen_char *c)
{
  bool dash = c->codepoint == 0x2014;
  return (xs_box){.left = c->x + share(c->advance, 40),
                  .top = c->baseline - share(c->size, dash ? 400 : 840),
                  .right = c->x + share(c->advance, 960),
                  .bottom = c->baseline - share(c->size, dash ? 360 : -80)};
}

static void draw_text(xs_survey *s, xs_seen_page *page, const drawn_element *e)
{
  xs_text text = xs_text_of(e->text);
  xs_len size = (xs_len)lround(e->size * 1024), x = len_of_mm(e->x);
  for (size_t off = 0; off < text.len;) {
    size_t start = off;
    uint32_t codepoint = xs_text_next(text, &off);
    xs_seen_char *c = XS_PUSH(s->arena, page->chars, page->char_count, page->char_capacity);
    if (!c) abort();
    *c = (xs_seen_char){.codepoint = codepoint,
                        .text = {text.ptr + start, off - start},
                        .font = e->face,
                        .size = size,
                        .color = e->color,
                        .x = x,
                        .advance = codepoint < 0x80 ? size / 2 : size};
    c->origin = c->baseline = len_of_mm(e->y) + share(size, 880);
    c->ink = ink_of(c);
    x += c->advance;
  }
}

static void draw_rule(xs_survey *s, xs_seen_page *page, const drawn_element *e)
{
  xs_seen_rule *rule = XS_PUSH(s->arena, page->rules, page->rule_count, page->rule_capacity);
  if (!rule) abort();
  xs_len y = len_of_mm(e->y + e->height / 2);
  *rule = (xs_seen_rule){.x1 = len_of_mm(e->x),
                         .x2 = len_of_mm(e->x + e->width),
                         .y1 = y,
                         .y2 = y,
                         .thickness = len_of_mm(e->height),
                         .color = e->color};
}

static void draw_picture(xs_survey *s, xs_seen_page *page, const drawn_element *e)
{
  xs_seen_picture *picture =
      XS_PUSH(s->arena, page->pictures, page->picture_count, page->picture_capacity);
  if (!picture) abort();
  *picture = (xs_seen_picture){.box = {len_of_mm(e->x), len_of_mm(e->y), len_of_mm(e->x + e->width),
                                       len_of_mm(e->y + e->height)},
                               .has_color = true,
                               .color = e->color};
}

xs_survey *drawn_survey(const drawn_paper *paper)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_survey *s = a ? XS_NEW(a, xs_survey) : NULL;
  if (!s) abort();
  s->arena = a;
  for (const drawn_element *e = paper->elements; e->name; e++)
    if ((size_t)e->page > s->page_count) s->page_count = (size_t)e->page;
  s->pages = XS_NEW_ARRAY(a, s->page_count, xs_seen_page);
  if (!s->pages) abort();
  for (size_t i = 0; i < s->page_count; i++) {
    s->pages[i].width = len_of_mm(paper->page_width);
    s->pages[i].height = len_of_mm(paper->page_height);
  }
  for (const drawn_element *e = paper->elements; e->name; e++) {
    if (!e->page) continue;
    xs_seen_page *page = &s->pages[e->page - 1];
    if (!e->text)
      draw_rule(s, page, e);
    else if (!e->face)
      draw_picture(s, page, e);
    else
      draw_text(s, page, e);
  }
  return s;
}
