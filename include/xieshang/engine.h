/*
 * The engine: cases in, papers out. All a program needs beside base.h.
 *
 *   xs_diags *diags = xs_diags_new(xs_host_posix());
 *   xs_engine *engine = NULL;
 *   xs_case *kase = NULL;
 *   xs_engine_open(xs_host_posix(), "/usr/share/xieshang", diags, &engine);
 *   xs_engine_case(engine, "case.xml", diags, &kase);
 *   xs_engine_render(engine, "offer-workers", kase, &options, diags, &bytes);
 */
#ifndef XIESHANG_ENGINE_H
#define XIESHANG_ENGINE_H

#include "xieshang/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xs_engine xs_engine;
typedef struct xs_case xs_case;

/* Bytes that the caller frees with xs_bytes_free. */
typedef struct xs_bytes {
  const xs_host *host;
  void *ptr;
  size_t len;
} xs_bytes;

/* NULL, and bytes that are freed already, are both fine. */
XS_API void xs_bytes_free(xs_bytes *bytes);

/*
 * Opens the folder that holds templates/ and fonts/. Faces and templates are opened when first
 * used and kept. One engine serves one thread at a time.
 *
 * Places in what is kept point into the list of diagnostics of the call that loaded it. Use one
 * list for an engine as long as you can; a call with another list loads anew, and the former list
 * may be freed only after that call or after the engine is closed.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_open(const xs_host *host, const char *data_dir,
                                              xs_diags *diags, xs_engine **out);
XS_API void xs_engine_close(xs_engine *engine);

/* Loads and checks a case. Warnings do not stop it; errors do, and *out stays NULL. */
XS_API XS_MUST_CHECK xs_status xs_engine_case(xs_engine *engine, const char *path, xs_diags *diags,
                                              xs_case **out);
XS_API void xs_case_free(xs_case *kase);

/* Which copy of a paper. */
typedef enum xs_copy {
  XS_COPY_FILING, /* 报送件: with ID numbers */
  XS_COPY_PUBLIC, /* 公布件: numbers of persons masked, absent from the file */
  XS_COPY_DRAFT,  /* 草案: with a watermark */
} xs_copy;

typedef struct xs_render_options {
  xs_copy copy;
  uint32_t date; /* YYYYMMDD; 0: the latest date of the case; without one, today */
  int blank;     /* an empty form to be filled by hand; the case may be NULL */
  size_t item;   /* which of the things the template is about, from 1; 0: the last */
  int flatten;   /* no transparency, for PDF/A-1b: seals are drawn beneath the text */
} xs_render_options;

/*
 * One paper as PDF/A-1b, or as PDF/A-2b when a picture on it is transparent and not flattened.
 * `which` is a template id or a path that ends in .xml.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_render(xs_engine *engine, const char *which,
                                                const xs_case *kase,
                                                const xs_render_options *options, xs_diags *diags,
                                                xs_bytes *out);

typedef enum xs_stage { XS_STAGE_DOCUMENT, XS_STAGE_PAGES } xs_stage;

/* The same paper as readable text: the document, or the page list. */
XS_API XS_MUST_CHECK xs_status xs_engine_dump(xs_engine *engine, const char *which,
                                              const xs_case *kase, const xs_render_options *options,
                                              xs_stage stage, xs_diags *diags, xs_bytes *out);

typedef struct xs_packet_options {
  uint32_t date;     /* YYYYMMDD; 0: the latest date of the case; without one, today */
  int allow_missing; /* write the packet although papers are missing, and list them in it */
  int attach_case;   /* embed the case file in packet.pdf */
  int flatten;       /* as for one paper */
  /* Called before each paper; may be NULL. */
  void (*progress)(void *user, size_t done, size_t all, xs_text title);
  void *user;
} xs_packet_options;

/*
 * Writes DIR/NN_*.pdf, DIR/packet.pdf and DIR/packet.zip, all or nothing. `which` is a plan id
 * or a path that ends in .xml.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_packet(xs_engine *engine, const char *which,
                                                const xs_case *kase,
                                                const xs_packet_options *options, const char *dir,
                                                xs_diags *diags);

/* Re-checks every digest of a packet's ZIP and names what changed. */
XS_API XS_MUST_CHECK xs_status xs_packet_verify(const xs_host *host, const char *path,
                                                xs_diags *diags);

/* ---- what the engine has ---- */

/* What a template or a packet plan says of itself. The texts live as long as the engine. */
typedef struct xs_paper_view {
  xs_text id, name, version;
  xs_text about;  /* a template: the path of the nodes it is about; empty: the whole case */
  xs_text kind;   /* a template: the kind of paper, by which its name follows the place */
  xs_text path;   /* of the file */
  xs_text digest; /* SHA-256, hex: of a template with all that it includes, of a plan's file */
} xs_paper_view;

/*
 * The i-th template or packet plan of the data folder, in the order of their ids. Past the end
 * out->id.ptr is NULL. One that cannot be used is reported once and left out.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_template_at(xs_engine *engine, size_t i, xs_diags *diags,
                                                     xs_paper_view *out);
XS_API XS_MUST_CHECK xs_status xs_engine_plan_at(xs_engine *engine, size_t i, xs_diags *diags,
                                                 xs_paper_view *out);

/* One face in the chain of a role; the role is empty text for the faces of last resort, which
 * stand behind every chain. The texts live as long as the engine. */
typedef struct xs_face_view {
  xs_text role, family, file;
  int found;
  xs_text digest; /* SHA-256 of the file, hex; empty when it was not found */
} xs_face_view;

/* The i-th face of fonts.xml. Past the end out->role.ptr is NULL. */
XS_API XS_MUST_CHECK xs_status xs_engine_font_at(xs_engine *engine, size_t i, xs_diags *diags,
                                                 xs_face_view *out);
/* Has any face of the role's chain this character? `role` is named as in templates: 宋, 仿宋 … */
XS_API XS_MUST_CHECK xs_status xs_engine_font_has(xs_engine *engine, xs_text role,
                                                  uint32_t codepoint, xs_diags *diags, int *out);

/* The value of one template expression, as text. `kase` may be NULL. */
XS_API XS_MUST_CHECK xs_status xs_engine_eval(xs_engine *engine, xs_text expression,
                                              const xs_case *kase, const xs_render_options *options,
                                              xs_diags *diags, xs_bytes *out);

/* One function of the expression language. Static texts; `what` in the language of the process. */
typedef struct xs_function_info {
  const char *name, *arguments, *example, *result, *what;
} xs_function_info;

/* The i-th function. False past the end. */
XS_API int xs_engine_function_at(size_t i, xs_function_info *out);

/*
 * Checks one file as far as its kind allows: a case, a template or library, a packet plan, a
 * rule pack, a format, a calendar. The kind is told by the namespace of the root element.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_check(xs_engine *engine, const char *path,
                                               xs_diags *diags);

/* ---- finished papers ---- */

/* What was measured on a finished PDF, against a format such as gb-t-9704. */
typedef struct xs_report xs_report;

/* One measurement. The texts live as long as the report. */
typedef struct xs_finding {
  uint32_t page; /* from 1 */
  xs_text rule;  /* stable id, such as mark-top */
  xs_text standard, clause, grade;
  xs_text name, name_zh, name_en; /* what is measured; `name` in the language of the process */
  int must;                       /* else the standard recommends it */
  int fits;
  xs_text measured, wanted, deviation; /* as people read them: 33.1 mm; 35 ± 1 mm; −1.9 mm */
  xs_text where;                       /* the text it was measured on; may be empty */
  int is_word;                         /* no number was measured; the three below say nothing */
  const char *unit;                    /* "mm", "pt", or "" for a count */
  int64_t measured_milli, off_milli;   /* 1/1000 of the unit */
} xs_finding;

/*
 * Measures a PDF that the engine made. `format` is the id of a file in templates/formats. A file
 * that cannot be read, is not the engine's or is no official paper is XS_EINPUT with its
 * diagnostic; what is measured and found wrong is not: it stands in the report.
 */
XS_API XS_MUST_CHECK xs_status xs_engine_measure(xs_engine *engine, const char *format,
                                                 const char *path, xs_diags *diags,
                                                 xs_report **out);
XS_API void xs_report_free(xs_report *report);
/* Which form of paper was recognised: "document", "letter" or "minutes". */
XS_API const char *xs_report_form(const xs_report *report);
/* The i-th measurement, by page; those that fit are among them. False past the end. */
XS_API int xs_report_at(xs_report *report, size_t i, xs_finding *out);

#ifdef __cplusplus
}
#endif

#endif
