/* Runs tests/spec/law.md: each line asks the rule pack of a place, the answer compared. */
#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "data/rules.h"

#include <stdio.h>

#define PAGE XS_TEST_ROOT "/tests/spec/law.md"

enum { COLUMNS = 6, MAX_STATED = 256 };

typedef struct fixture {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
  xs_text page;
  xs_rules *rules;                   /* of the heading */
  const xmlNode *stated[MAX_STATED]; /* entries that a line was found for */
  size_t stated_count, line, wrong, asked;
} fixture;

/* ---- what a pack answers, in the words of the page ---- */

static xs_text say_limit(xs_arena *a, const xmlNode *e)
{
  bool backward = xs_xml_attr_is(e, "direction", "backward");
  xs_text trigger = xs_xml_attr(e, "trigger"), n = xs_xml_attr(e, "n");
  xs_text unit = xs_xml_attr(e, "unit"), stop = xs_xml_attr(e, "stopped-by");
  return xs_arena_printf(a, "%.*s %s %.*s%.*s%s%s%.*s%s", XS_TEXT(trigger), backward ? "前" : "后",
                         XS_TEXT(n), XS_TEXT(unit), xs_xml_attr_is(e, "window", "yes") ? " 内" : "",
                         stop.ptr ? " " : "", XS_TEXT(stop), stop.ptr ? " 不计" : "");
}

/* Those that are asked for by law. */
static xs_text say_materials(xs_arena *a, const xmlNode *e)
{
  xs_text list = XS_LIT("");
  for (const xmlNode *m = xs_xml_child(e, "material"); m; m = xs_xml_next(m, "material")) {
    xs_text grade = xs_xml_attr(m, "grade"), id = xs_xml_attr(m, "id");
    if (grade.ptr && !xs_grade_is_law(grade)) continue;
    list = xs_arena_printf(a, "%.*s%s%.*s", XS_TEXT(list), list.len ? " " : "", XS_TEXT(id));
  }
  return list;
}

static xs_text say(xs_arena *a, const xmlNode *e)
{
  if (xs_xml_is(e, "limit")) return say_limit(a, e);
  if (xs_xml_is(e, "figure")) return xs_xml_attr(e, "value");
  if (xs_xml_is(e, "materials")) return say_materials(a, e);
  if (xs_xml_is(e, "paper")) return xs_xml_attr(e, "name");
  return XS_LIT("—");
}

/* ---- one line ---- */

static void complain(fixture *f, const char *what, xs_text found, xs_text wanted)
{
  f->wrong++;
  print_error("law.md:%zu: %s is “%.*s”, not “%.*s”\n", f->line, what, XS_TEXT(found),
              XS_TEXT(wanted));
}

static void compare(fixture *f, const char *what, xs_text found, xs_text wanted)
{
  if (found.len != wanted.len || !xs_text_equal(found, wanted)) complain(f, what, found, wanted);
}

static void ask(fixture *f, const xs_text cells[COLUMNS], const char *kind)
{
  xs_text entry = cells[2];
  char element[32];
  size_t at = 0;
  while (at < entry.len && entry.ptr[at] != ' ') at++;
  snprintf(element, sizeof element, "%.*s", (int)at, entry.ptr);
  xs_text id = {entry.ptr + at + 1, entry.len - at - 1};
  const xmlNode *e = xs_rules_find(f->rules, element, id, xs_text_of(kind), (xs_date){0});
  f->asked++;
  if (!e) {
    complain(f, kind, XS_LIT("nothing"), entry);
    return;
  }
  compare(f, "the rule", say(f->arena, e), cells[3]);
  compare(f, "the source", xs_xml_attr(e, "source"), cells[4]);
  compare(f, "the grade", xs_xml_attr(e, "grade"), cells[5]);
  assert_true(f->stated_count < MAX_STATED);
  f->stated[f->stated_count++] = e;
}

static void run_row(fixture *f, const xs_text cells[COLUMNS])
{
  static const char *const all[] = {"", "wage", "women"}, *const other[] = {"", "comprehensive"};
  if (xs_text_is(cells[1], "工资")) {
    ask(f, cells, "wage");
  } else if (xs_text_is(cells[1], "其他")) {
    for (size_t i = 0; i < XS_COUNT(other); i++) ask(f, cells, other[i]);
  } else if (xs_text_is(cells[1], "各种")) {
    for (size_t i = 0; i < XS_COUNT(all); i++) ask(f, cells, all[i]);
  }
}

static bool split(xs_text line, xs_text cells[COLUMNS])
{
  size_t count = 0;
  for (size_t from = 1; from < line.len && count < COLUMNS; count++) {
    size_t to = from;
    while (to < line.len && line.ptr[to] != '|') to++;
    cells[count] = xs_text_trim((xs_text){line.ptr + from, to - from});
    from = to + 1;
  }
  return count == COLUMNS;
}

/* ---- one place ---- */

static bool was_stated(const fixture *f, const xmlNode *e)
{
  for (size_t i = 0; i < f->stated_count; i++)
    if (f->stated[i] == e) return true;
  return false;
}

/* Every number of the pack's own that is shown as law has a line. */
static void end_place(fixture *f)
{
  if (!f->rules) return;
  const xmlNode *root = xmlDocGetRootElement(f->rules->doc);
  for (const xmlNode *e = xs_xml_child(root, NULL); e; e = xs_xml_next(e, NULL)) {
    bool is_number = xs_xml_is(e, "limit") || xs_xml_is(e, "figure") || xs_xml_is(e, "materials");
    bool is_own = xs_text_equal(xs_xml_attr(e, "pack"), f->rules->id);
    if (!is_number || !is_own || was_stated(f, e) || !xs_grade_is_law(xs_xml_attr(e, "grade")))
      continue;
    complain(f, "what law.md does not have", xs_xml_attr(e, "id"), f->rules->id);
  }
  xs_rules_free(f->rules);
  f->rules = NULL;
  f->stated_count = 0;
}

static void begin_place(fixture *f, xs_text id)
{
  end_place(f);
  assert_int_equal(xs_rules_load(xs_host_posix(), f->schema,
                                 XS_LIT(XS_TEST_ROOT "/templates/rules"), id, f->diags, &f->rules),
                   XS_OK);
}

static void run_line(fixture *f, xs_text line)
{
  xs_text cells[COLUMNS];
  if (xs_text_starts(line, "## "))
    begin_place(f, (xs_text){line.ptr + 3, line.len - 3});
  else if (xs_text_starts(line, "# "))
    end_place(f);
  else if (xs_text_starts(line, "| ") && split(line, cells))
    run_row(f, cells);
}

static void test_law__packs_say_what_was_read(void **state)
{
  fixture *f = *state;
  for (size_t from = 0; from < f->page.len;) {
    size_t to = from;
    while (to < f->page.len && f->page.ptr[to] != '\n') to++;
    f->line++;
    run_line(f, (xs_text){f->page.ptr + from, to - from});
    from = to + 1;
  }
  end_place(f);
  assert_true(f->asked > 500);
  assert_int_equal(f->wrong, 0);
}

static int set_up(void **state)
{
  static fixture f;
  const void *bytes;
  size_t len;
  f = (fixture){.arena = xs_arena_new(xs_host_posix()), .diags = xs_diags_new(xs_host_posix())};
  assert_int_equal(xs_schema_load(f.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"),
                                  f.diags, &f.schema),
                   XS_OK);
  assert_int_equal(xs_host_posix()->map(NULL, PAGE, 1 << 20, &bytes, &len), 0);
  f.page = (xs_text){bytes, len};
  *state = &f;
  return 0;
}

static int tear_down(void **state)
{
  fixture *f = *state;
  xs_host_posix()->unmap(NULL, f->page.ptr, f->page.len);
  xs_arena_free(f->arena);
  xs_diags_free(f->diags);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_law__packs_say_what_was_read)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
