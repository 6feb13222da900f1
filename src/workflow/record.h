/*
 * The record: what the store knows of a case and its file does not, as a tree that guards,
 * deadlines and papers read as $record. docs/office.md lists its elements.
 *
 *   <record case="wage-2025" as-of="2025-03-18" revision="4" user="林若溪" role="drafter">
 *     <track kind="talks" key="" state="offered" name="协商" state-name="已要约"
 * since="2025-03-03"/> <event seq="2" at="2025-03-03T17:05:12+08:00" kind="step" step="offer" …/>
 *     <document …/> <deadline …/>
 *   </record>
 */
#ifndef XS_WORKFLOW_RECORD_H
#define XS_WORKFLOW_RECORD_H

#include "data/xml_write.h"
#include "workflow/acting.h"

/* Makes c->record of the history and the store. */
xs_status xs_record_build(xs_office_case *c, xs_diags *diags);
/* Says in the record who acts: user, role, and an `evidence` for each file. */
xs_status xs_record_set_acting(xs_office_case *c, const xs_acting *acting);
/* Adds the steps that leave the present states: `next`, with `missing` for what hinders them. */
xs_status xs_record_add_next(xs_office_case *c, xs_diags *diags);

/* A moment as local time of China: 2025-03-05T10:15:40+08:00. */
bool xs_record_set_moment(xmlNodePtr element, const char *attribute, int64_t moment);

#endif
