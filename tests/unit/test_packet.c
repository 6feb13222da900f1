/*
 * Joining page lists: a packet put together by hand, of a cover, a contents of two pages, two
 * parts with a divider each, and three papers.
 */
#include "unit/unit.h"

#include "base/text.h"
#include "packet/manifest.h"
#include "packet/packet.h"

#include <jansson.h>

static const xs_plan_entry entry = {.number = {"01", 2}, .template_id = {"t", 1}};
static const xs_plan_part parts[] = {{.name = {"要约", 6}}, {.name = {"应约", 6}}};
static const xs_plan plan = {
    .id = {"offer", 5},
    .version = {"1", 1},
    .name = {"要约应约卷", 15},
    .digest = "00",
    .cover = {.template_id = {"cover", 5}},
    .divider = {.template_id = {"divider", 7}},
    .parts = parts,
    .part_count = 2,
};
static const xs_packet_options options;

static xs_diags *diags;
static xs_engine *engine;
static xs_case *kase;

static int set_up(void **state)
{
  const xs_host *host = xs_host_posix();
  diags = xs_diags_new(host);
  return xs_engine_open(host, XS_TEST_ROOT, diags, &engine) ||
         xs_engine_case(engine, XS_TEST_ROOT "/samples/factory/case.xml", diags, &kase);
}

static int tear_down(void **state)
{
  xs_case_free(kase);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

/* So many empty pages, with a heading on the last. */
static const xs_pagelist *pages(xs_arena *a, size_t count)
{
  xs_page *items = XS_NEW_ARRAY(a, count, xs_page);
  xs_bookmark *mark = XS_NEW(a, xs_bookmark);
  xs_pagelist *list = XS_NEW(a, xs_pagelist);
  assert_true(items && mark && list);
  for (size_t i = 0; i < count; i++)
    items[i] = (xs_page){.width = XS_PT(595), .height = XS_PT(842), .label = XS_LIT("9")};
  *mark = (xs_bookmark){
      .title = XS_LIT("一、议题"), .level = 1, .page = (uint32_t)count - 1, .y = XS_PT(100)};
  *list =
      (xs_pagelist){.pages = items, .page_count = count, .bookmarks = mark, .bookmark_count = 1};
  return list;
}

static xs_leaf leaf(xs_arena *a, xs_leaf_place place, size_t part, const char *title, size_t count)
{
  return (xs_leaf){.place = place,
                   .part = part,
                   .title = xs_text_of(title),
                   .pages = pages(a, count),
                   .page_count = (uint32_t)count};
}

static xs_paper paper(xs_arena *a, size_t part, const char *title, size_t count)
{
  return (xs_paper){.entry = &entry,
                    .part = part,
                    .title = xs_text_of(title),
                    .pages = count ? pages(a, count) : NULL,
                    .page_count = (uint32_t)count};
}

static void put_together(xs_packet *p)
{
  *p = (xs_packet){.engine = engine,
                   .plan = &plan,
                   .kase = kase,
                   .options = &options,
                   .date = 20250509,
                   .diags = diags,
                   .a = xs_arena_new(xs_host_posix())};
  assert_int_equal(xs_engine_rules(engine, kase, diags, &p->rules), XS_OK);
  p->leaves = XS_NEW_ARRAY(p->a, 4, xs_leaf);
  p->papers = XS_NEW_ARRAY(p->a, 4, xs_paper);
  assert_true(p->leaves && p->papers);
  p->leaves[p->leaf_count++] = leaf(p->a, XS_LEAF_FRONT, 0, "封面", 1);
  p->leaves[p->leaf_count++] = leaf(p->a, XS_LEAF_FRONT, 0, "卷内目录", 2);
  p->leaves[p->leaf_count++] = leaf(p->a, XS_LEAF_DIVIDER, 0, "要约", 1);
  p->leaves[p->leaf_count++] = leaf(p->a, XS_LEAF_DIVIDER, 1, "应约", 1);
  p->papers[p->paper_count++] = paper(p->a, 0, "要约书", 2);
  p->papers[p->paper_count++] = paper(p->a, 0, "名单", 1);
  p->papers[p->paper_count++] = paper(p->a, 1, "应约书", 3);
  p->papers[p->paper_count++] = paper(p->a, 1, "营业执照", 0);
}

static void test_bind__pages_in_order_with_running_numbers(void **state)
{
  xs_packet p;
  xs_pagelist *list = NULL;
  put_together(&p);
  assert_int_equal(xs_packet_bind(&p, &list), XS_OK);
  assert_int_equal(list->page_count, 11);
  for (size_t i = 0; i < list->page_count; i++) {
    char number[24];
    snprintf(number, sizeof number, "%zu", i + 1);
    assert_text(list->pages[i].label, i ? number : "9");
    assert_true(i == 0 ? list->pages[i].item_count == 0 : list->pages[i].item_count > 0);
  }
  xs_pagelist_free(list);
  xs_arena_free(p.a);
}

/* The text of the number stands in the upper right corner, outside the text of the page. */
static void test_bind__number_stands_in_the_corner(void **state)
{
  xs_packet p;
  xs_pagelist *list = NULL;
  put_together(&p);
  assert_int_equal(xs_packet_bind(&p, &list), XS_OK);
  const xs_page *page = &list->pages[4];
  xs_len right = 0;
  for (size_t i = 0; i < page->item_count; i++) {
    const xs_item *item = &page->items[i];
    assert_int_equal(item->kind, XS_ITEM_GLYPHS);
    assert_true(item->artifact);
    assert_true(item->u.glyphs.y < XS_PT(60));
    const xs_glyph *last = &item->u.glyphs.glyphs[item->u.glyphs.glyph_count - 1];
    xs_len end = item->u.glyphs.x + last->x + last->advance;
    if (end > right) right = end;
  }
  assert_true(right > XS_PT(540) && right <= XS_PT(595));
  xs_pagelist_free(list);
  xs_arena_free(p.a);
}

static void test_bind__bookmarks_of_parts_papers_and_headings(void **state)
{
  static const struct {
    const char *title;
    uint8_t level;
    uint32_t page;
  } expected[] = {
      {"封面", 1, 0}, {"卷内目录", 1, 1}, {"要约", 1, 3}, {"要约书", 2, 4}, {"一、议题", 3, 5},
      {"名单", 2, 6}, {"一、议题", 3, 6}, {"应约", 1, 7}, {"应约书", 2, 8}, {"一、议题", 3, 10},
  };
  xs_packet p;
  xs_pagelist *list = NULL;
  put_together(&p);
  assert_int_equal(xs_packet_bind(&p, &list), XS_OK);
  assert_int_equal(list->bookmark_count, XS_COUNT(expected));
  for (size_t i = 0; i < XS_COUNT(expected); i++) {
    assert_text(list->bookmarks[i].title, expected[i].title);
    assert_int_equal(list->bookmarks[i].level, expected[i].level);
    assert_int_equal(list->bookmarks[i].page, expected[i].page);
  }
  assert_int_equal(list->bookmarks[4].y, XS_PT(100));
  assert_text(list->case_id, "yunshan-2025-wage");
  xs_pagelist_free(list);
  xs_arena_free(p.a);
}

/* ---- the packet's own pages ---- */

static void check_first_pages(const xs_packet *p)
{
  uint32_t next = 1;
  for (size_t i = 0; i < p->leaf_count; i++) {
    const xs_leaf *l = &p->leaves[i];
    if (l->place != XS_LEAF_FRONT) continue;
    assert_int_equal(l->first_page, next);
    assert_int_equal(l->page_count, l->pages->page_count);
    next += l->page_count;
  }
  for (size_t i = 0; i < p->paper_count; i++) {
    assert_int_equal(p->papers[i].first_page, next);
    next += p->papers[i].page_count;
  }
  assert_int_equal(p->page_count, next - 1);
}

/* So many papers that the contents takes several pages and pushes what it lists further on. */
static void test_leaves__long_contents_settles(void **state)
{
  enum { PAPERS = 90 };
  static const xs_plan_part whole[] = {{.name = {"全部", 6}}};
  xs_plan own = plan;
  own.parts = whole;
  own.part_count = 1;
  own.divider.template_id = XS_NO_TEXT;
  own.contents.template_id = XS_LIT("contents");
  xs_packet p;
  put_together(&p);
  p.plan = &own;
  p.leaf_count = 0;
  p.leaf_capacity = 0;
  p.leaves = NULL;
  p.papers = XS_NEW_ARRAY(p.a, PAPERS, xs_paper);
  p.paper_count = PAPERS;
  assert_non_null(p.papers);
  for (size_t i = 0; i < PAPERS; i++) {
    p.papers[i] = paper(p.a, 0, "关于协商会议的记录", 1 + i % 3);
    p.papers[i].order = (uint32_t)i + 1;
  }
  assert_int_equal(xs_packet_settle(&p), XS_OK);
  assert_int_equal(p.leaf_count, 2);
  assert_true(p.leaves[1].page_count >= 3);
  check_first_pages(&p);

  xs_pagelist *list = NULL;
  assert_int_equal(xs_packet_bind(&p, &list), XS_OK);
  assert_int_equal(list->page_count, p.page_count);
  xs_pagelist_free(list);
  xs_arena_free(p.a);
}

static void test_tree__escapes_what_xml_needs(void **state)
{
  xs_packet p;
  xmlDocPtr tree = NULL;
  put_together(&p);
  p.papers[0].title = XS_LIT("<甲> & \"乙\"");
  assert_int_equal(xs_packet_tree(&p, p.a, &tree), XS_OK);
  const xmlNode *root = xmlDocGetRootElement(tree);
  const xmlNode *first = xs_xml_child(xs_xml_child(root, "part"), "paper");
  assert_text(xs_xml_attr(first, "title"), "<甲> & \"乙\"");
  assert_text(xs_xml_attr(root, "count"), "4");
  xs_arena_free(p.a);
}

/* ---- the manifest ---- */

static void test_manifest__what_is_written_is_read(void **state)
{
  xs_packet p;
  xs_buf manifest, sums;
  xs_manifest read;
  put_together(&p);
  p.papers[0].file = XS_LIT("01_要约书.pdf");
  const xs_host_file files[] = {{XS_LIT("01_要约书.pdf"), "abc", 3}, {XS_LIT("case.xml"), "", 0}};
  xs_buf_init(&manifest, xs_host_posix(), 100000);
  xs_buf_init(&sums, xs_host_posix(), 100000);
  assert_int_equal(xs_manifest_write(&p, files, 2, &manifest, &sums), XS_OK);
  assert_int_equal(xs_manifest_read(p.a, xs_buf_view(&manifest), XS_LIT("x"), diags, &read), XS_OK);
  assert_int_equal(read.count, 2);
  assert_text(read.files[0].name, "01_要约书.pdf");
  assert_int_equal(read.files[0].len, 3);
  assert_text(read.files[0].sha256,
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_true(xs_text_starts(xs_buf_view(&sums), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9"
                                                 "cb410ff61f20015ad  01_要约书.pdf\n"));
  assert_true(xs_text_ends(xs_buf_view(&sums), "  manifest.json\n"));
  xs_buf_free(&manifest);
  xs_buf_free(&sums);
  xs_arena_free(p.a);
}

static void test_manifest__says_what_the_packet_was_made_from(void **state)
{
  xs_packet p;
  xs_buf manifest, sums;
  put_together(&p);
  xs_missing missing = {
      .entry = &entry, .title = XS_LIT("决议"), .reason = XS_LIT("尚未表决"), .law = XS_LIT("法")};
  p.missing = &missing;
  p.missing_count = 1;
  xs_buf_init(&manifest, xs_host_posix(), 100000);
  xs_buf_init(&sums, xs_host_posix(), 100000);
  assert_int_equal(xs_manifest_write(&p, NULL, 0, &manifest, &sums), XS_OK);
  json_t *root = json_loadb(manifest.ptr, manifest.len, 0, NULL);
  assert_non_null(root);
  const char *version, *date, *kase_id, *plan_id, *title, *reason;
  assert_int_equal(json_unpack(root, "{s:{s:s},s:s,s:{s:s},s:{s:s},s:[{s:s,s:s}]}", "engine",
                               "version", &version, "date", &date, "case", "id", &kase_id, "plan",
                               "id", &plan_id, "missing", "title", &title, "reason", &reason),
                   0);
  assert_string_equal(version, xs_version());
  assert_string_equal(date, "2025-05-09");
  assert_string_equal(kase_id, "yunshan-2025-wage");
  assert_string_equal(plan_id, "offer");
  assert_string_equal(title, "决议");
  assert_string_equal(reason, "尚未表决");
  json_decref(root);
  xs_buf_free(&manifest);
  xs_buf_free(&sums);
  xs_arena_free(p.a);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_bind__pages_in_order_with_running_numbers),
      cmocka_unit_test(test_bind__number_stands_in_the_corner),
      cmocka_unit_test(test_bind__bookmarks_of_parts_papers_and_headings),
      cmocka_unit_test(test_leaves__long_contents_settles),
      cmocka_unit_test(test_tree__escapes_what_xml_needs),
      cmocka_unit_test(test_manifest__what_is_written_is_read),
      cmocka_unit_test(test_manifest__says_what_the_packet_was_made_from),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
