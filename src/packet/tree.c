/*
 * What templates see as $packet:
 *
 *   <packet plan="filing" name="集体合同报送审查" version="1" title="…" date="2025-05-09"
 *           from="2025-03-03" to="2025-05-09" total="31" count="12">
 *     <part number="1" name="送审材料" first-page="4" pages="9">
 *       <paper order="1" number="01" name="报送审查表" title="…" organ="…" mark="…"
 *              date="2025-04-25" first-page="5" last-page="6" pages="2" file="01_报送审查表.pdf"
 *              remark=""/>
 *     </part>
 *     <missing order="1" number="09" title="…" reason="…" law="…"/>
 *   </packet>
 *
 * It is written as text and parsed, so that its nodes have places like those of any other tree.
 */
#include "base/date.h"
#include "base/limits.h"
#include "base/text.h"
#include "packet/packet.h"

static void add_attribute(xs_buf *b, const char *name, xs_text value)
{
  xs_buf_printf(b, " %s=\"", name);
  for (size_t i = 0; i < value.len; i++) {
    switch (value.ptr[i]) {
    case '&':
      xs_buf_str(b, "&amp;");
      break;
    case '<':
      xs_buf_str(b, "&lt;");
      break;
    case '"':
      xs_buf_str(b, "&quot;");
      break;
    default:
      xs_buf_add(b, value.ptr + i, 1);
    }
  }
  xs_buf_str(b, "\"");
}

static void add_number(xs_buf *b, const char *name, uint32_t value)
{
  xs_buf_printf(b, " %s=\"%u\"", name, (unsigned)value);
}

static void add_paper(xs_buf *b, const xs_paper *paper)
{
  xs_buf_str(b, "    <paper");
  add_number(b, "order", paper->order);
  add_attribute(b, "number", paper->entry->number);
  add_attribute(b, "name", paper->name);
  add_attribute(b, "title", paper->title);
  add_attribute(b, "organ", paper->organ);
  add_attribute(b, "mark", paper->mark);
  add_attribute(b, "date", paper->date);
  if (paper->page_count) {
    add_number(b, "first-page", paper->first_page);
    add_number(b, "last-page", paper->first_page + paper->page_count - 1);
  }
  add_number(b, "pages", paper->page_count);
  add_attribute(b, "file", paper->file);
  add_attribute(b, "remark", paper->remark);
  xs_buf_str(b, "/>\n");
}

static bool has_papers(const xs_packet *p, size_t part)
{
  for (size_t i = 0; i < p->paper_count; i++)
    if (p->papers[i].part == part) return true;
  return false;
}

static void add_part(xs_buf *b, const xs_packet *p, size_t part, uint32_t number)
{
  uint32_t first_page = 0, pages = 0;
  for (size_t i = 0; i < p->paper_count; i++) {
    if (p->papers[i].part != part) continue;
    if (!first_page) first_page = p->papers[i].first_page;
    pages += p->papers[i].page_count;
  }
  xs_buf_str(b, "  <part");
  add_number(b, "number", number);
  add_attribute(b, "name", p->plan->parts[part].name);
  add_number(b, "first-page", first_page);
  add_number(b, "pages", pages);
  xs_buf_str(b, ">\n");
  for (size_t i = 0; i < p->paper_count; i++)
    if (p->papers[i].part == part) add_paper(b, &p->papers[i]);
  xs_buf_str(b, "  </part>\n");
}

static void add_missing(xs_buf *b, const xs_missing *m, uint32_t order)
{
  xs_buf_str(b, "  <missing");
  add_number(b, "order", order);
  add_attribute(b, "number", m->entry->number);
  add_attribute(b, "title", m->title);
  add_attribute(b, "reason", m->reason);
  add_attribute(b, "law", m->law);
  xs_buf_str(b, "/>\n");
}

/* From the earliest to the latest paper. */
static void add_dates(xs_buf *b, const xs_packet *p)
{
  xs_text from = XS_NO_TEXT, to = XS_NO_TEXT;
  for (size_t i = 0; i < p->paper_count; i++) {
    xs_text date = p->papers[i].date;
    if (!date.len) continue;
    if (!from.len || xs_text_compare(date, from) < 0) from = date;
    if (!to.len || xs_text_compare(date, to) > 0) to = date;
  }
  if (!from.len) return;
  add_attribute(b, "from", from);
  add_attribute(b, "to", to);
}

static void write_tree(const xs_packet *p, xs_buf *b)
{
  xs_date day = {0};
  (void)xs_date_of_number(p->date, &day);
  const xmlNode *root = xmlDocGetRootElement(p->kase->doc);
  xs_buf_str(b, "<packet");
  add_attribute(b, "plan", p->plan->id);
  add_attribute(b, "version", p->plan->version);
  add_attribute(b, "name", p->plan->name);
  add_attribute(b, "title", xs_xml_content(p->a, xs_xml_child(root, "title")));
  xs_buf_printf(b, " date=\"%04d-%02d-%02d\"", day.year, day.month, day.day);
  add_dates(b, p);
  add_number(b, "total", p->page_count);
  add_number(b, "count", (uint32_t)p->paper_count);
  xs_buf_str(b, ">\n");
  uint32_t number = 0;
  for (size_t i = 0; i < p->plan->part_count; i++)
    if (has_papers(p, i)) add_part(b, p, i, ++number);
  for (size_t i = 0; i < p->missing_count; i++) add_missing(b, &p->missing[i], (uint32_t)i + 1);
  xs_buf_str(b, "</packet>\n");
}

xs_status xs_packet_tree(xs_packet *p, xs_arena *a, xmlDocPtr *out)
{
  xs_buf b;
  xs_buf_init(&b, p->engine->host, XS_MAX_XML_BYTES);
  write_tree(p, &b);
  xs_status status = b.status;
  xs_text bytes = status ? XS_NO_TEXT : xs_arena_text(a, xs_buf_view(&b));
  if (!status && !bytes.ptr) status = XS_ENOMEM;
  if (!status) status = xs_xml_parse(a, XS_LIT("$packet"), bytes, p->diags, out);
  xs_buf_free(&b);
  return status;
}
