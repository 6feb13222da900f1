/*
 * The rows that the store keeps beside a case so that cases can be found without being read: where
 * it stands, whom it concerns, what is due, its words. All of them follow from the case and its
 * log, and are made anew by every act.
 */
#ifndef XS_WORKFLOW_INDEX_H
#define XS_WORKFLOW_INDEX_H

#include "workflow/office.h"

/* Writes them, within a transaction; those that follow from the facts only when there are new ones.
 */
xs_status xs_office_index(const xs_office_case *c, bool new_facts, xs_diags *diags);

/* The states of all tracks, for people: 协商 已应约；合同 k1 草案. Empty when out of memory. */
xs_text xs_office_state(xs_arena *a, const xs_office_case *c);

#endif
