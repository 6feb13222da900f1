/* The forms that a notice has annexed: cells and columns that fit together. */
#include "base/text.h"
#include "data/case_check.h"

/* A row without cells is left to be filled by hand; one with fewer ends with empty ones. */
static void check_rows(const xs_case_checking *c, const xmlNode *form)
{
  size_t columns = xs_xml_count(form, "column");
  for (const xmlNode *row = xs_xml_child(form, "row"); row; row = xs_xml_next(row, "row")) {
    size_t cells = xs_xml_count(row, "cell");
    if (cells <= columns) continue;
    xs_diag(c->diags, XS_D_FORM_CELLS, xs_xml_span(row),
            _("this row has %zu cells, but the form has %zu columns"), cells, columns);
  }
}

/* The columns under one head stand side by side. */
static void check_groups(const xs_case_checking *c, const xmlNode *form)
{
  const xmlNode *first = xs_xml_child(form, "column");
  for (const xmlNode *e = first; e; e = xs_xml_next(e, "column")) {
    xs_text group = xs_xml_attr(e, "group");
    const xmlNode *earlier = NULL, *before = NULL;
    for (const xmlNode *k = first; k != e; k = xs_xml_next(k, "column")) {
      before = k;
      if (group.ptr && xs_text_equal(xs_xml_attr(k, "group"), group)) earlier = k;
    }
    if (!earlier || earlier == before) continue;
    xs_diag(c->diags, XS_D_FORM_GROUP, xs_xml_attr_span(e, "group"),
            _("the columns of the group “%.*s” do not stand side by side"), XS_TEXT(group));
    xs_diag_note(c->diags, xs_xml_attr_span(earlier, "group"), _("the others end here"));
  }
}

void xs_case_check_notices(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_case_each(c, "form", NULL); e; e = xs_case_each(c, "form", e)) {
    check_rows(c, e);
    check_groups(c, e);
  }
}
