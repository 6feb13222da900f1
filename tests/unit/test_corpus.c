/*
 * Rules that every line must keep, whatever the text: the words of our samples and templates,
 * set in each role at five measures.
 */
#define _POSIX_C_SOURCE 200809L

#include "unit.h"

#include "base/text.h"
#include "layout/face.h"
#include "support/page_fixture.h"

#include <dirent.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>

enum { EM = XS_PT(12), MAX_PARAGRAPHS = 4000 };

typedef struct corpus {
  page_fixture f;
  xs_text *paragraphs;
  size_t count;
} corpus;

/* Text of at least ten characters between two tags is a paragraph, unless values stand in it: an
 * expression is never set. */
static bool is_prose(xs_text text)
{
  return text.len >= 30 && !memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, '&', text.len) &&
         !memchr(text.ptr, '{', text.len);
}

static void take_text(corpus *c, xs_text xml)
{
  for (size_t at = 0; at < xml.len && c->count < MAX_PARAGRAPHS;) {
    const char *from = memchr(xml.ptr + at, '>', xml.len - at);
    const char *to = from ? memchr(from, '<', xml.len - (size_t)(from - xml.ptr)) : NULL;
    if (!to) return;
    xs_text text = xs_text_trim((xs_text){from + 1, (size_t)(to - from) - 1});
    at = (size_t)(to - xml.ptr) + 1;
    if (is_prose(text)) c->paragraphs[c->count++] = xs_arena_text(c->f.a, text);
  }
}

/* What stands in formats is never set: names of fonts, and of measurements in two languages. */
static void take_folder(corpus *c, const char *dir, int depth)
{
  struct dirent **entries = NULL;
  int count = scandir(dir, &entries, NULL, alphasort);
  for (int i = 0; i < count; i++) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", dir, entries[i]->d_name);
    size_t len = strlen(path);
    const void *bytes = NULL;
    xs_text xml = {0};
    const xs_host *host = xs_host_posix();
    if (len > 4 && !strcmp(path + len - 4, ".xml") &&
        !host->map(host->user, path, 1 << 24, &bytes, &xml.len)) {
      xml.ptr = bytes;
      take_text(c, xml);
      host->unmap(host->user, bytes, xml.len);
    } else if (depth && entries[i]->d_name[0] != '.' && strcmp(entries[i]->d_name, "formats")) {
      take_folder(c, path, depth - 1);
    }
    free(entries[i]);
  }
  free(entries);
}

static int open_corpus(void **state)
{
  static corpus c;
  *state = &c;
  c.paragraphs = calloc(MAX_PARAGRAPHS, sizeof *c.paragraphs);
  if (page_fixture_open(&c.f)) return 1;
  take_folder(&c, XS_TEST_ROOT "/samples", 1);
  take_folder(&c, XS_TEST_ROOT "/templates", 1);
  return 0;
}

static int close_corpus(void **state)
{
  corpus *c = *state;
  free(c->paragraphs);
  page_fixture_close(&c->f);
  return 0;
}

static void set_corpus(corpus *c, xs_role role, xs_len measure)
{
  xs_para_style *style = body_style(c->f.a);
  style->text.role = role;
  style->text.size = EM;
  style->leading = 2 * EM;
  style->first_indent = 0;
  xs_block *blocks = XS_NEW_ARRAY(c->f.a, c->count, xs_block);
  for (size_t i = 0; i < c->count; i++) {
    blocks[i] = paragraph(c->f.a, style, c->paragraphs[i].ptr);
    xs_inline *inl = (xs_inline *)(uintptr_t)blocks[i].u.paragraph.inlines;
    inl->from = (xs_span){0, (uint32_t)i, 1}; /* tells paragraphs apart; points nowhere */
  }
  xs_section section = a4_section(blocks, c->count);
  section.right = section.width - section.left - measure;
  assert_int_equal(set_sections(&c->f, &section, 1), XS_OK);
}

/* Faces of one line may be shifted against each other (BL-01). */
static bool on_one_line(const xs_item *a, const xs_item *b)
{
  xs_len off = a->u.glyphs.y - b->u.glyphs.y;
  return off < EM / 4 && off > -EM / 4;
}

/* One line: the items [first, end) of a page. */
typedef struct seen_line {
  const xs_item *first, *last;
  bool begins, ends; /* its paragraph */
} seen_line;

static const xs_item *next_item(const corpus *c, size_t page, size_t item)
{
  const xs_pagelist *list = c->f.pages;
  if (item < list->pages[page].item_count) return &list->pages[page].items[item];
  return page + 1 < list->page_count ? &list->pages[page + 1].items[0] : NULL;
}

static uint32_t first_character(const xs_item *item)
{
  size_t off = 0;
  return xs_text_next(item->u.glyphs.text, &off);
}

/* The last glyph of a line that is no space, and the run it stands in. */
static const xs_glyph *last_visible(const seen_line *line, const xs_item **run)
{
  for (const xs_item *item = line->last;; item--) {
    *run = item;
    for (size_t i = item->u.glyphs.glyph_count; i-- > 0;) {
      const xs_glyph *glyph = &item->u.glyphs.glyphs[i];
      if (item->u.glyphs.text.ptr[glyph->text_off] != ' ') return glyph;
    }
    if (item == line->first) return &item->u.glyphs.glyphs[0];
  }
}

static size_t glyphs_of(const seen_line *line)
{
  size_t count = 0;
  for (const xs_item *item = line->first; item <= line->last; item++)
    count += item->u.glyphs.glyph_count;
  return count;
}

static void check_line(const seen_line *line, xs_len left, xs_len right)
{
  const xs_item *last = NULL;
  const xs_glyph *glyph = last_visible(line, &last);
  size_t off = glyph->text_off;
  uint32_t final = xs_text_next(last->u.glyphs.text, &off);
  if (!line->begins)
    assert_false(xs_kinsoku_not_at_start(first_character(line->first), XS_KINSOKU_BASIC));
  if (!line->ends) assert_false(xs_kinsoku_not_at_end(final, XS_KINSOKU_BASIC));

  xs_char_class class = xs_kinsoku_class(final);
  bool mark = class == XS_CHAR_CLOSE || class == XS_CHAR_PAUSE || class == XS_CHAR_STOP;
  xs_len end = last->u.glyphs.x + glyph->x + glyph->advance;
  assert_true(line->first->u.glyphs.x >= left - EM / 2);
  assert_true(end <= right + (mark ? EM / 2 : 0) + 102);
  /* A line that would open up by an em everywhere is left as it is (JU-05). */
  bool loose = right - end > (xs_len)(glyphs_of(line) - 1) * EM;
  if (!line->ends && !mark && !loose) assert_true(end >= right - 102);
}

static void check_lines(const corpus *c, xs_len left, xs_len right)
{
  const xs_item *before = NULL;
  size_t line_count = 0;
  for (size_t p = 0; p < c->f.pages->page_count; p++) {
    const xs_page *page = &c->f.pages->pages[p];
    for (size_t i = 0; i < page->item_count;) {
      size_t end = i;
      while (end < page->item_count && on_one_line(&page->items[end], &page->items[i])) end++;
      const xs_item *next = next_item(c, p, end);
      seen_line line = {&page->items[i], &page->items[end - 1],
                        !before || before->from.off != page->items[i].from.off,
                        !next || next->from.off != page->items[i].from.off};
      check_line(&line, left, right);
      before = line.last;
      line_count++;
      i = end;
    }
  }
  assert_true(line_count > c->count);
}

static void test_corpus__no_line_breaks_a_rule(void **state)
{
  corpus *c = *state;
  assert_true(c->count > 300);
  static const xs_len measures[] = {XS_PT(442), XS_PT(350), XS_PT(290), XS_PT(250), XS_PT(200)};
  for (size_t i = 0; i < XS_COUNT(measures); i++) {
    for (int role = 0; role < XS_ROLE_COUNT; role++) {
      set_corpus(c, (xs_role)role, measures[i]);
      xs_len left = xs_len_of_micron(28000);
      check_lines(c, left, left + measures[i]);
    }
  }
}

static xs_len scaled(int32_t units, const xs_item *item)
{
  return (xs_len)((int64_t)units * item->u.glyphs.size / item->u.glyphs.face->upem);
}

/* Squeezed marks leave the ink of their neighbours alone, in every role. */
static void test_corpus__no_glyph_runs_into_the_next(void **state)
{
  corpus *c = *state;
  for (int role = 0; role < XS_ROLE_COUNT; role++) {
    set_corpus(c, (xs_role)role, XS_PT(250));
    xs_len ink_end = 0, y = 0;
    for (size_t p = 0; p < c->f.pages->page_count; p++) {
      for (size_t i = 0; i < c->f.pages->pages[p].item_count; i++) {
        const xs_item *item = &c->f.pages->pages[p].items[i];
        hb_font_t *font = hb_font_create(item->u.glyphs.face->hb);
        if (item->u.glyphs.y != y) ink_end = 0;
        y = item->u.glyphs.y;
        for (size_t k = 0; k < item->u.glyphs.glyph_count; k++) {
          const xs_glyph *glyph = &item->u.glyphs.glyphs[k];
          hb_glyph_extents_t ink = {0};
          hb_font_get_glyph_extents(font, glyph->id, &ink);
          if (!ink.width) continue;
          xs_len from = item->u.glyphs.x + glyph->x + scaled(ink.x_bearing, item);
          assert_true(from > ink_end - EM / 8); /* ideographs may touch; marks may not */
          ink_end = from + scaled(ink.width, item);
        }
        hb_font_destroy(font);
      }
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_corpus__no_line_breaks_a_rule),
      cmocka_unit_test(test_corpus__no_glyph_runs_into_the_next),
  };
  return cmocka_run_group_tests(tests, open_corpus, close_corpus);
}
