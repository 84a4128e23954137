/*
** Claim adjustments (CAS): a group (CO, PR, OA, PI) and a reason (CARC, text: 45, B7).
** Which of them no appeal brings back is data: ext/code_set/final_adjustments.csv.
*/
#ifndef H2040_ADJUSTMENT_H
#define H2040_ADJUSTMENT_H

#include "text.h"

/* The patient's share, or what no appeal brings back. */
bool h2040_adjustment_is_final(struct text group, struct text carc);

#endif
