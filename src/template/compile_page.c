/* Pages: each with all that its bases say. */
#include "template/compiled.h"

#include "base/limits.h"
#include "base/text.h"

static const struct {
  const char *name;
  int32_t width_mm, height_mm;
} papers[] = {
#define X(name, width, height) {name, width, height},
#include "template/papers.def"
#undef X
};

static void read_paper(const xs_node *n, xs_page_form *page)
{
  for (size_t i = 0; i < XS_COUNT(papers); i++) {
    if (!xs_node_is(n, XS_A_SIZE, papers[i].name)) continue;
    page->width = xs_len_of_micron(papers[i].width_mm * 1000);
    page->height = xs_len_of_micron(papers[i].height_mm * 1000);
  }
}

/* What is not stated is as in GB/T 9704: A4, 37, 26, 35 and 28 mm. */
static void read_page(const xs_node *const *chain, size_t count, xs_text name, xs_page_form *page)
{
  const xs_len em = XS_PT(12);
  *page = (xs_page_form){.name = name,
                         .width = xs_len_of_micron(210000),
                         .height = xs_len_of_micron(297000),
                         .top = xs_len_of_micron(37000),
                         .right = xs_len_of_micron(26000),
                         .bottom = xs_len_of_micron(35000),
                         .left = xs_len_of_micron(28000)};
  bool landscape = false;
  for (size_t i = count; i-- > 0;) {
    const xs_node *n = chain[i];
    read_paper(n, page);
    page->top = xs_node_length(n, XS_A_TOP, em, page->top);
    page->right = xs_node_length(n, XS_A_RIGHT, em, page->right);
    page->bottom = xs_node_length(n, XS_A_BOTTOM, em, page->bottom);
    page->left = xs_node_length(n, XS_A_LEFT, em, page->left);
    page->tighten = xs_node_length(n, XS_A_TIGHTEN, em, page->tighten);
    page->line_pitch = xs_node_length(n, XS_A_LINE_GRID, em, page->line_pitch);
    page->first_number = xs_node_count(n, XS_A_FIRST_NUMBER, page->first_number);
    if (xs_node_attr(n, XS_A_LANDSCAPE)) landscape = xs_node_is(n, XS_A_LANDSCAPE, "yes");
    if (xs_node_child(n, XS_E_HEAD)) page->heads = n;
    if (xs_node_child(n, XS_E_FOOT)) page->feet = n;
  }
  if (landscape && page->width < page->height) {
    xs_len width = page->width;
    page->width = page->height;
    page->height = width;
  }
}

static void check_page(const xs_node *n, const xs_page_form *page, xs_diags *diags)
{
  const xs_len least = xs_len_of_micron(10000);
  if (page->width - page->left - page->right >= least &&
      page->height - page->top - page->bottom >= least && page->left >= 0 && page->right >= 0 &&
      page->top >= 0 && page->bottom >= 0)
    return;
  xs_diag(diags, XS_D_LENGTH_BAD, n->span, _("the margins of “%.*s” leave no room on the page"),
          XS_TEXT(page->name));
}

const xs_page_form *xs_template_page(const xs_template *t, xs_text name)
{
  for (size_t i = 0; i < t->page_count; i++)
    if (xs_text_equal(t->pages[i].name, name)) return &t->pages[i];
  return NULL;
}

xs_status xs_compile_pages(xs_template *t, xs_text page_name, xs_span at, xs_diags *diags)
{
  t->pages = XS_NEW_ARRAY(t->arena, t->definition_count + 1, xs_page_form);
  if (!t->pages) return XS_ENOMEM;
  for (size_t i = 0; i < t->definition_count; i++) {
    const xs_definition *d = &t->definitions[i];
    if (d->node->element != XS_E_PAGE || xs_template_page(t, d->name)) continue;
    const xs_node *chain[XS_MAX_TEMPLATE_DEPTH];
    size_t count = 0;
    (void)xs_compile_chain(t, d, diags, chain, &count);
    read_page(chain, count, d->name, &t->pages[t->page_count]);
    check_page(d->node, &t->pages[t->page_count], diags);
    t->page_count++;
  }
  if (page_name.len) {
    t->page = xs_template_page(t, page_name);
    if (!t->page) xs_report_unknown(t, XS_E_PAGE, page_name, at, diags);
  }
  if (!t->page) { /* a page of our own stands behind the named ones */
    read_page(NULL, 0, XS_LIT(""), &t->pages[t->page_count]);
    t->page = &t->pages[t->page_count];
  }
  return XS_OK;
}
