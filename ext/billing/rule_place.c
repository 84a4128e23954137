/*
** place.unknown, place.not_accepted
*/
#include "judgment.h"

void h2040_judge_place(struct judgment *j) {
  if (judged(j, RULE_PLACE_UNKNOWN) && j->place < 0) {
    if (blank(j, FIELD_PLACE_OF_SERVICE)) BROKEN(j, RULE_PLACE_UNKNOWN, FIELD_PLACE_OF_SERVICE, "place_of_service is blank");
    else BROKEN(j, RULE_PLACE_UNKNOWN, FIELD_PLACE_OF_SERVICE, "%s is not an assigned place of service",
                quoted_value(j, FIELD_PLACE_OF_SERVICE).z);
  }
  if (judged(j, RULE_PLACE_NOT_ACCEPTED) && j->place >= 0 && !j->policy->places.any
      && !j->policy->places.place[j->place]) {
    BROKEN(j, RULE_PLACE_NOT_ACCEPTED, FIELD_PLACE_OF_SERVICE, "this payer does not cover %s at place of service %02d",
           j->policy->hcpcs_code, j->place);
  }
}
