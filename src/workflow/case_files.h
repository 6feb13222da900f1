/* The files that a case names – pictures, attachments – are kept in the store together with it. */
#ifndef XS_WORKFLOW_CASE_FILES_H
#define XS_WORKFLOW_CASE_FILES_H

#include "workflow/office.h"

/*
 * Takes the files into the store that `kase` names and that lie beside the file `path`. One that is
 * neither there nor in the store already is the warning case-file-lacking: the papers that show it
 * cannot be made until it is. Within a transaction.
 */
xs_status xs_case_files_take(xs_office *office, const xs_case *kase, xs_text path, xs_text by,
                             xs_diags *diags);

#endif
