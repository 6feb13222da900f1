/* PG-01, PG-02, PG-14: lines of an official paper stand on the grid of their page. */
#include "unit.h"

#include "support/page_fixture.h"

static const xs_len pitch = XS_PT(29) + XS_PT(62) / 100;

static const xs_para_style *grid_style(xs_arena *a)
{
  xs_para_style *s = body_style(a);
  s->text.size = XS_PT(63) / 4;
  s->leading = pitch;
  s->first_indent = 0;
  s->grid = true;
  return s;
}

static const xs_para_style *title_style(xs_arena *a, xs_len before)
{
  xs_para_style *s = body_style(a);
  s->text.size = XS_PT(22);
  s->leading = XS_PT(33);
  s->first_indent = 0;
  s->align = XS_ALIGN_CENTER;
  s->before = before;
  return s;
}

static void set_on_grid(page_fixture *f, const xs_block *blocks, size_t count)
{
  xs_section section = a4_section(blocks, count);
  section.line_pitch = pitch;
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
}

/* The em of a run begins so far below the type area's upper edge. */
static xs_len em_top(const xs_item *item)
{
  return item->u.glyphs.y - item->u.glyphs.size * 880 / 1000 - xs_len_of_micron(37000);
}

static const xs_item *item_of(page_fixture *f, size_t page, const char *text)
{
  const xs_page *p = &f->pages->pages[page];
  for (size_t i = 0; i < p->item_count; i++) {
    if (p->items[i].kind != XS_ITEM_GLYPHS) continue;
    xs_text found = p->items[i].u.glyphs.text;
    if (found.len == strlen(text) && !memcmp(found.ptr, text, found.len)) return &p->items[i];
  }
  fail_msg("no “%s” on page %zu", text, page);
  return NULL;
}

/* Faces sit a little higher or lower for one baseline to the eye: what counts is the distance. */
static void assert_on_grid(page_fixture *f, size_t page, const char *text, const xs_item *first)
{
  xs_len down = (em_top(item_of(f, page, text)) - em_top(first)) % pitch;
  if (down > pitch / 2) down -= pitch;
  assert_in_range(down + XS_PT(1), XS_PT(1) - XS_PT(1) / 20, XS_PT(1) + XS_PT(1) / 20);
}

static void test_line_grid__a_page_has_22_lines(void **state)
{
  page_fixture *f = *state;
  xs_block blocks[23];
  for (size_t i = 0; i < 23; i++)
    blocks[i] = paragraph(f->a, grid_style(f->a), i < 22 ? "行" : "末");
  set_on_grid(f, blocks, 23);
  assert_int_equal(f->pages->page_count, 2);
  assert_int_equal(text_of_page(f, 0).len, 22 * strlen("行"));
}

static void test_line_grid__text_is_on_it_again_below_a_title(void **state)
{
  page_fixture *f = *state;
  xs_block blocks[5];
  blocks[0] = paragraph(f->a, grid_style(f->a), "首行");
  blocks[1] = paragraph(f->a, title_style(f->a, XS_PT(11)), "标题");
  blocks[2] = paragraph(f->a, grid_style(f->a), "正文");
  blocks[3] = (xs_block){.kind = XS_BLOCK_SPACE};
  blocks[3].u.space.height = XS_PT(7);
  blocks[4] = paragraph(f->a, grid_style(f->a), "末行");
  set_on_grid(f, blocks, 5);
  const xs_item *first = item_of(f, 0, "首行");
  assert_on_grid(f, 0, "正文", first);
  assert_on_grid(f, 0, "末行", first);
}

static void test_line_grid__what_is_left_over_goes_above_and_below_a_title(void **state)
{
  page_fixture *f = *state;
  xs_block blocks[3];
  blocks[0] = paragraph(f->a, grid_style(f->a), "首行");
  blocks[1] = paragraph(f->a, title_style(f->a, XS_PT(20)), "标题");
  xs_para_style *below = XS_NEW(f->a, xs_para_style);
  *below = *grid_style(f->a);
  below->before = XS_PT(20);
  blocks[2] = paragraph(f->a, below, "正文");
  set_on_grid(f, blocks, 3);
  const xs_item *first = item_of(f, 0, "首行"), *title = item_of(f, 0, "标题"),
                *text = item_of(f, 0, "正文");
  xs_len above = em_top(title) - (em_top(first) + first->u.glyphs.size);
  xs_len under = em_top(text) - (em_top(title) + title->u.glyphs.size);
  assert_true(above > XS_PT(20) + (pitch - first->u.glyphs.size) / 2);
  assert_in_range(above, under - XS_PT(3), under + XS_PT(3));
  assert_on_grid(f, 0, "正文", first);
}

static void test_line_grid__pages_without_one_are_left_alone(void **state)
{
  page_fixture *f = *state;
  xs_block blocks[3];
  blocks[0] = paragraph(f->a, grid_style(f->a), "首行");
  blocks[1] = (xs_block){.kind = XS_BLOCK_SPACE};
  blocks[1].u.space.height = XS_PT(7);
  blocks[2] = paragraph(f->a, grid_style(f->a), "末行");
  xs_section section = a4_section(blocks, 3);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  assert_int_equal(em_top(item_of(f, 0, "末行")) - em_top(item_of(f, 0, "首行")), pitch + XS_PT(7));
}

/* So many lines of text, then three lines that sign off. Returns the distance of the first two. */
static xs_len sign_off_after(page_fixture *f, size_t lines, xs_len tighten)
{
  xs_block *blocks = XS_NEW_ARRAY(f->a, lines + 1, xs_block);
  xs_block *inner = XS_NEW_ARRAY(f->a, 3, xs_block);
  for (size_t i = 0; i < lines; i++)
    blocks[i] = paragraph(f->a, grid_style(f->a), i ? i > 1 ? "行" : "次行" : "首行");
  for (size_t i = 0; i < 3; i++) inner[i] = paragraph(f->a, grid_style(f->a), "署名");
  blocks[lines] = (xs_block){.kind = XS_BLOCK_GROUP};
  blocks[lines].u.group = (xs_group){.blocks = {inner, 3}, .keep_together = true, .keep_with = 2};
  xs_section section = a4_section(blocks, lines + 1);
  section.line_pitch = pitch;
  section.tighten = tighten;
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
  return em_top(item_of(f, 0, "次行")) - em_top(item_of(f, 0, "首行"));
}

static void test_line_grid__lines_move_together_for_a_sign_off(void **state)
{
  page_fixture *f = *state;
  const xs_len limit = XS_PT(3) / 2;
  for (size_t lines = 17; lines <= 23; lines++) {
    xs_len loose = sign_off_after(f, lines, 0);
    size_t pages = f->pages->page_count;
    xs_len tight = sign_off_after(f, lines, limit);
    assert_int_equal(loose, pitch);
    bool helps = lines == 20; /* 23 lines: one more than a page has */
    assert_int_equal(f->pages->page_count, helps ? 1 : pages);
    assert_true(helps ? tight < loose && tight >= loose - limit : tight == loose);
  }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_line_grid__##name, open_fixture, close_fixture)
  const struct CMUnitTest tests[] = {
      T(a_page_has_22_lines),
      T(text_is_on_it_again_below_a_title),
      T(what_is_left_over_goes_above_and_below_a_title),
      T(pages_without_one_are_left_alone),
      T(lines_move_together_for_a_sign_off),
  };
#undef T
  return cmocka_run_group_tests(tests, NULL, NULL);
}
