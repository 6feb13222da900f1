#include "unit/unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/xml.h"

#include <errno.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct loaded {
  xs_arena *arena;
  xs_diags *diags;
  xmlDocPtr doc;
  xs_status status;
} loaded;

static loaded parse_bytes(const char *bytes, size_t len)
{
  loaded l = {xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL, XS_OK};
  l.status = xs_xml_parse(l.arena, XS_LIT("x.xml"), (xs_text){bytes, len}, l.diags, &l.doc);
  return l;
}

static loaded parse(const char *s)
{
  return parse_bytes(s, strlen(s));
}

static loaded load(const char *path)
{
  loaded l = {xs_arena_new(xs_host_posix()), xs_diags_new(xs_host_posix()), NULL, XS_OK};
  l.status = xs_xml_load(l.arena, xs_text_of(path), l.diags, &l.doc);
  return l;
}

static void drop(loaded *l)
{
  xs_arena_free(l->arena);
  xs_diags_free(l->diags);
}

static void assert_span(const loaded *l, xs_span s, const char *expected)
{
  xs_text source = xs_diags_source_bytes(l->diags, s.source);
  assert_true(s.off + s.len <= source.len);
  xs_text place = {source.ptr + s.off, s.len};
  assert_text(place, expected);
}

/* The one diagnostic there is: what it is about and where it points. */
static void assert_diag(const loaded *l, const char *slug, uint32_t line, uint32_t column)
{
  xs_diag_view v;
  assert_true(xs_diags_view(l->diags, 0, &v));
  assert_text(v.slug, slug);
  assert_int_equal(v.line, line);
  assert_int_equal(v.column, column);
  assert_int_equal(xs_diags_count(l->diags, XS_WARNING), 1);
}

static void assert_refused(const char *xml, const char *slug, uint32_t line, uint32_t column)
{
  loaded l = parse(xml);
  assert_int_equal(l.status, XS_EINPUT);
  assert_null(l.doc);
  assert_diag(&l, slug, line, column);
  drop(&l);
}

/* ---- places ---- */

static void test_xml__every_node_knows_its_place(void **state)
{
  loaded l = parse("<?xml version=\"1.0\"?>\n<!-- <no> --><case id='c&#49;' xmlns=\"urn:x\"\n"
                   "  kind = \"企业\">\n  <name>  𠮷田<!-- > -->工厂<![CDATA[<x>]]> </name>尾\n"
                   "<?pi <y> ?><empty a=\">\"/><after>&lt;</after></case>");
  assert_int_equal(l.status, XS_OK);
  xmlNodePtr root = xmlDocGetRootElement(l.doc);
  assert_span(&l, xs_xml_span(root), "<case id='c&#49;' xmlns=\"urn:x\"\n  kind = \"企业\">");
  assert_span(&l, xs_xml_attr_span(root, "id"), "c&#49;");
  assert_span(&l, xs_xml_attr_span(root, "kind"), "企业");
  assert_text(xs_xml_attr(root, "id"), "c1");
  xmlNodePtr name = xs_xml_child(root, "name");
  assert_span(&l, xs_xml_span(name), "<name>");
  assert_span(&l, xs_xml_span(name->children), "𠮷田<!-- > -->工厂<![CDATA[<x>]]>");
  assert_span(&l, xs_xml_content_span(name), "𠮷田<!-- > -->工厂<![CDATA[<x>]]>");
  assert_text(xs_xml_content(l.arena, name), "𠮷田工厂<x>");
  assert_null(name->children->next);
  assert_span(&l, xs_xml_span(name->next), "尾\n<?pi <y> ?>");
  xmlNodePtr empty = xs_xml_next(name, NULL);
  assert_span(&l, xs_xml_span(empty), "<empty a=\">\"/>");
  assert_span(&l, xs_xml_attr_span(empty, "a"), ">");
  assert_span(&l, xs_xml_attr_span(empty, "b"), "<empty a=\">\"/>");
  xmlNodePtr after = xs_xml_next(empty, "after");
  assert_span(&l, xs_xml_content_span(after), "&lt;");
  assert_text(xs_xml_content(l.arena, after), "<");
  drop(&l);
}

static void test_xml__attribute_references_become_text(void **state)
{
  loaded l = parse("<a v='1 &lt; 2 &amp;&#x5de5;\n&quot;'/>");
  assert_int_equal(l.status, XS_OK);
  assert_text(xs_xml_attr(xmlDocGetRootElement(l.doc), "v"), "1 < 2 &工 \"");
  drop(&l);
}

static void test_xml__xpath_finds_places(void **state)
{
  loaded l = parse("<case xmlns='urn:x'><offer by='workers'>甲</offer></case>");
  assert_int_equal(l.status, XS_OK);
  xs_xml_strip_namespace(l.doc);
  xmlXPathContextPtr c = xmlXPathNewContext(l.doc);
  xmlXPathObjectPtr found =
      xmlXPathEval(BAD_CAST "/case/offer/@by | /case/offer/text() | /case/namespace::*", c);
  assert_int_equal(found->nodesetval->nodeNr, 4);
  size_t seen = 0;
  for (int i = 0; i < 4; i++) {
    xs_span s = xs_xml_any_span(found->nodesetval->nodeTab[i]);
    if (!s.source) continue;
    assert_span(&l, s, seen++ ? "甲" : "workers");
  }
  assert_int_equal(seen, 2);
  xmlXPathFreeObject(found);
  xmlXPathFreeContext(c);
  drop(&l);
}

/* ---- encodings ---- */

static void assert_name(loaded *l, const char *expected)
{
  assert_int_equal(l->status, XS_OK);
  assert_text(xs_xml_content(l->arena, xmlDocGetRootElement(l->doc)), expected);
}

static void test_xml__gb18030_with_four_bytes(void **state)
{
  static const char bytes[] = "<?xml version='1.0' encoding='GB18030'?><n>\x95\x34\xB2\x35"
                              "\x82\x30\xB7\x31\xC0\xEE</n>";
  loaded l = parse_bytes(bytes, sizeof bytes - 1);
  assert_name(&l, "𠮷㛃李");
  assert_span(&l, xs_xml_content_span(xmlDocGetRootElement(l.doc)), "𠮷㛃李");
  drop(&l);
}

static void test_xml__gb18030_of_2022(void **state)
{
  static const char bytes[] =
      "<?xml version='1.0' encoding='gbk'?><n>\xA6\xD9\xFE\x51\xFE\x59\xD6\xD0</n>";
  loaded l = parse_bytes(bytes, sizeof bytes - 1);
  assert_name(&l, "\xEF\xB8\x90\xF0\xA0\x82\x87龴中");
  assert_int_equal(xs_diags_count(l.diags, XS_WARNING), 0);
  drop(&l);
}

static void test_xml__utf16_both_ways(void **state)
{
  static const char little[] = "\xFF\xFE<\0n\0>\0\x2D\x4E\x42\xD8\xB7\xDF<\0/\0n\0>\0";
  static const char big[] = "\xFE\xFF\0<\0n\0>\x4E\x2D\xD8\x42\xDF\xB7\0<\0/\0n\0>";
  loaded l = parse_bytes(little, sizeof little - 1);
  assert_name(&l, "中𠮷");
  drop(&l);
  l = parse_bytes(big, sizeof big - 1);
  assert_name(&l, "中𠮷");
  drop(&l);
}

static void test_xml__mark_wins_over_declaration(void **state)
{
  loaded l = parse("\xEF\xBB\xBF<?xml version='1.0' encoding='GB2312'?>\n<n>中</n>");
  assert_name(&l, "中");
  assert_diag(&l, "xml-encoding-conflict", 1, 31);
  drop(&l);
}

static void test_xml__unknown_encoding_is_refused(void **state)
{
  assert_refused("<?xml version='1.0' encoding='Big5'?><n/>", "xml-encoding", 1, 31);
}

static void test_xml__bytes_outside_the_encoding_are_refused(void **state)
{
  assert_refused("<n>甲\n乙\xFF</n>", "xml-encoding", 2, 2);
}

static void test_xml__gb_bytes_without_declaration_get_a_hint(void **state)
{
  loaded l = parse("<n>\xD6\xD0\xB9\xFA</n>");
  assert_int_equal(l.status, XS_EINPUT);
  xs_diag_view v;
  assert_true(xs_diags_view(l.diags, 1, &v));
  assert_int_equal(v.severity, XS_NOTE);
  assert_non_null(strstr(v.text.ptr, "GB18030"));
  drop(&l);
}

static void test_xml__cut_off_gb_character_is_refused(void **state)
{
  assert_refused("<?xml version='1.0' encoding='GB18030'?><n>\xD6\xD0\xB9", "xml-encoding", 1, 45);
}

/* ---- text ---- */

static void test_xml__text_becomes_nfc(void **state)
{
  loaded l = parse("<n a='e\xCC\x81'>u\xCC\x88 \xEF\xA4\x80</n>");
  assert_name(&l, "ü 豈");
  assert_text(xs_xml_attr(xmlDocGetRootElement(l.doc), "a"), "é");
  assert_span(&l, xs_xml_attr_span(xmlDocGetRootElement(l.doc), "a"), "e\xCC\x81");
  drop(&l);
}

static void test_xml__control_characters_are_refused(void **state)
{
  assert_refused("<n>甲\x03</n>", "text-control", 1, 5);
  assert_refused("<n>甲\xC2\x85乙</n>", "text-control", 1, 5);
  assert_refused("<n a='甲&#x80;'/>", "text-control", 1, 7);
  assert_refused("<n>\xEF\xB7\x90</n>", "text-control", 1, 4);
  assert_refused("<n>&#0;</n>", "text-control", 1, 8);
}

static void test_xml__doubtful_characters_are_warned_of(void **state)
{
  loaded l = parse("<n>甲\xEE\x80\x80</n>");
  assert_int_equal(l.status, XS_OK);
  assert_diag(&l, "text-private", 1, 5);
  drop(&l);
  l = parse("<n>甲乙\xE2\x80\xAE</n>");
  assert_diag(&l, "text-hidden", 1, 6);
  drop(&l);
}

/* ---- what is refused ---- */

static void test_xml__doctype_is_refused(void **state)
{
  assert_refused("<!-- <!DOCTYPE -->\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml-doctype", 2,
                 1);
  assert_refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "xml-doctype", 1, 1);
}

static void test_xml__entities_are_refused(void **state)
{
  assert_refused("<a>甲&nbsp;乙</a>", "xml-entity", 1, 11);
}

static void test_xml__syntax_errors_have_a_place(void **state)
{
  assert_refused("", "xml-syntax", 1, 1);
  assert_refused("no xml", "xml-syntax", 1, 1);
  assert_refused("<a>\n<b>甲</c></a>", "xml-syntax", 2, 5);
  assert_refused("<a>甲 & 乙</a>", "xml-syntax", 1, 7);
  assert_refused("<a b=1/>", "xml-syntax", 1, 6);
  assert_refused("<a b='1' b='2'/>", "xml-syntax", 1, 15);
  assert_refused("<a/><b/>", "xml-syntax", 1, 5);
  assert_refused("<a><x:b/></a>", "xml-syntax", 1, 8);
  assert_refused("<a><b>甲", "xml-syntax", 1, 8);
}

/* What looks for the end of a thing finds none, and stops at the end of the file. */
static void test_xml__unclosed_things_end_with_the_file(void **state)
{
  static const char *const files[] = {"<?l >\n", "<!-- ", "<![CDATA[", "<a b='",  "<a b=\"1",
                                      "<",       "<a",    "<a><?",     "<a><!--", "<a>\n<b c='>"};
  for (size_t i = 0; i < XS_COUNT(files); i++) {
    loaded l = parse(files[i]);
    assert_int_equal(l.status, XS_EINPUT);
    drop(&l);
  }
}

static void test_xml__mismatch_points_to_the_start_tag(void **state)
{
  loaded l = parse("<a>\n<b>甲</c></a>");
  xs_diag_view v;
  assert_true(xs_diags_view(l.diags, 1, &v));
  assert_int_equal(v.severity, XS_NOTE);
  assert_int_equal(v.line, 2);
  assert_int_equal(v.column, 1);
  drop(&l);
}

static char *nested(size_t levels, size_t *len)
{
  char *s = malloc(levels * 7 + 1);
  for (size_t i = 0; i < levels; i++) memcpy(s + i * 3, "<a>", 3);
  for (size_t i = 0; i < levels; i++) memcpy(s + levels * 3 + i * 4, "</a>", 4);
  *len = levels * 7;
  return s;
}

static void test_xml__depth_has_a_ceiling(void **state)
{
  size_t len;
  char *s = nested(XS_MAX_XML_DEPTH, &len);
  loaded l = parse_bytes(s, len);
  assert_int_equal(l.status, XS_OK);
  drop(&l);
  free(s);

  s = nested(10000, &len);
  l = parse_bytes(s, len);
  assert_int_equal(l.status, XS_ELIMIT);
  assert_diag(&l, "limit", 1, XS_MAX_XML_DEPTH * 3 + 1);
  drop(&l);
  free(s);
}

static void test_xml__long_words_are_kept(void **state)
{
  size_t len = (1u << 20) + 7;
  char *s = malloc(len);
  memset(s, 'x', len);
  memcpy(s, "<a>", 3);
  memcpy(s + len - 4, "</a>", 4);
  loaded l = parse_bytes(s, len);
  assert_int_equal(l.status, XS_OK);
  assert_int_equal(xs_xml_content(l.arena, xmlDocGetRootElement(l.doc)).len, 1u << 20);
  drop(&l);
  free(s);
}

static void test_xml__crowded_tags_are_refused(void **state)
{
  char s[16384] = "<!-- <a b='' -->\n<a>= \"<b";
  size_t len = strlen(s);
  for (unsigned i = 0; i <= XS_MAX_XML_ATTRIBUTES; i++)
    len += (size_t)snprintf(s + len, sizeof s - len, " a%u='<=>'", i);
  snprintf(s + len, sizeof s - len, "/></a>");
  loaded l = parse(s);
  assert_int_equal(l.status, XS_ELIMIT);
  assert_diag(&l, "limit", 2, 7);
  drop(&l);
}

static int claim_200_mb(void *user, const char *path, size_t max_bytes, const void **ptr,
                        size_t *len)
{
  assert_true(max_bytes < 200u << 20);
  errno = EFBIG;
  return -1;
}

static void test_xml__large_files_are_not_read(void **state)
{
  xs_host host = *xs_host_posix();
  host.map = claim_200_mb;
  loaded l = {xs_arena_new(&host), xs_diags_new(&host), NULL, XS_OK};
  l.status = xs_xml_load(l.arena, XS_LIT("big.xml"), l.diags, &l.doc);
  assert_int_equal(l.status, XS_ELIMIT);
  assert_diag(&l, "limit", 0, 0);
  drop(&l);
}

static void test_xml__missing_file_is_said(void **state)
{
  loaded l = load("no/such/file.xml");
  assert_int_equal(l.status, XS_EIO);
  assert_diag(&l, "file-read", 0, 0);
  drop(&l);
}

/* ---- files under tests/hostile ---- */

static const struct {
  const char *file;
  const char *slug;
} hostile[] = {
    {"doctype.xml", "xml-doctype"},           {"entity-bomb.xml", "xml-doctype"},
    {"external-entity.xml", "xml-doctype"},   {"invalid-utf8.xml", "xml-encoding"},
    {"unknown-encoding.xml", "xml-encoding"}, {"control-character.xml", "text-control"},
    {"truncated.xml", "xml-syntax"},
};

static void test_xml__hostile_files_are_refused(void **state)
{
  for (size_t i = 0; i < XS_COUNT(hostile); i++) {
    char path[512];
    snprintf(path, sizeof path, "%s/tests/hostile/%s", XS_TEST_ROOT, hostile[i].file);
    loaded l = load(path);
    assert_int_equal(l.status, XS_EINPUT);
    xs_diag_view v;
    assert_true(xs_diags_view(l.diags, 0, &v));
    assert_text(v.slug, hostile[i].slug);
    assert_true(v.line > 0);
    drop(&l);
  }
}

static void test_xml__raw_bytes_and_digest_are_those_of_the_file(void **state)
{
  static const char bytes[] = "\xFF\xFE<\0n\0/\0>\0";
  loaded l = parse_bytes(bytes, sizeof bytes - 1);
  assert_int_equal(l.status, XS_OK);
  assert_int_equal(xs_xml_raw(l.doc).len, sizeof bytes - 1);
  assert_memory_equal(xs_xml_raw(l.doc).ptr, bytes, sizeof bytes - 1);
  assert_int_equal(strlen(xs_xml_digest(l.doc)), 64);
  drop(&l);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_xml__every_node_knows_its_place),
      cmocka_unit_test(test_xml__attribute_references_become_text),
      cmocka_unit_test(test_xml__xpath_finds_places),
      cmocka_unit_test(test_xml__gb18030_with_four_bytes),
      cmocka_unit_test(test_xml__gb18030_of_2022),
      cmocka_unit_test(test_xml__utf16_both_ways),
      cmocka_unit_test(test_xml__mark_wins_over_declaration),
      cmocka_unit_test(test_xml__unknown_encoding_is_refused),
      cmocka_unit_test(test_xml__bytes_outside_the_encoding_are_refused),
      cmocka_unit_test(test_xml__gb_bytes_without_declaration_get_a_hint),
      cmocka_unit_test(test_xml__cut_off_gb_character_is_refused),
      cmocka_unit_test(test_xml__text_becomes_nfc),
      cmocka_unit_test(test_xml__control_characters_are_refused),
      cmocka_unit_test(test_xml__doubtful_characters_are_warned_of),
      cmocka_unit_test(test_xml__doctype_is_refused),
      cmocka_unit_test(test_xml__entities_are_refused),
      cmocka_unit_test(test_xml__syntax_errors_have_a_place),
      cmocka_unit_test(test_xml__unclosed_things_end_with_the_file),
      cmocka_unit_test(test_xml__mismatch_points_to_the_start_tag),
      cmocka_unit_test(test_xml__depth_has_a_ceiling),
      cmocka_unit_test(test_xml__long_words_are_kept),
      cmocka_unit_test(test_xml__crowded_tags_are_refused),
      cmocka_unit_test(test_xml__large_files_are_not_read),
      cmocka_unit_test(test_xml__missing_file_is_said),
      cmocka_unit_test(test_xml__hostile_files_are_refused),
      cmocka_unit_test(test_xml__raw_bytes_and_digest_are_those_of_the_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
