/*
 * A whole case as a ZIP archive, for another store:
 *
 *   archive.xml            what is in it: revisions, documents with slots and sign-offs, files
 *   events.jsonl           the log, each event the very line that its hash is of
 *   pack.xml               the rule pack that the case began with
 *   revisions/000001.xml   the case file, byte for byte, as it was at each revision
 *   documents/0001.pdf     the frozen papers
 *   files/DIGEST           evidence, pictures, attachments, scans
 *
 * The digests of all of it stand in archive.xml, and those of revisions and documents in the chain
 * of events, too. The same case gives the same bytes in every store.
 */
#ifndef XS_WORKFLOW_ARCHIVE_H
#define XS_WORKFLOW_ARCHIVE_H

#include "base/buf.h"
#include "store/documents.h"
#include "store/log.h"
#include "workflow/office.h"

#define XS_ARCHIVE_NAMESPACE "urn:xieshang:archive:1"

typedef enum xs_archive_row {
  XS_ARCHIVE_REVISION,
  XS_ARCHIVE_DOCUMENT,
  XS_ARCHIVE_SLOT,
  XS_ARCHIVE_SIGNOFF,
  XS_ARCHIVE_FILE,
  XS_ARCHIVE_ROW_COUNT
} xs_archive_row;

/* Name of the element of a row. */
const char *xs_archive_element(xs_archive_row row);
/* A new child of `parent` with the members of a row as attributes, those that are empty left out.
 * NULL when out of memory. */
xmlNodePtr xs_archive_put(xmlNodePtr parent, xs_archive_row row, const void *members);
/* Reads the attributes back into the members; texts are borrowed. False when one is not as
 * xs_archive_put writes it. */
bool xs_archive_get(const xmlNode *element, xs_archive_row row, void *members);

/* Appends the archive of a case. */
xs_status xs_archive_write(xs_office *office, xs_text uid, xs_diags *diags, xs_buf *out);

/*
 * Takes an archive into the store, within a transaction: archive-broken when it is none or lacks
 * something, archive-changed when something is not what its digest says. `shown` names it in
 * messages; *uid lives in `a`.
 */
xs_status xs_archive_read(xs_arena *a, xs_office *office, xs_text bytes, xs_text shown,
                          xs_diags *diags, xs_text *uid);

#endif
