#define _POSIX_C_SOURCE 200809L

#include "unit.h"

#include "base/text.h"
#include "layout/fontset.h"
#include "support/page_fixture.h"

#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static xs_text family_of(page_fixture *f, xs_role role, bool western, uint32_t codepoint)
{
  xs_glyph_found found;
  if (!xs_fontset_find(f->fonts, role, western, codepoint, &found)) return XS_NO_TEXT;
  assert_true(found.glyph > 0);
  return found.face->face.family;
}

static void test_fontset__each_role_has_its_own_face(void **state)
{
  page_fixture *f = *state;
  assert_text(family_of(f, XS_ROLE_SONG, false, 0x56fd), "Noto Serif CJK SC");
  assert_text(family_of(f, XS_ROLE_XIAOBIAO, false, 0x56fd), "Noto Serif CJK SC Bold");
  assert_text(family_of(f, XS_ROLE_FANGSONG, false, 0x56fd), "FandolFang");
  assert_text(family_of(f, XS_ROLE_KAI, false, 0x56fd), "LXGW WenKai");
  assert_text(family_of(f, XS_ROLE_HEI, false, 0x56fd), "Noto Sans CJK SC");
  assert_text(family_of(f, XS_ROLE_WESTERN, false, 'A'), "Liberation Serif");
}

/* Middle and height of the ink of a character as it is set, in 1/1000 of the size. */
static void ink_of(page_fixture *f, xs_role role, uint32_t codepoint, int32_t *middle,
                   int32_t *height)
{
  xs_glyph_found found;
  hb_glyph_extents_t box = {0};
  assert_true(xs_fontset_find(f->fonts, role, false, codepoint, &found));
  assert_true(hb_font_get_glyph_extents(found.face->font, found.glyph, &box));
  int32_t upem = (int32_t)found.face->face.upem, scale = found.face->scale_milli;
  *height = -box.height * scale / upem;
  *middle = (box.y_bearing * 2 + box.height) * scale / 2 / upem + found.face->shift_milli;
}

/* BL-01, BL-02 */
static void test_fontset__all_faces_share_a_baseline_and_a_size(void **state)
{
  page_fixture *f = *state;
  int32_t middle = 0, height = 0, kept_middle = 0, kept_height = 0;
  ink_of(f, XS_ROLE_SONG, 0x56fd, &kept_middle, &kept_height); /* 国 */
  for (xs_role role = 0; role < XS_ROLE_COUNT; role++) {
    ink_of(f, role, 0x56fd, &middle, &height);
    assert_in_range(middle - kept_middle + 10, 0, 20);
    assert_in_range(height - kept_height + 45, 0, 90);
  }
  static const uint32_t rare[] = {0x211c0, 0x211c2}; /* 𡇀 𡇂, of the last resorts */
  for (size_t i = 0; i < XS_COUNT(rare); i++) {
    ink_of(f, XS_ROLE_FANGSONG, rare[i], &middle, &height);
    assert_in_range(middle - kept_middle + 20, 0, 40);
    assert_in_range(height - kept_height + 45, 0, 90);
  }
}

static void test_fontset__western_letters_follow_the_role(void **state)
{
  page_fixture *f = *state;
  assert_text(family_of(f, XS_ROLE_FANGSONG, true, '2'), "Liberation Serif");
  assert_text(family_of(f, XS_ROLE_HEI, true, '2'), "Noto Sans CJK SC");
}

static void test_fontset__the_chain_goes_on_where_a_face_ends(void **state)
{
  page_fixture *f = *state;
  assert_text(family_of(f, XS_ROLE_FANGSONG, false, 0x4dae), "Noto Serif CJK SC"); /* 䶮 */
  assert_text(family_of(f, XS_ROLE_SONG, false, 0x2b740), "BabelStone Han");       /* Ext D */
  assert_text(family_of(f, XS_ROLE_FANGSONG, false, 0x2026), "Noto Serif CJK SC"); /* skipped */
  assert_null(family_of(f, XS_ROLE_SONG, false, 0x10fffd).ptr);
  assert_false(xs_fontset_has(f->fonts, XS_ROLE_SONG, 0x10fffd));
}

static void test_fontset__a_face_is_listed_with_its_digest(void **state)
{
  page_fixture *f = *state;
  xs_font_view view;
  size_t count = 0, last_resorts = 0;
  for (; xs_fontset_at(f->fonts, count, &view); count++) {
    assert_true(view.found);
    assert_int_equal(strlen(view.digest), 64);
    last_resorts += view.role == XS_ROLE_COUNT;
  }
  assert_true(count > 8 && last_resorts > 0);
  xs_glyph_found found;
  assert_true(xs_fontset_find(f->fonts, XS_ROLE_SONG, false, 0x56fd, &found));
  const char *digest = xs_fontset_digest(f->fonts, &found.face->face);
  assert_non_null(digest);
  assert_ptr_equal(digest, xs_fontset_digest(f->fonts, &found.face->face));
}

/* ---- lists and files that are not as they should be ----------------------------------------- */

typedef struct folder {
  char path[64];
  xs_diags *diags;
} folder;

static int open_folder(void **state)
{
  static folder f;
  *state = &f;
  strcpy(f.path, "/tmp/xieshang-fonts-XXXXXX");
  f.diags = xs_diags_new(xs_host_posix());
  return mkdtemp(f.path) == NULL;
}

static int close_folder(void **state)
{
  folder *f = *state;
  char command[128];
  snprintf(command, sizeof command, "rm -r %s", f->path);
  xs_diags_free(f->diags);
  return system(command);
}

static void save(const folder *f, const char *name, const void *bytes, size_t len)
{
  char path[128];
  snprintf(path, sizeof path, "%s/%s", f->path, name);
  assert_int_equal(xs_host_posix()->save(NULL, path, bytes, len), 0);
}

static xs_status open_list(const folder *f, const char *xml, xs_fontset **out)
{
  char path[128];
  save(f, "fonts.xml", xml, strlen(xml));
  snprintf(path, sizeof path, "%s/fonts.xml", f->path);
  xs_text dir = xs_text_of(f->path);
  return xs_fontset_open(xs_host_posix(), xs_text_of(path), &dir, 1, f->diags, out);
}

static void test_fontset__a_wrong_list_is_an_error_with_a_place(void **state)
{
  static const char *const lists[] = {
      "<fonts xmlns='urn:xieshang:fonts:1'><rolle name='宋'/></fonts>",
      "<fonts xmlns='urn:xieshang:fonts:1'><role name='隶'/></fonts>",
      "<fonts xmlns='urn:xieshang:fonts:1'><role name='宋' latin='英'/></fonts>",
      "<fonts xmlns='urn:xieshang:fonts:1'><role name='宋'><face file='../x.ttf'/></role></fonts>",
      "<fonts xmlns='urn:xieshang:fonts:1'><role name='宋'><face file=''/></role></fonts>",
      "<fonts xmlns='urn:xieshang:fonts:1'><role name='宋'>"
      "<face file='x.ttf' scale='5000'/></role></fonts>",
      "<case xmlns='urn:xieshang:fonts:1'/>",
  };
  folder *f = *state;
  for (size_t i = 0; i < XS_COUNT(lists); i++) {
    xs_fontset *fonts = NULL;
    assert_int_equal(open_list(f, lists[i], &fonts), XS_EINPUT);
    assert_null(fonts);
    xs_diag_view view;
    assert_true(xs_diags_view(f->diags, 0, &view));
    assert_text(view.slug, "fonts-invalid");
    assert_int_equal(view.line, 1);
    xs_diags_clear(f->diags);
  }
}

/*
 * A face that is not there is passed over. One that is cut off, or is no font at all, or cannot be
 * read, is an error with its place, even where a later folder or face could serve: the pages would
 * silently look otherwise than the site has chosen.
 */
static void expect_broken(const folder *f, const char *file, const char *index)
{
  char xml[512];
  snprintf(xml, sizeof xml,
           "<fonts xmlns='urn:xieshang:fonts:1'>\n"
           "<folder path='/usr/share/fonts/truetype/liberation'/>\n"
           "<role name='西文'><face file='none.ttf'/>\n"
           "<face family='A' file='%s' index='%s'/>\n"
           "<face family='B' file='LiberationSerif-Bold.ttf'/></role></fonts>",
           file, index);
  xs_fontset *fonts = NULL;
  xs_glyph_found found;
  xs_diag_view view;
  assert_int_equal(open_list(f, xml, &fonts), XS_OK);
  assert_int_equal(xs_fontset_sound(fonts, f->diags), XS_OK); /* nobody has asked yet */
  assert_true(xs_fontset_find(fonts, XS_ROLE_WESTERN, false, 'A', &found));
  assert_text(found.face->face.family, "B");
  xs_diags_clear(f->diags);
  assert_int_equal(xs_fontset_sound(fonts, f->diags), XS_EINPUT);
  assert_true(xs_diags_view(f->diags, 0, &view));
  assert_text(view.slug, "font-broken");
  assert_true(xs_text_ends(view.file, "fonts.xml"));
  assert_int_equal(view.line, 4);
  assert_true(view.column_count == strlen(file));
  xs_diags_clear(f->diags);
  xs_fontset_close(fonts);
}

static void test_fontset__a_broken_file_is_an_error_with_its_place(void **state)
{
  folder *f = *state;
  const void *bytes = NULL;
  size_t len = 0;
  const xs_host *host = xs_host_posix();
  assert_int_equal(host->map(host->user,
                             "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
                             1 << 24, &bytes, &len),
                   0);
  for (size_t cut = 0; cut < len; cut += len / 50) {
    save(f, "cut.ttf", bytes, cut);
    expect_broken(f, "cut.ttf", "0");
  }
  save(f, "whole.ttf", bytes, len);
  expect_broken(f, "whole.ttf", "1");
  expect_broken(f, "whole.ttf", "63");
  save(f, "LiberationSerif-Italic.ttf", "no font", 7); /* before the sound one of the system */
  expect_broken(f, "LiberationSerif-Italic.ttf", "0");
  host->unmap(host->user, bytes, len);
}

static void test_fontset__no_page_is_made_with_a_broken_file(void **state)
{
  folder *f = *state;
  xs_fontset *fonts = NULL;
  save(f, "no.ttf", "no font", 7);
  assert_int_equal(open_list(f,
                             "<fonts xmlns='urn:xieshang:fonts:1'>"
                             "<folder path='/usr/share/fonts/truetype/liberation'/>"
                             "<role name='西文'><face file='no.ttf'/>"
                             "<face file='LiberationSerif-Bold.ttf'/></role></fonts>",
                             &fonts),
                   XS_OK);
  static const xs_char_style style = {.role = XS_ROLE_WESTERN, .size = XS_PT(10)};
  xs_arena *a = xs_arena_new(xs_host_posix());
  for (int again = 0; again < 2; again++) { /* also with another list of messages */
    xs_diags *diags = xs_diags_new(xs_host_posix());
    const xs_item *items = NULL;
    size_t count = 0;
    xs_diag_view view;
    assert_int_equal(
        xs_layout_line(a, fonts, &style, XS_LIT("A"), XS_ALIGN_LEFT, 0, 0, diags, &items, &count),
        XS_EINPUT);
    assert_null(items);
    assert_true(xs_diags_view(diags, 0, &view));
    assert_text(view.slug, "font-broken");
    assert_int_equal(view.line, 1);
    xs_diags_free(diags);
  }
  xs_arena_free(a);
  xs_fontset_close(fonts);
}

/* ---- single lines --------------------------------------------------------------------------- */

static void test_fontset__a_line_is_set_at_a_point(void **state)
{
  page_fixture *f = *state;
  static const xs_char_style style = {.role = XS_ROLE_SONG, .size = XS_PT(10)};
  static const struct {
    xs_align align;
    xs_len x;
  } cases[] = {
      {XS_ALIGN_LEFT, XS_PT(100)}, {XS_ALIGN_CENTER, XS_PT(80)}, {XS_ALIGN_RIGHT, XS_PT(60)}};
  for (size_t i = 0; i < XS_COUNT(cases); i++) {
    const xs_item *items = NULL;
    size_t count = 0;
    assert_int_equal(xs_layout_line(f->a, f->fonts, &style, XS_LIT("卷内文书"), cases[i].align,
                                    XS_PT(100), XS_PT(50), f->diags, &items, &count),
                     XS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(items[0].u.glyphs.x, cases[i].x);
    assert_int_equal(items[0].u.glyphs.y, XS_PT(50));
    assert_int_equal(items[0].u.glyphs.glyph_count, 4);
  }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_fontset__##name, open_fixture, close_fixture)
#define F(name) cmocka_unit_test_setup_teardown(test_fontset__##name, open_folder, close_folder)
  const struct CMUnitTest tests[] = {
      T(each_role_has_its_own_face),
      T(all_faces_share_a_baseline_and_a_size),
      T(western_letters_follow_the_role),
      T(the_chain_goes_on_where_a_face_ends),
      T(a_face_is_listed_with_its_digest),
      F(a_wrong_list_is_an_error_with_a_place),
      F(a_broken_file_is_an_error_with_its_place),
      F(no_page_is_made_with_a_broken_file),
      T(a_line_is_set_at_a_point),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
