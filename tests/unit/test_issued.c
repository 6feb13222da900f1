/* PG-10, PG-11, PG-12, PG-13: where the names of the bodies, the date and the seals stand. */
#include "unit.h"

#include "support/page_fixture.h"

static const xs_len em = XS_PT(16), left_edge = XS_PT(79), slack = XS_PT(1);
static const xs_picture stamp = {.width_px = 10, .height_px = 10};

static xs_len right_edge(void)
{
  return xs_len_of_micron(184000);
}

static xs_paragraph words(xs_arena *a, const char *text, bool sealed)
{
  xs_para_style *style = body_style(a);
  style->first_indent = 0;
  xs_inline *inlines = XS_NEW_ARRAY(a, 2, xs_inline);
  inlines[0] = text_inline(style, text);
  inlines[1] = (xs_inline){.kind = XS_INLINE_PICTURE, .style = style->text};
  inlines[1].u.picture.picture = &stamp;
  inlines[1].u.picture.width = inlines[1].u.picture.height = xs_len_of_micron(42000);
  inlines[1].u.picture.place = XS_PICTURE_OVER;
  return (xs_paragraph){.style = style, .inlines = inlines, .inline_count = sealed ? 2 : 1};
}

/* Ten lines of text, then the bodies with a date. */
static void issue(page_fixture *f, const char *const *names, size_t count, const char *date,
                  bool sealed, bool pictures)
{
  xs_paragraph *list = XS_NEW_ARRAY(f->a, count, xs_paragraph);
  xs_paragraph *below = XS_NEW(f->a, xs_paragraph);
  for (size_t i = 0; i < count; i++) list[i] = words(f->a, names[i], pictures);
  *below = words(f->a, date, false);
  xs_block *blocks = XS_NEW_ARRAY(f->a, 11, xs_block);
  xs_para_style *style = body_style(f->a);
  for (size_t i = 0; i < 10; i++) blocks[i] = paragraph(f->a, style, "正文");
  blocks[10] = (xs_block){.kind = XS_BLOCK_ISSUED};
  blocks[10].u.issued = (xs_issued){.names = list,
                                    .name_count = count,
                                    .below = below,
                                    .below_count = 1,
                                    .sealed = sealed,
                                    .keep_with = 2};
  xs_section section = a4_section(blocks, 11);
  assert_int_equal(set_sections(f, &section, 1), XS_OK);
}

typedef struct box {
  xs_len left, right, top, bottom;
} box;

/* The ems of a text that stands on the page in one or more runs. */
static box box_of(page_fixture *f, const char *text)
{
  const xs_page *p = &f->pages->pages[f->pages->page_count - 1];
  box b = {INT32_MAX, 0, INT32_MAX, 0};
  for (size_t i = 0; i < p->item_count; i++) {
    const xs_item *item = &p->items[i];
    if (item->kind != XS_ITEM_GLYPHS || !item->u.glyphs.glyph_count) continue;
    xs_text run = xs_arena_printf(f->a, "%.*s", XS_TEXT(item->u.glyphs.text));
    if (!strstr(text, run.ptr)) continue;
    const xs_glyph *last = &item->u.glyphs.glyphs[item->u.glyphs.glyph_count - 1];
    xs_len right = item->u.glyphs.x + last->x + last->advance,
           top = item->u.glyphs.y - em * 88 / 100;
    if (item->u.glyphs.x < b.left) b.left = item->u.glyphs.x;
    if (right > b.right) b.right = right;
    if (top < b.top) b.top = top;
    if (top + em > b.bottom) b.bottom = top + em;
  }
  assert_true(b.right > 0);
  return b;
}

static size_t seals_of(page_fixture *f, box *out)
{
  const xs_page *p = &f->pages->pages[f->pages->page_count - 1];
  size_t count = 0;
  for (size_t i = 0; i < p->item_count; i++) {
    const xs_item *item = &p->items[i];
    if (item->kind != XS_ITEM_PICTURE) continue;
    out[count++] = (box){item->u.picture.x, item->u.picture.x + item->u.picture.width,
                         item->u.picture.y, item->u.picture.y + item->u.picture.height};
  }
  return count;
}

static xs_len middle(box b)
{
  return (b.left + b.right) / 2;
}

static void assert_near(xs_len found, xs_len wanted)
{
  if (found < wanted - slack || found > wanted + slack)
    fail_msg("%.2f pt, wanted %.2f", found / 1024.0, wanted / 1024.0);
}

static void test_issued__the_name_stands_over_the_date_and_the_seal_on_both(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"海棠市总工会"};
  box seal[4];
  issue(f, names, 1, "二〇二四年三月五日", true, true);
  box name = box_of(f, names[0]), date = box_of(f, "二〇二四年三月五日"), text = box_of(f, "正文");
  assert_near(date.right, right_edge() - 4 * em);
  assert_near(middle(name), middle(date));
  assert_int_equal(seals_of(f, seal), 1);
  assert_near(middle(seal[0]), middle(name));
  assert_true(seal[0].top < name.top && seal[0].bottom > date.bottom);
  xs_len centre = (seal[0].top + seal[0].bottom) / 2;
  assert_true((name.top + date.bottom) / 2 > centre);
  assert_true(seal[0].top >= text.bottom && seal[0].top - text.bottom <= XS_PT(28));
}

static void test_issued__a_long_name_takes_the_date_along(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"海棠市青峦家居制造有限公司工会委员会"};
  issue(f, names, 1, "二〇二四年三月五日", true, false);
  box name = box_of(f, names[0]), date = box_of(f, "二〇二四年三月五日");
  assert_near(name.right, right_edge());
  assert_near(middle(name), middle(date));
}

static void test_issued__without_a_seal_the_date_is_two_characters_in(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"海棠市新材料产业园区总工会"};
  issue(f, names, 1, "二〇二四年三月五日", false, false);
  box name = box_of(f, names[0]), date = box_of(f, "二〇二四年三月五日"), text = box_of(f, "正文");
  assert_near(name.right, right_edge() - 2 * em);
  assert_near(date.left, name.left + 2 * em);
  assert_near(name.top - text.bottom, XS_PT(28) + XS_PT(12));
}

static void test_issued__without_a_seal_a_long_date_moves_the_name(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"园区工会"};
  issue(f, names, 1, "二〇二四年三月五日", false, false);
  box name = box_of(f, names[0]), date = box_of(f, "二〇二四年三月五日");
  assert_near(date.right, right_edge() - 2 * em);
  assert_near(date.left, name.left + 2 * em);
}

static void test_issued__seals_stand_in_rows_of_three_and_touch_nothing(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"甲市人力局", "乙市总工会", "丙市企联", "丁市工商联", "戊市商务局"};
  for (size_t count = 2; count <= XS_COUNT(names); count++) {
    box seal[8];
    issue(f, names, count, "二〇二四年三月五日", true, true);
    assert_int_equal(seals_of(f, seal), count);
    for (size_t i = 0; i < count; i++) {
      size_t beside = 0;
      assert_near(middle(seal[i]), middle(box_of(f, names[i])));
      assert_true(seal[i].left >= left_edge && seal[i].right <= right_edge());
      for (size_t k = 0; k < count; k++) {
        beside += seal[k].top == seal[i].top;
        if (k == i) continue;
        assert_true(seal[k].right < seal[i].left || seal[i].right < seal[k].left ||
                    seal[k].bottom < seal[i].top || seal[i].bottom < seal[k].top);
      }
      assert_true(beside <= 3);
    }
  }
}

/* The measure holds 27 ems; the first name would reach over its left edge from the middle of the
 * left half, since the date stands four ems in. */
static void test_issued__names_side_by_side_keep_one_line(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"甲乙丙丁子丑寅卯辰巳午", "戊市总工会", "己市总工会", "庚市总工会"};
  box seal[4];
  issue(f, names, 4, "二〇二四年三月五日", true, true);
  box name = box_of(f, names[0]);
  assert_near(name.bottom - name.top, em);
  assert_true(name.left >= left_edge - slack);
  assert_int_equal(seals_of(f, seal), 4);
  assert_near(middle(seal[0]), middle(name));
}

static void test_issued__room_is_kept_for_a_seal_pressed_by_hand(void **state)
{
  page_fixture *f = *state;
  const char *names[] = {"海棠市总工会"};
  issue(f, names, 1, "二〇二四年三月五日", true, false);
  box name = box_of(f, names[0]), text = box_of(f, "正文");
  assert_true(name.top - text.bottom >= xs_len_of_micron(15000));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_issued__##name, open_fixture, close_fixture)
  const struct CMUnitTest tests[] = {
      T(the_name_stands_over_the_date_and_the_seal_on_both),
      T(a_long_name_takes_the_date_along),
      T(without_a_seal_the_date_is_two_characters_in),
      T(without_a_seal_a_long_date_moves_the_name),
      T(seals_stand_in_rows_of_three_and_touch_nothing),
      T(names_side_by_side_keep_one_line),
      T(room_is_kept_for_a_seal_pressed_by_hand),
  };
#undef T
  return cmocka_run_group_tests(tests, NULL, NULL);
}
