/*
 * Measurements of a paper, each with its page: what was found, with no word on what is right.
 * Of a thing that occurs many times on a page only what is farthest from the others' place is
 * kept.
 */
#ifndef XS_SURVEY_GAUGE_H
#define XS_SURVEY_GAUGE_H

#include "survey/anatomy.h"

typedef enum xs_measure_unit {
  XS_MEASURE_MM,
  XS_MEASURE_PT,
  XS_MEASURE_COUNT,
  XS_MEASURE_WORD,
} xs_measure_unit;

/* clang-format off */
typedef enum xs_measurement {
#define X(id, name, unit) XS_M_##id,
#include "survey/measurements.def"
#undef X
  XS_M_COUNT
} xs_measurement;
/* clang-format on */

const char *xs_measurement_name(xs_measurement what);
xs_measure_unit xs_measurement_unit(xs_measurement what);
/* False when there is none of this name. */
bool xs_measurement_find(xs_text name, xs_measurement *out);

typedef struct xs_measured {
  xs_measurement what;
  size_t page;   /* from 0 */
  int64_t value; /* 1/1000 of the unit */
  xs_text word;  /* of a WORD */
  xs_text where; /* the text it was measured on */
} xs_measured;

/* Which faces a role may be set in, by their PostScript names. */
typedef struct xs_face_names {
  xs_text role;
  const xs_text *names;
  size_t count;
} xs_face_names;

typedef struct xs_gauge {
  xs_arena *a;
  const xs_anatomy *anatomy;
  const xs_face_names *faces;
  size_t face_count;
  xs_measured *items;
  size_t count, capacity;
  xs_status status; /* the first failure; later calls do nothing */
} xs_gauge;

/* Measures all there is. XS_ENOMEM is the only failure. */
xs_status xs_gauge_measure(xs_gauge *g);
void xs_measure_pages(xs_gauge *g);
void xs_measure_body(xs_gauge *g);
void xs_measure_head(xs_gauge *g);
void xs_measure_letter(xs_gauge *g);
void xs_measure_lists(xs_gauge *g);
void xs_measure_sign_off(xs_gauge *g);
void xs_measure_imprint(xs_gauge *g);
void xs_measure_folios(xs_gauge *g);

/* `line` may be NULL. */
void xs_gauge_len(xs_gauge *g, xs_measurement what, size_t page, int64_t len,
                  const xs_seen_line *line);
void xs_gauge_size(xs_gauge *g, xs_measurement what, const xs_seen_line *line);
void xs_gauge_count(xs_gauge *g, xs_measurement what, size_t page, int64_t milli);
void xs_gauge_word(xs_gauge *g, xs_measurement what, size_t page, xs_text word,
                   const xs_seen_line *line);
/* The role that the face of a character plays; the name of the face when it plays none. */
xs_text xs_gauge_role(const xs_gauge *g, const char *font);
/* The role of most of the line, as a word. */
void xs_gauge_face(xs_gauge *g, xs_measurement what, const xs_seen_line *line);
/* red, black or #rrggbb; empty when out of memory. */
xs_text xs_gauge_color(xs_gauge *g, xs_color color);

/* Of many values the one farthest from `centre`. */
typedef struct xs_worst {
  bool any;
  int64_t centre, value;
  const xs_seen_line *line;
} xs_worst;

void xs_worst_add(xs_worst *w, int64_t value, const xs_seen_line *line);
/* Records it as a length; nothing when there was none. */
void xs_gauge_worst(xs_gauge *g, xs_measurement what, const xs_worst *w);

/* The last character of a text, as text. */
xs_text xs_text_last(xs_text text);
xs_len xs_middle(xs_len from, xs_len to);
/* How far the middle of something lies to the right of that of the type area. */
int64_t xs_off_centre(const xs_sheet *sheet, xs_len left, xs_len right);
/* Where a line begins, as one sees it who looks for it at `near`: the empty half of a mark that
 * opens may hang to the left. */
xs_len xs_line_start(const xs_seen_line *line, xs_len near);
/* Where it ends; the empty half of a mark that closes may reach beyond. */
xs_len xs_line_end(const xs_seen_line *line, xs_len near);

#endif
