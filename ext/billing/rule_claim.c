/*
** claim.frequency_unknown, claim.original_missing, charge.not_positive
*/
#include "judgment.h"

static void charge(struct judgment *j) {
  double amount;
  enum reading reading = h2040_read_amount(value_of(j, FIELD_CHARGE_AMOUNT), &amount);
  if (reading == BLANK) {
    BROKEN(j, RULE_CHARGE_NOT_POSITIVE, FIELD_CHARGE_AMOUNT, "charge_amount is blank");
  } else if (reading == UNREADABLE) {
    BROKEN(j, RULE_CHARGE_NOT_POSITIVE, FIELD_CHARGE_AMOUNT, "charge_amount %s is no amount",
           quoted_value(j, FIELD_CHARGE_AMOUNT).z);
  } else if (amount <= 0) {
    BROKEN(j, RULE_CHARGE_NOT_POSITIVE, FIELD_CHARGE_AMOUNT, "charge_amount %s is not more than 0",
           quoted_value(j, FIELD_CHARGE_AMOUNT).z);
  }
}

void h2040_judge_claim(struct judgment *j) {
  if (judged(j, RULE_CLAIM_FREQUENCY_UNKNOWN) && j->frequency == FREQUENCY_UNKNOWN) {
    BROKEN(j, RULE_CLAIM_FREQUENCY_UNKNOWN, FIELD_CLAIM_FREQUENCY_CODE,
           "the claim frequency code %s is none of 1, 6, 7 and 8", quoted_value(j, FIELD_CLAIM_FREQUENCY_CODE).z);
  }
  if (judged(j, RULE_CLAIM_ORIGINAL_MISSING) && j->frequency == FREQUENCY_REPLACEMENT
      && blank(j, FIELD_ORIGINAL_CLAIM_ID)) {
    BROKEN(j, RULE_CLAIM_ORIGINAL_MISSING, FIELD_ORIGINAL_CLAIM_ID,
           "the claim replaces another, but original_claim_id is blank");
  }
  if (judged(j, RULE_CHARGE_NOT_POSITIVE)) charge(j);
}
