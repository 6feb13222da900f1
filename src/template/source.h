/*
 * The files that templates are made of: found by id, read and checked once. Sources may be
 * shared between templates, which then must not outlive them.
 */
#ifndef XS_TEMPLATE_SOURCE_H
#define XS_TEMPLATE_SOURCE_H

#include "template/node.h"

/* A template or a library. Read-only once made. */
typedef struct xs_source {
  xs_text path;
  xmlDocPtr doc; /* without namespace */
  const xmlNode *root;
  const xs_node **definitions; /* the children of the root */
  size_t definition_count;
  bool is_library;
} xs_source;

/* One file of the folder of templates. */
typedef struct xs_source_file {
  xs_text id;
  xs_text path;
} xs_source_file;

struct xs_sources {
  xs_arena *a;
  bool is_own; /* the arena is dropped with it */
  xs_source **items;
  size_t count, capacity;
  xs_source_file *files;
  size_t file_count, file_capacity;
  bool has_files; /* the folder has been walked over */
};

/*
 * The path of a template or library by id: in the folder of the place, then in the folder of the
 * file `beside`. One that is not there is a diagnostic at `at` and XS_EINPUT.
 */
xs_status xs_source_find(xs_sources *s, const xs_template_place *place, xs_text id, xs_text beside,
                         xs_span at, xs_diags *diags, xs_text *path);
xs_status xs_source_open(xs_sources *s, const xs_template_place *place, xs_text path,
                         xs_diags *diags, const xs_source **out);

#endif
