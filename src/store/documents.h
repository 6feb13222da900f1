/*
 * Documents: papers as they were frozen to be signed, the slots on them, who signed, and the files
 * of a case. Documents, slots and sign-offs stay for ever; what no longer holds is void, with who
 * said so, when and why.
 */
#ifndef XS_STORE_DOCUMENTS_H
#define XS_STORE_DOCUMENTS_H

#include "store/store.h"

typedef struct xs_store_document {
  xs_text id; /* unique in the case */
  xs_text template_id, template_version, template_digest;
  xs_text title;
  xs_text track, key;
  xs_text item; /* id of the node it is about */
  xs_text copy;
  int64_t revision;    /* of the case it was made from */
  uint32_t date;       /* printed on it */
  xs_text text_digest; /* of its plain text; may be empty */
  xs_text by;
  xs_text digest;  /* of its bytes; filled by the store */
  int64_t frozen;  /* moment; 0 when put: now */
  int64_t void_at; /* 0: it holds */
  xs_text void_by, void_reason;
} xs_store_document;

/* A place to be signed or sealed. Those of a lower turn come first, those of one turn in any
 * order. */
typedef struct xs_store_slot {
  xs_text id; /* unique in the document */
  xs_text kind, side;
  xs_text title;        /* in what capacity: 职工方首席代表 */
  xs_text name, person; /* who, and the id the case gives them */
  uint32_t turn;
} xs_store_slot;

typedef struct xs_store_signoff {
  int64_t id; /* unique in the store; filled by it */
  xs_text slot;
  xs_text person;   /* who signed */
  xs_text ground;   /* why another than the slot names */
  xs_text by, role; /* who says so, as what */
  uint32_t date;
  xs_text means;
  xs_text digest; /* of the document as it was signed */
  xs_text scan;   /* digest of a file of the store; may be empty */
  int64_t at;     /* moment; 0 when put: now */
  int64_t void_at;
  xs_text void_by, void_reason;
} xs_store_signoff;

/* Keeps a document and its slots. XS_ECONFLICT when its id is taken. */
XS_MUST_CHECK xs_status xs_store_document_put(xs_store *store, xs_text uid,
                                              const xs_store_document *document, xs_text bytes,
                                              const xs_store_slot *slots, size_t slot_count,
                                              xs_diags *diags);
/* In the order they were frozen, void ones too. */
XS_MUST_CHECK xs_status xs_store_document_list(xs_arena *a, xs_store *store, xs_text uid,
                                               xs_diags *diags, xs_store_document **out,
                                               size_t *count);
/* Checked against their digest. XS_EINPUT when there is no such document. */
XS_MUST_CHECK xs_status xs_store_document_bytes(xs_arena *a, xs_store *store, xs_text uid,
                                                xs_text document, xs_diags *diags, xs_text *out);
/* Marks a document void, and nothing else. One that is void already stays as it was. */
XS_MUST_CHECK xs_status xs_store_document_void(xs_store *store, xs_text uid, xs_text document,
                                               xs_text by, xs_text reason, xs_diags *diags);

/* In the order they were put. */
XS_MUST_CHECK xs_status xs_store_slot_list(xs_arena *a, xs_store *store, xs_text uid,
                                           xs_text document, xs_diags *diags, xs_store_slot **out,
                                           size_t *count);
XS_MUST_CHECK xs_status xs_store_signoff_list(xs_arena *a, xs_store *store, xs_text uid,
                                              xs_text document, xs_diags *diags,
                                              xs_store_signoff **out, size_t *count);
/* A slot holds one sign-off that is not void: a second is XS_ECONFLICT. */
XS_MUST_CHECK xs_status xs_store_signoff_put(xs_store *store, xs_text uid, xs_text document,
                                             const xs_store_signoff *signoff, xs_diags *diags);
XS_MUST_CHECK xs_status xs_store_signoff_void(xs_store *store, xs_text uid, xs_text document,
                                              int64_t signoff, xs_text by, xs_text reason,
                                              xs_diags *diags);

/* ---- files ---- */

typedef struct xs_store_file {
  xs_text digest;
  xs_text name;
  xs_text what; /* evidence, picture, attachment, scan */
  size_t len;
  int64_t at;
  xs_text by;
} xs_store_file;

/* Keeps a file of a case. The same bytes under the same name once more change nothing. */
XS_MUST_CHECK xs_status xs_store_file_put(xs_store *store, xs_text uid, xs_text name, xs_text bytes,
                                          xs_text what, xs_text by, xs_diags *diags,
                                          char digest[65]);
/* By name, then digest. */
XS_MUST_CHECK xs_status xs_store_file_list(xs_arena *a, xs_store *store, xs_text uid,
                                           xs_diags *diags, xs_store_file **out, size_t *count);
/* The last that was put under this name; false in *found when there is none. */
XS_MUST_CHECK xs_status xs_store_file_named(xs_arena *a, xs_store *store, xs_text uid, xs_text name,
                                            xs_diags *diags, xs_text *out, bool *found);
/* XS_EINPUT when the case has no such file. */
XS_MUST_CHECK xs_status xs_store_file_get(xs_arena *a, xs_store *store, xs_text uid, xs_text digest,
                                          xs_diags *diags, xs_text *out);

#endif
