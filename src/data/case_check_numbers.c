/* Numbers of bodies and persons, and fields that say nothing. */
#include "base/text.h"
#include "data/case_check.h"
#include "data/credit_code.h"
#include "data/id_number.h"

/* One character of a text at a place. */
static xs_span char_span(xs_span text, size_t at)
{
  if (at >= text.len) return text;
  return (xs_span){text.source, text.off + (uint32_t)at, 1};
}

static void check_credit_code(const xs_case_checking *c, const xmlNode *e)
{
  xs_text code = xs_xml_content(c->arena, e);
  xs_span at = xs_xml_content_span(e);
  xs_credit_code_finding f = xs_credit_code_check(code);
  switch (f.fault) {
  case XS_CREDIT_CODE_GOOD:
    break;
  case XS_CREDIT_CODE_LENGTH:
    xs_diag(c->diags, XS_D_CREDIT_CODE, at, _("a credit code has 18 characters, this one %zu"),
            xs_text_char_count(code));
    break;
  case XS_CREDIT_CODE_CHARACTER:
    xs_diag(c->diags, XS_D_CREDIT_CODE, char_span(at, f.at),
            _("a credit code is made of digits and capital letters without I, O, S, V and Z"));
    break;
  case XS_CREDIT_CODE_DEPARTMENT:
    xs_diag(c->diags, XS_D_CREDIT_CODE, char_span(at, f.at),
            _("“%c” is no department that gives credit codes"), code.ptr[f.at]);
    break;
  case XS_CREDIT_CODE_REGION:
    xs_diag(c->diags, XS_D_CREDIT_CODE, char_span(at, f.at),
            _("characters 3 to 8 of a credit code are the digits of a region"));
    break;
  case XS_CREDIT_CODE_CHECK:
    xs_diag(c->diags, XS_D_CREDIT_CODE, char_span(at, f.at),
            _("the check character of this credit code would be %c"), f.expected);
    break;
  }
}

static void check_sex(const xs_case_checking *c, const xmlNode *e, const xs_id_number_finding *f)
{
  const xmlNode *sex = xs_xml_child(e->parent, "sex");
  if (!sex) return;
  bool male = xs_text_is(xs_xml_content(c->arena, sex), "男");
  if (male == f->male) return;
  xs_diag(c->diags, XS_D_ID_NUMBER_SEX, char_span(xs_xml_content_span(e), 16),
          f->male ? _("the 17th digit of this ID number is that of a man")
                  : _("the 17th digit of this ID number is that of a woman"));
  xs_diag_note(c->diags, xs_xml_content_span(sex), _("the sex is stated here"));
}

static void check_id_number(const xs_case_checking *c, const xmlNode *e)
{
  xs_text number = xs_xml_content(c->arena, e);
  xs_span at = xs_xml_content_span(e);
  xs_id_number_finding f = xs_id_number_check(number);
  switch (f.fault) {
  case XS_ID_NUMBER_GOOD:
    check_sex(c, e, &f);
    break;
  case XS_ID_NUMBER_LENGTH:
    xs_diag(c->diags, XS_D_ID_NUMBER, at, _("an ID number has 18 characters, this one %zu"),
            xs_text_char_count(number));
    break;
  case XS_ID_NUMBER_CHARACTER:
    xs_diag(c->diags, XS_D_ID_NUMBER, char_span(at, f.at),
            _("an ID number is made of digits; only the last character may be X"));
    break;
  case XS_ID_NUMBER_BIRTH:
    xs_diag(c->diags, XS_D_ID_NUMBER, (xs_span){at.source, at.off + (uint32_t)f.at, 8},
            _("digits 7 to 14 of this ID number are not a date of birth"));
    break;
  case XS_ID_NUMBER_CHECK:
    xs_diag(c->diags, XS_D_ID_NUMBER, char_span(at, f.at),
            _("the check character of this ID number would be %c"), f.expected);
    break;
  }
}

/* An element that is written but says nothing would print as a hole. Rows, cells and columns of a
 * form or schedule may be empty, and an offer need not propose a meeting. */
static bool says_nothing(const xs_case_checking *c, const xmlNode *e)
{
  if (e->properties || xs_xml_child(e, NULL)) return false;
  static const char *const may_be_empty[] = {"row", "cell", "column", "meeting"};
  for (size_t i = 0; i < XS_COUNT(may_be_empty); i++)
    if (xs_xml_is(e, may_be_empty[i])) return false;
  return xs_xml_content(c->arena, e).len == 0;
}

void xs_case_check_numbers(const xs_case_checking *c)
{
  for (const xmlNode *e = xs_xml_walk(c->root, NULL); e; e = xs_xml_walk(c->root, e)) {
    if (says_nothing(c, e))
      xs_diag(c->diags, XS_D_FIELD_EMPTY, xs_xml_span(e),
              _("<%s> is empty; what is not known is left out"), (const char *)e->name);
    else if (xs_xml_is(e, "credit-code"))
      check_credit_code(c, e);
    else if (xs_xml_is(e, "id-number"))
      check_id_number(c, e);
  }
}
