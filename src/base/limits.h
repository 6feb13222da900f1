/*
 * Every ceiling of the engine stands here, so that no input can make it run without end.
 * A product that would pass one is refused with the diagnostic `limit` and XS_ELIMIT.
 */
#ifndef XS_BASE_LIMITS_H
#define XS_BASE_LIMITS_H

#define XS_MAX_XML_BYTES      (32u << 20) /* one XML source, before and after decoding */
#define XS_MAX_XML_DEPTH      200u        /* nesting of elements */
#define XS_MAX_XML_NODES      2000000u
#define XS_MAX_XML_ATTRIBUTES 256u /* of one element */
#define XS_MAX_PICTURE_BYTES  (16u << 20)
#define XS_MAX_PICTURE_SIDE   8192u      /* pixels */
#define XS_MAX_PICTURE_PIXELS 36000000u  /* A4 at 600 dpi */
#define XS_MAX_PIXELS         200000000u /* of all pictures of a document */
#define XS_MAX_FONT_BYTES     (256u << 20)
#define XS_MAX_ARENA_BYTES    ((size_t)1 << 30) /* one arena */
#define XS_MAX_BUF_BYTES      ((size_t)512 << 20)
#define XS_MAX_DIAGS          100u  /* of each severity */
#define XS_MAX_DIAG_NOTES     16u   /* of one diagnostic */
#define XS_MAX_DIAG_BYTES     4096u /* of one message; the rest is cut off */
#define XS_MAX_SOURCES        4096u
#define XS_MAX_TEMPLATE_DEPTH 64u        /* blocks, includes and bases within one another */
#define XS_MAX_BLOCK_DEPTH    60u        /* boxes and tables that a template puts in one another */
#define XS_MAX_FILL_STEPS     4000000u   /* instructions carried out for one document */
#define XS_MAX_XPATH_STEPS    20000000u  /* within the expressions of one document */
#define XS_MAX_XPATH_BYTES    16384u     /* one expression */
#define XS_MAX_VALUE_BYTES    (4u << 20) /* text that one expression gives */
#define XS_MAX_VARIABLES      4096u      /* of a template, and at one time in a fill */
#define XS_MAX_XPATH_DEPTH    64u        /* brackets within one another */
#define XS_MAX_LENGTH_PT      3000       /* one length of a template: a little over a metre */
#define XS_MIN_SIZE_PT        1          /* height of a character … */
#define XS_MAX_SIZE_PT        2000       /* … which no page could hold above this */
#define XS_MAX_DOCUMENT_BYTES (64u << 20)
#define XS_MAX_BLOCKS         1000000u
#define XS_MAX_WORD_BYTES     65536u /* text without any place to break a line */
#define XS_MAX_SHRINK_BYTES   16384u /* text of a cell that is tried at smaller sizes */
#define XS_MAX_TABLE_COLUMNS  128u
#define XS_MAX_TABLE_ROWS     200000u
#define XS_MAX_PAGES          20000u
#define XS_MAX_DIAGRAM_NODES  200u /* states of one track, and steps between them */
#define XS_MAX_PASSES         4    /* of page flow, until the number of pages stands still */
#define XS_MAX_PACKET_FILES   5000u
#define XS_MAX_MANIFEST_BYTES (16u << 20)
#define XS_MAX_ATTACHED_BYTES (64u << 20)       /* one file that a case attaches */
#define XS_MAX_ZIP_BYTES      ((size_t)1 << 30) /* of one archive, and of all it unpacks to */
#define XS_MAX_ZIP_RATIO      200u              /* unpacked to packed, of one entry */
#define XS_MAX_PDF_BYTES      (64u << 20)       /* a finished file that is read back */
#define XS_MAX_SURVEY_BYTES   (256u << 20)      /* all its streams, unpacked */
#define XS_MAX_SURVEY_PAGES   1000u
#define XS_MAX_SURVEY_ITEMS   500000u      /* characters, rules and pictures on its pages */
#define XS_MAX_SURVEY_OBJECTS 256u         /* fonts and pictures */
#define XS_MAX_SURVEY_GLYPHS  65536u       /* of one font */
#define XS_MAX_OPERANDS       100000u      /* of one operator of a page */
#define XS_MAX_PATH_BYTES     16384u       /* of a file */
#define XS_MAX_BLOB_BYTES     (64u << 20)  /* one file that a store keeps */
#define XS_MAX_LOG_BYTES      (256u << 20) /* one log as lines of JSON */
#define XS_MAX_EVENT_BYTES    (64u << 10)  /* one entry of the log */

#endif
