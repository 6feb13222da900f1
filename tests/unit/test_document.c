#define _POSIX_C_SOURCE 200809L /* fork, waitpid */

#include "model/document.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SONG(pt)                                                                                   \
  {                                                                                                \
    .role = XS_ROLE_SONG, .size = XS_PT(pt)                                                        \
  }

static const xs_para_style body = {.name = {"body", 4},
                                   .text = SONG(16),
                                   .leading = XS_PT(28),
                                   .first_indent = XS_PT(32),
                                   .align = XS_ALIGN_JUSTIFY};

static xs_inline text_inline(const char *s, size_t len, xs_role role)
{
  xs_inline in = {.kind = XS_INLINE_TEXT, .style = SONG(16)};
  in.style.role = role;
  in.u.text.text = (xs_text){s, len};
  return in;
}
#define TEXT(s, role) text_inline((s), sizeof(s) - 1, (role))

static xs_block paragraph(const xs_inline *inlines, size_t count)
{
  xs_block b = {.kind = XS_BLOCK_PARAGRAPH};
  b.u.paragraph.style = &body;
  b.u.paragraph.inlines = inlines;
  b.u.paragraph.inline_count = count;
  return b;
}

static xs_section a4(const xs_block *blocks, size_t count)
{
  return (xs_section){.width = xs_len_of_micron(210000),
                      .height = xs_len_of_micron(297000),
                      .top = xs_len_of_micron(37000),
                      .right = xs_len_of_micron(26000),
                      .bottom = xs_len_of_micron(35000),
                      .left = xs_len_of_micron(28000),
                      .blocks = {blocks, count}};
}

static xs_document *document_of(const xs_section *sections, size_t count)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_document *doc = XS_NEW(a, xs_document);
  *doc = (xs_document){.arena = a,
                       .title = XS_LIT("集体协商要约书"),
                       .template_id = XS_LIT("offer-workers"),
                       .template_version = XS_LIT("1"),
                       .copy = XS_COPY_FILING,
                       .sections = sections,
                       .section_count = count};
  return doc;
}

static void expect_dump(const xs_document *doc, const char *expected)
{
  xs_buf out;
  xs_buf_init(&out, xs_host_posix(), XS_MAX_BUF_BYTES);
  xs_document_check(doc);
  xs_document_dump(doc, &out);
  xs_buf_add(&out, "", 1);
  assert_int_equal(out.status, XS_OK);
  assert_string_equal(out.ptr, expected);
  xs_buf_free(&out);
}

static void test_document__dump_shows_runs_by_what_sets_them_off(void **state)
{
  xs_inline inlines[] = {TEXT("根据", XS_ROLE_SONG), TEXT("第三十二条", XS_ROLE_HEI),
                         TEXT("王𠮷", XS_ROLE_SONG), TEXT("", XS_ROLE_SONG)};
  inlines[2].unbreakable = true;
  inlines[3].kind = XS_INLINE_BOX;
  inlines[3].u.box.width = XS_PT(30);
  inlines[3].u.box.underline = true;
  inlines[3].u.box.text = XS_NO_TEXT;
  xs_block blocks[] = {paragraph(inlines, 3), paragraph(inlines + 2, 2)};
  xs_section section = a4(blocks, XS_COUNT(blocks));
  xs_document *doc = document_of(&section, 1);
  expect_dump(doc, "document “集体协商要约书” offer-workers 1 filing\n"
                   "  section 210.0×297.0 mm, margins 37.0 26.0 35.0 28.0\n"
                   "    style body: 宋 16.00 leading 28.00 justify first 32.00\n"
                   "    paragraph body: “根据” {黑}“第三十二条” {whole}“王𠮷”\n"
                   "    paragraph body: {whole}“王𠮷” box 30.00 underline\n");
  xs_document_free(doc);
}

static void test_document__dump_writes_a_style_again_when_its_name_means_another(void **state)
{
  xs_para_style other = body;
  other.align = XS_ALIGN_CENTER;
  xs_inline word = TEXT("协商", XS_ROLE_SONG);
  xs_block blocks[] = {paragraph(&word, 1), paragraph(&word, 1), paragraph(&word, 1)};
  blocks[1].u.paragraph.style = &other;
  blocks[1].u.paragraph.outline = 1;
  blocks[1].u.paragraph.bookmark = XS_LIT("协商");
  xs_section section = a4(blocks, XS_COUNT(blocks));
  xs_document *doc = document_of(&section, 1);
  expect_dump(doc, "document “集体协商要约书” offer-workers 1 filing\n"
                   "  section 210.0×297.0 mm, margins 37.0 26.0 35.0 28.0\n"
                   "    style body: 宋 16.00 leading 28.00 justify first 32.00\n"
                   "    paragraph body: “协商”\n"
                   "    style body: 宋 16.00 leading 28.00 center first 32.00\n"
                   "    paragraph body: “协商” outline 1 “协商”\n"
                   "    style body: 宋 16.00 leading 28.00 justify first 32.00\n"
                   "    paragraph body: “协商”\n");
  xs_document_free(doc);
}

typedef struct grid {
  xs_cell first[2], second[2];
  xs_row rows[2];
  xs_column columns[3];
  xs_block block;
} grid;

/*  ┌───┬───────┐
 *  │ 0 │ 1 2   │
 *  │   ├───┬───┤
 *  │   │ 1 │ 2 │
 *  └───┴───┴───┘ */
static void make_grid(grid *g)
{
  *g = (grid){
      .first = {{.column = 0, .colspan = 1, .rowspan = 2},
                {.column = 1, .colspan = 2, .rowspan = 1, .top = {.width = XS_PT(1) / 2}}},
      .second = {{.column = 1, .colspan = 1, .rowspan = 1, .valign = XS_VALIGN_TOP},
                 {.column = 2, .colspan = 1, .rowspan = 1, .diagonal = true}},
      .rows = {{.cells = g->first, .cell_count = 2, .head = true},
               {.cells = g->second, .cell_count = 2, .min_height = XS_PT(20)}},
      .columns = {{XS_WIDTH_FIXED, XS_PT(60)}, {XS_WIDTH_SHARE, 2}, {XS_WIDTH_CONTENT, 0}},
  };
  g->block.kind = XS_BLOCK_TABLE;
  g->block.u.table = (xs_table){.columns = g->columns,
                                .column_count = 3,
                                .rows = g->rows,
                                .row_count = 2,
                                .align = XS_ALIGN_CENTER,
                                .continued = XS_LIT("（续表）")};
}

static void test_document__dump_shows_spans_and_borders_of_a_table(void **state)
{
  grid g;
  make_grid(&g);
  xs_section section = a4(&g.block, 1);
  xs_document *doc = document_of(&section, 1);
  expect_dump(doc, "document “集体协商要约书” offer-workers 1 filing\n"
                   "  section 210.0×297.0 mm, margins 37.0 26.0 35.0 28.0\n"
                   "    table center, columns 60.00 share 2 content, continued “（续表）”\n"
                   "      head\n"
                   "        cell 0 rows 2\n"
                   "        cell 1 columns 2 top 0.50\n"
                   "      row at-least 20.00\n"
                   "        cell 1 top\n"
                   "        cell 2 diagonal\n");
  xs_document_free(doc);
}

#ifndef NDEBUG
/* Runs the check in a child, whose words nobody wants to read. */
static void expect_check_fails(const xs_document *doc)
{
  int status = 0;
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (!child) {
    close(STDERR_FILENO);
    signal(SIGABRT, SIG_DFL);
    xs_document_check(doc);
    _exit(0);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void test_document__check_finds_a_hole_in_a_grid(void **state)
{
  grid g;
  make_grid(&g);
  xs_section section = a4(&g.block, 1);
  xs_document *doc = document_of(&section, 1);
  g.first[0].rowspan = 1;
  expect_check_fails(doc);
  make_grid(&g);
  g.second[1].colspan = 2;
  expect_check_fails(doc);
  xs_document_free(doc);
}

static void test_document__check_finds_control_characters(void **state)
{
  xs_inline word = TEXT("协\t商", XS_ROLE_SONG);
  xs_block block = paragraph(&word, 1);
  xs_section section = a4(&block, 1);
  xs_document *doc = document_of(&section, 1);
  expect_check_fails(doc);
  xs_document_free(doc);
}
#endif

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_document__dump_shows_runs_by_what_sets_them_off),
      cmocka_unit_test(test_document__dump_writes_a_style_again_when_its_name_means_another),
      cmocka_unit_test(test_document__dump_shows_spans_and_borders_of_a_table),
#ifndef NDEBUG
      cmocka_unit_test(test_document__check_finds_a_hole_in_a_grid),
      cmocka_unit_test(test_document__check_finds_control_characters),
#endif
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
