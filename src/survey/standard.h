/*
 * A format standard as data: templates/formats/<id>.xml. Every rule names a measurement, what is
 * wanted of it, and the clause it comes from.
 */
#ifndef XS_SURVEY_STANDARD_H
#define XS_SURVEY_STANDARD_H

#include "data/xml.h"
#include "survey/gauge.h"

typedef enum xs_wanted_kind {
  XS_WANTED_VALUE, /* value ± tolerance */
  XS_WANTED_RANGE, /* min to max */
  XS_WANTED_WORD,  /* this word */
  XS_WANTED_LIKE,  /* a word of this form */
} xs_wanted_kind;

typedef struct xs_format_rule {
  xs_text id, clause, grade;
  bool must; /* else recommended */
  xs_measurement what;
  unsigned forms; /* 1 << xs_form each */
  xs_wanted_kind kind;
  int64_t value, tolerance; /* 1/1000 of the unit */
  int64_t min, max;         /* INT64_MIN, INT64_MAX: open */
  xs_text word;             /* the word, or an example of the form */
  struct URegularExpression *like;
  xs_text name_zh, name_en;
} xs_format_rule;

typedef struct xs_standard {
  xs_text id, title; /* title: GB/T 9704-2012 */
  xs_sheet sheet;
  xs_face_names *faces;
  size_t face_count;
  xs_format_rule *rules;
  size_t rule_count;
} xs_standard;

/*
 * Loads a format. Reports what does not fit the schema, measurements that do not exist and
 * patterns that are none. All of it lives in `a`.
 */
xs_status xs_standard_load(xs_arena *a, const xs_schema *schema, xs_text path, xs_diags *diags,
                           const xs_standard **out);

/* One measurement held against one rule. */
typedef struct xs_judgement {
  const xs_format_rule *rule;
  xs_measured found;
  bool fits;
  int64_t off; /* how far from the value, or from the nearest limit of the range */
} xs_judgement;

/* All rules over all measurements, by page and then by rule. */
xs_status xs_standard_judge(xs_arena *a, const xs_standard *standard, const xs_gauge *gauge,
                            const xs_judgement **out, size_t *count);

#endif
