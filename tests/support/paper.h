/*
 * Templates, libraries and cases given as text, filled, and the document as lines of its dump.
 *
 *   paper p;
 *   paper_open(&p);
 *   paper_file(&p, "t/lib.xml", "<library …");
 *   paper_fill(&p, "<p>字</p>");
 *   assert_string_equal(paper_lines(&p), "paragraph: “字”\n");
 *   paper_close(&p);
 */
#ifndef TESTS_PAPER_H
#define TESTS_PAPER_H

#include "base/buf.h"
#include "base/diag_print.h"
#include "base/text.h"
#include "template/template.h"
#include "xieshang/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAPER_FILES = 16 };

typedef struct paper {
  xs_host host;
  struct {
    const char *path;
    const char *text;
    size_t len;
  } files[PAPER_FILES];
  size_t file_count;
  const xs_host *below; /* allocations go there */
  xs_diags *diags;
  xs_arena *a;
  const xs_schema *schema, *case_schema, *rules_schema;
  xs_case *kase;
  xs_rules *rules;
  xs_template *t;
  xs_document *doc;
  xs_sources *sources; /* NULL: each template has its own */
  xs_fill_options options;
  xs_status status; /* of the last fill */
  char *head;       /* definitions put before the body; NULL for none */
  char *text;       /* the last lines asked for */
} paper;

static int paper_map(void *user, const char *path, size_t max_bytes, const void **ptr, size_t *len)
{
  const paper *p = (const paper *)user;
  for (size_t i = p->file_count; i-- > 0;) {
    if (strcmp(p->files[i].path, path) != 0) continue;
    if (p->files[i].len > max_bytes) {
      errno = EFBIG;
      return -1;
    }
    *ptr = p->files[i].text;
    *len = p->files[i].len;
    return 0;
  }
  return xs_host_posix()->map(NULL, path, max_bytes, ptr, len);
}

static void paper_unmap(void *user, const void *ptr, size_t len)
{
  const paper *p = (const paper *)user;
  for (size_t i = 0; i < p->file_count; i++)
    if (p->files[i].text == ptr) return;
  xs_host_posix()->unmap(NULL, ptr, len);
}

/* The folder t/ holds the files whose path begins so. */
static int paper_list(void *user, const char *dir, int (*entry)(void *arg, const char *name),
                      void *arg)
{
  const paper *p = (const paper *)user;
  if (strcmp(dir, "t") != 0) return xs_host_posix()->list(NULL, dir, entry, arg);
  for (size_t i = 0; i < p->file_count; i++)
    if (strncmp(p->files[i].path, "t/", 2) == 0 && entry(arg, p->files[i].path + 2)) break;
  return 0;
}

static void *paper_resize(void *user, void *ptr, size_t n)
{
  const paper *p = (const paper *)user;
  return p->below->resize(p->below->user, ptr, n);
}

static inline void paper_bytes(paper *p, const char *path, const char *text, size_t len)
{
  if (p->file_count == PAPER_FILES) abort();
  p->files[p->file_count].path = path;
  p->files[p->file_count].text = text;
  p->files[p->file_count++].len = len;
}

static inline void paper_file(paper *p, const char *path, const char *text)
{
  paper_bytes(p, path, text, strlen(text));
}

/* The case every paper starts with. */
static const char paper_case[] =
    "<case xmlns='urn:xieshang:case:1' id='k' kind='enterprise' year='2024'>\n"
    "<title>云杉案</title>\n"
    "<employer><name>云杉公司</name><headcount total='326'/></employer>\n"
    "<union><name>云杉工会</name></union>\n"
    "<delegates side='workers'>\n"
    "<delegate id='w1' chief='yes'><name>苏荷</name><post>主席</post></delegate>\n"
    "<delegate id='w2'><name>叶知远</name></delegate>\n"
    "<delegate id='w3'><name>白晓</name></delegate>\n"
    "</delegates>\n"
    "<topics><topic id='a'><name>工资</name></topic><topic id='b'><name>工时</name></topic>\n"
    "<topic id='c'><name>培训</name></topic></topics>\n"
    "<offer id='o1' by='workers' date='2024-03-05'><number organ='川工发' year='2024' "
    "serial='7'/>\n"
    "<meeting date='2024-03-28' time='14:30'/></offer>\n"
    "</case>\n";

static inline xs_status paper_open_on(paper *p, const xs_host *below)
{
  *p = (paper){.host = *xs_host_posix(), .below = below};
  p->host.user = p;
  p->host.map = paper_map;
  p->host.unmap = paper_unmap;
  p->host.list = paper_list;
  p->host.resize = paper_resize;
  p->options = (xs_fill_options){.copy = XS_COPY_FILING, .date = 20240305};
  p->diags = xs_diags_new(&p->host);
  p->a = xs_arena_new(&p->host);
  if (!p->diags || !p->a) return XS_ENOMEM;
  xs_status st = xs_schema_load(p->a, XS_LIT(XS_TEST_ROOT "/templates/schema/template.rng"),
                                p->diags, &p->schema);
  if (!st)
    st = xs_schema_load(p->a, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), p->diags,
                        &p->case_schema);
  if (!st)
    st = xs_schema_load(p->a, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"), p->diags,
                        &p->rules_schema);
  paper_file(p, "case.xml", paper_case);
  return st;
}

static inline void paper_open(paper *p)
{
  if (paper_open_on(p, xs_host_posix())) abort();
}

static inline xs_status paper_load_rules(paper *p)
{
  return xs_rules_load(&p->host, p->rules_schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                       XS_LIT("national"), p->diags, &p->rules);
}

static inline void paper_drop(paper *p)
{
  xs_document_free(p->doc);
  xs_template_free(p->t);
  xs_case_free(p->kase);
  p->doc = NULL;
  p->t = NULL;
  p->kase = NULL;
  xs_diags_clear(p->diags);
}

static inline void paper_close(paper *p)
{
  if (p->diags) paper_drop(p);
  xs_rules_free(p->rules);
  xs_arena_free(p->a);
  xs_diags_free(p->diags);
  free(p->text);
}

/* Loads t/ID.xml and fills it. */
static inline xs_status paper_run(paper *p, const char *id)
{
  paper_drop(p);
  const xs_template_place place = {.host = &p->host,
                                   .dir = XS_LIT("t"),
                                   .schema = p->schema,
                                   .case_schema = p->case_schema,
                                   .sources = p->sources};
  xs_status st = p->options.blank ? xs_case_blank(&p->host, p->diags, &p->kase)
                                  : xs_case_load(&p->host, p->case_schema, XS_LIT("case.xml"),
                                                 p->diags, &p->kase);
  if (!st) st = xs_template_load(&place, xs_text_of(id), p->diags, &p->t);
  if (!st) st = xs_template_fill(p->t, p->kase, p->rules, &p->options, p->diags, &p->doc);
  p->status = st;
  return st;
}

static char paper_source[1 << 16];

/* A template with this body; the body begins on line 3. */
static inline xs_status paper_fill(paper *p, const char *body)
{
  snprintf(paper_source, sizeof paper_source,
           "<template xmlns='urn:xieshang:template:1' id='paper' version='1' name='试'>%s\n"
           "<body>\n%s\n</body></template>\n",
           p->head ? p->head : "", body);
  for (size_t i = 0; i < p->file_count; i++) {
    if (strcmp(p->files[i].path, "t/paper.xml") != 0) continue;
    p->files[i].len = strlen(paper_source);
    return paper_run(p, "paper");
  }
  paper_file(p, "t/paper.xml", paper_source);
  return paper_run(p, "paper");
}

static inline const char *paper_keep(paper *p, xs_buf *b)
{
  free(p->text);
  p->text = (char *)malloc(b->len + 1);
  if (!p->text) abort();
  if (b->len) memcpy(p->text, b->ptr, b->len);
  p->text[b->len] = 0;
  xs_buf_free(b);
  return p->text;
}

/* The blocks of the dump, without what says how styles look, two spaces for each level. */
static inline const char *paper_lines(paper *p)
{
  xs_buf dump, lines;
  xs_buf_init(&dump, &p->host, 1 << 24);
  xs_buf_init(&lines, &p->host, 1 << 24);
  if (p->doc) xs_document_dump(p->doc, &dump);
  xs_text t = xs_buf_view(&dump);
  for (size_t from = 0; from < t.len;) {
    size_t end = from;
    while (end < t.len && t.ptr[end] != '\n') end++;
    size_t indent = from;
    while (indent < end && t.ptr[indent] == ' ') indent++;
    xs_text line = {t.ptr + indent, end - indent};
    bool is_block = indent - from >= 4 && !xs_text_starts(line, "style ") &&
                    !xs_text_starts(line, "page-") && !xs_text_starts(line, "watermark");
    if (is_block) xs_buf_add(&lines, t.ptr + from + 4, end - from - 4);
    if (is_block) xs_buf_str(&lines, "\n");
    from = end + 1;
  }
  xs_buf_free(&dump);
  return paper_keep(p, &lines);
}

/* Every message as “line:column slug”, notes as “line:column note”; of other files than the
 * template with their name before. */
static inline const char *paper_messages(paper *p)
{
  xs_buf b;
  xs_buf_init(&b, &p->host, 1 << 20);
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(p->diags, i, &v); i++) {
    if (v.line && !xs_text_is(v.file, "t/paper.xml")) xs_buf_printf(&b, "%.*s:", XS_TEXT(v.file));
    if (v.line) xs_buf_printf(&b, "%u:%u ", v.line, v.column);
    xs_buf_printf(&b, "%.*s\n", XS_TEXT(v.slug.len ? v.slug : XS_LIT("note")));
  }
  return paper_keep(p, &b);
}

#endif
