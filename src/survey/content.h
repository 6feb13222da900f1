/* The content of one page, as the engine writes it, becomes what can be seen on it. */
#ifndef XS_SURVEY_CONTENT_H
#define XS_SURVEY_CONTENT_H

#include "survey/pdf_file.h"
#include "survey/seen_font.h"
#include "survey/survey.h"

/* A font or a picture that was read already. */
typedef struct xs_known_object {
  int id;
  xs_seen_font *font;
  xs_seen_picture picture; /* its colour alone */
} xs_known_object;

typedef struct xs_content_reader {
  xs_arena *a;
  xs_pdf_file *file;
  xs_known_object *objects;
  size_t object_count, object_capacity;
  size_t seen_count; /* characters, rules and pictures of all pages */
} xs_content_reader;

/* Appends what page i shows to `page`, whose size stands already. */
xs_status xs_content_read(xs_content_reader *r, size_t i, xs_text content, xs_seen_page *page);

#endif
