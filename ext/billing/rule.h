/*
** The rule catalogue: every rule in one place.
**
** A row says: symbol, id, severity, CARC (X12's number of the denial reason, 0:
** none), what must have been passed for the rule to be judged, category, title,
** remedy (something that a biller can do), source.  The function that judges a
** rule stands beside the others of its family in rule_<family>.c, and is found
** by the symbol.
**
** The order of the rows is the order of every result.  Cross-line rules are
** found by sessions_over_cap and the views of sql/, not by the functions here.
**
** Sources: "document" is the guide to H2040 that this project implements, with
** its section; CMS, X12, NUCC, OIG are named where the rule is theirs.
*/
#ifndef H2040_RULE_H
#define H2040_RULE_H

#include "field.h"

#define NEEDS0 SET_INIT0
#define NEEDS1(a) SET_INIT1(NEED_##a)
#define NEEDS2(a, b) SET_INIT2(NEED_##a, NEED_##b)

#define LINE_RULES(RULE) \
  RULE(CODE_MALFORMED, "code.malformed", ERROR, 16, NEEDS1(HCPCS_CODE), "coding", \
       "The procedure code is not written as it should be", \
       "Correct the procedure code; move what is glued to it into the modifier fields.", \
       "CMS HCPCS Level II; public claim files") \
  RULE(CODE_NOT_EFFECTIVE, "code.not_effective", ERROR, 181, NEEDS2(HCPCS_CODE, SERVICE_DATE), "coding", \
       "The code was not in the code set on the day of service", \
       "Check the date of service; bill a code that was valid on that day.", \
       "CMS HCPCS Level II") \
  RULE(CODE_SIMILAR, "code.similar", WARNING, 16, NEEDS1(SERVICE_FOCUS), "coding", \
       "The focus of the service belongs to a neighbouring code", \
       "Compare the note with the code's definition; bill the neighbouring code or correct the focus.", \
       "document: Similar Codes") \
  RULE(UNIT_NOT_WHOLE, "unit.not_whole", ERROR, 16, NEEDS1(UNITS), "units", \
       "The units are not a whole number of 1 or more", \
       "Enter the number of units as a whole number.", \
       "document: Definition") \
  RULE(UNIT_OVER_LINE_MAX, "unit.over_line_max", ERROR, 151, NEEDS1(UNITS), "units", \
       "More units on one line than the payer takes", \
       "Correct the units, or put the further units on lines of their own days.", \
       "payer policy") \
  RULE(UNIT_TIME_BASED, "unit.time_based", WARNING, 151, NEEDS2(UNITS, A_DURATION), "units", \
       "Billed by the clock where the unit is a session", \
       "Bill one unit per session; check whether the units were counted in quarter-hours or hours.", \
       "document: Definition; Similar Codes") \
  RULE(UNIT_EXCEEDS_TIME, "unit.exceeds_time", ERROR, 151, NEEDS2(UNITS, A_DURATION), "units", \
       "More units than the documented minutes support", \
       "Reduce the units to what the minutes support, or correct the documented time.", \
       "CMS timed-code counting; OIG audits") \
  RULE(UNIT_TOO_SHORT, "unit.too_short", WARNING, 152, NEEDS1(A_DURATION), "units", \
       "The session is shorter than the payer's minimum", \
       "Do not bill a contact below the minimum, or correct the documented time.", \
       "payer policy") \
  RULE(DATE_MALFORMED, "date.malformed", ERROR, 16, NEEDS1(SERVICE_DATE), "dates", \
       "The date of service is no readable day", \
       "Enter the date of service as YYYY-MM-DD.", \
       "837P DTP*472") \
  RULE(DATE_FUTURE, "date.future", ERROR, 110, NEEDS2(SERVICE_DATE, AS_OF), "dates", \
       "The date of service lies in the future", \
       "Hold the line until the service has been given, or correct the date.", \
       "X12 CARC 110") \
  RULE(DATE_UNTIMELY, "date.untimely", ERROR, 29, NEEDS2(SERVICE_DATE, RECEIVED_DATE), "dates", \
       "Received after the payer's filing limit", \
       "Appeal with proof of timely submission, or write the line off; file within the limit.", \
       "payer policy; 42 CFR 447.45(d)") \
  RULE(PROVIDER_MISSING, "provider.missing", ERROR, 16, NEEDS1(RENDERING_TAXONOMY), "provider", \
       "The rendering provider's taxonomy is missing", \
       "Enter the taxonomy code of the rendering provider as it stands in the NPI registry.", \
       "837P PRV03; OIG audits") \
  RULE(PROVIDER_NOT_ELIGIBLE, "provider.not_eligible", ERROR, 8, NEEDS1(RENDERING_TAXONOMY), "provider", \
       "The payer does not accept this kind of provider", \
       "Bill under the eligible provider who gave the service, or correct the taxonomy.", \
       "document: Definition; Special Considerations for Commercial Insurers") \
  RULE(PROVIDER_NPI_INVALID, "provider.npi_invalid", ERROR, 16, NEEDS1(RENDERING_NPI), "provider", \
       "The rendering NPI is missing or mistyped", \
       "Look the provider up in the NPI registry and enter the ten digits.", \
       "CMS NPI check digit") \
  RULE(DIAGNOSIS_MISSING, "diagnosis.missing", ERROR, 16, NEEDS1(DIAGNOSIS_CODES), "diagnosis", \
       "No diagnosis on the line", \
       "Enter the diagnosis that the treatment plan names.", \
       "837P HI; document: Clinical Context") \
  RULE(DIAGNOSIS_MALFORMED, "diagnosis.malformed", ERROR, 146, NEEDS1(DIAGNOSIS_CODES), "diagnosis", \
       "A diagnosis is not written as an ICD-10-CM code", \
       "Correct the diagnosis code.", \
       "ICD-10-CM") \
  RULE(DIAGNOSIS_NOT_QUALIFYING, "diagnosis.not_qualifying", ERROR, 11, NEEDS1(DIAGNOSIS_CODES), "diagnosis", \
       "No diagnosis qualifies for the service", \
       "Enter the qualifying diagnosis if the record supports one; otherwise the service is not covered.", \
       "document: Clinical Context; payer policy") \
  RULE(PLAN_MISSING, "plan.missing", ERROR, 252, NEEDS1(PLAN_START), "treatment plan", \
       "No treatment plan", \
       "Attach the treatment plan that was in force; without one, do not bill.", \
       "document: Clinical Context") \
  RULE(PLAN_NOT_IN_FORCE, "plan.not_in_force", ERROR, 272, NEEDS2(PLAN_START, SERVICE_DATE), "treatment plan", \
       "The treatment plan was not in force on the day of service", \
       "Attach the plan that covers the day; a plan signed later does not reach back.", \
       "document: Clinical Context; OIG audits") \
  RULE(PLAN_NO_GOALS, "plan.no_goals", ERROR, 251, NEEDS1(PLAN_GOALS), "treatment plan", \
       "The treatment plan names no goals", \
       "Have the clinician complete the plan with measurable goals.", \
       "document: Clinical Context") \
  RULE(PLAN_NO_BENCHMARKS, "plan.no_benchmarks", WARNING, 251, NEEDS1(PLAN_BENCHMARKS), "treatment plan", \
       "The treatment plan names no benchmarks of progress", \
       "Have the clinician add benchmarks against which progress is read.", \
       "document: Clinical Context") \
  RULE(PLAN_REVIEW_OVERDUE, "plan.review_overdue", WARNING, 251, NEEDS1(PLAN_REVIEWED), "treatment plan", \
       "The treatment plan was not reviewed in time", \
       "Have the plan reviewed and the review recorded before billing on.", \
       "document: Clinical Context") \
  RULE(MODIFIER_MALFORMED, "modifier.malformed", ERROR, 4, NEEDS1(MODIFIERS), "modifiers", \
       "A modifier is not two letters or digits", \
       "Correct the modifier.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_UNKNOWN, "modifier.unknown", ERROR, 4, NEEDS1(MODIFIERS), "modifiers", \
       "No such modifier", \
       "Correct or remove the modifier; a newer one can be added in the policy's modifier_dates.", \
       "CMS HCPCS Level II; CPT") \
  RULE(MODIFIER_NOT_EFFECTIVE, "modifier.not_effective", ERROR, 182, NEEDS2(MODIFIERS, SERVICE_DATE), "modifiers", \
       "A modifier was not valid on the day of service", \
       "Use the modifier that was valid on the day, or remove it.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_NOT_ACCEPTED, "modifier.not_accepted", ERROR, 4, NEEDS1(MODIFIERS), "modifiers", \
       "The payer does not accept the modifier with this code", \
       "Remove the modifier, or add it to the policy's accepted_modifiers if this payer's guide lists it.", \
       "document: Common Denial Reasons; payer policy") \
  RULE(MODIFIER_DUPLICATE, "modifier.duplicate", WARNING, 4, NEEDS1(MODIFIERS), "modifiers", \
       "The same modifier twice", \
       "Remove the second one.", \
       "837P SV101") \
  RULE(MODIFIER_TOO_MANY, "modifier.too_many", ERROR, 16, NEEDS1(MODIFIERS), "modifiers", \
       "More modifiers than a line can carry", \
       "Keep the four that decide payment.", \
       "837P SV101") \
  RULE(MODIFIER_CONFLICT, "modifier.conflict", ERROR, 4, NEEDS1(MODIFIERS), "modifiers", \
       "Two modifiers contradict each other", \
       "Keep the one that the note supports.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_REQUIRED, "modifier.required", ERROR, 4, NEEDS1(MODIFIERS), "modifiers", \
       "A modifier that the payer requires is absent", \
       "Add the modifier if the record supports it.", \
       "document: Common Denial Reasons") \
  RULE(MODIFIER_TELEHEALTH_MISSING, "modifier.telehealth_missing", ERROR, 4, NEEDS2(MODIFIERS, PLACE_OF_SERVICE), "modifiers", \
       "A telehealth place without a telehealth modifier", \
       "Add the payer's telehealth modifier (GT, 95, or audio-only 93, FQ), or correct the place of service.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_TELEHEALTH_PLACE, "modifier.telehealth_place", ERROR, 5, NEEDS2(MODIFIERS, PLACE_OF_SERVICE), "modifiers", \
       "A telehealth modifier at a place that is not telehealth", \
       "Set the place of service to 10 (at home) or 02 (elsewhere), or remove the modifier.", \
       "document: Common Modifiers; CMS place of service") \
  RULE(MODIFIER_SETTING_MISSING, "modifier.setting_missing", WARNING, 4, NEEDS2(MODIFIERS, PLACE_OF_SERVICE), "modifiers", \
       "A special setting without its modifier", \
       "Add the payer's modifier for the setting, or correct the place of service.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_SETTING_PLACE, "modifier.setting_place", WARNING, 5, NEEDS2(MODIFIERS, PLACE_OF_SERVICE), "modifiers", \
       "A setting's modifier outside its places", \
       "Remove the modifier, or correct the place of service.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_COMPLEXITY_UNSUPPORTED, "modifier.complexity_unsupported", ERROR, 251, NEEDS2(MODIFIERS, COMPLEXITY), "modifiers", \
       "Modifier 22 without a note of what made the session complex", \
       "Document what made the session substantially harder than usual, or remove modifier 22.", \
       "document: Common Modifiers") \
  RULE(PLACE_UNKNOWN, "place.unknown", ERROR, 5, NEEDS1(PLACE_OF_SERVICE), "place of service", \
       "No such place-of-service code", \
       "Enter the two-digit place of service.", \
       "CMS place of service") \
  RULE(PLACE_NOT_ACCEPTED, "place.not_accepted", ERROR, 5, NEEDS1(PLACE_OF_SERVICE), "place of service", \
       "The payer does not cover the service at this place", \
       "Correct the place of service; otherwise the payer does not cover it there.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(DOCUMENTATION_NO_DATE, "documentation.no_date", ERROR, 251, NEEDS1(NOTE_DATE), "documentation", \
       "The note bears no date", \
       "Obtain the dated note of the session.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_DATE_MISMATCH, "documentation.date_mismatch", ERROR, 251, NEEDS2(NOTE_DATE, SERVICE_DATE), "documentation", \
       "The note is of another day than the line", \
       "Attach the note of the day of service, or correct the date of service.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_DURATION, "documentation.no_duration", ERROR, 251, NEEDS1(ANY_OF_DURATION), "documentation", \
       "The note gives no duration", \
       "Have the clinician document the minutes, or the start and end times.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_PURPOSE, "documentation.no_purpose", ERROR, 251, NEEDS1(PURPOSE), "documentation", \
       "The note does not state the purpose of the session", \
       "Have the clinician state the purpose of the session.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_GOAL_LINK, "documentation.no_goal_link", ERROR, 251, NEEDS1(PLAN_GOAL), "documentation", \
       "The note is not linked to a goal of the plan", \
       "Have the clinician name the goal of the treatment plan that the session served.", \
       "document: Documentation Requirements; Common Denial Reasons") \
  RULE(DOCUMENTATION_NO_ACTIVITIES, "documentation.no_activities", ERROR, 251, NEEDS1(ACTIVITIES), "documentation", \
       "The note does not say what was done", \
       "Have the clinician describe the activities of the session.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_RESPONSE, "documentation.no_response", ERROR, 251, NEEDS1(CLIENT_RESPONSE), "documentation", \
       "The note does not give the client's response", \
       "Have the clinician describe how the client responded.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_PROGRESS, "documentation.no_progress", WARNING, 251, NEEDS1(PROGRESS), "documentation", \
       "The note shows no indicator of progress", \
       "Have the clinician add what the client can now do, or could not yet do.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_NEXT_STEPS, "documentation.no_next_steps", ERROR, 251, NEEDS1(NEXT_STEPS), "documentation", \
       "The note gives no plan for the next sessions", \
       "Have the clinician add the next steps.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_MEDICAL_NECESSITY, "documentation.no_medical_necessity", ERROR, 50, NEEDS1(MEDICAL_NECESSITY), "documentation", \
       "Medical necessity is not documented", \
       "Add the clinician's statement of why the service is needed.", \
       "document: Common Denial Reasons; Special Considerations for Commercial Insurers") \
  RULE(DOCUMENTATION_NO_EFFECTIVENESS, "documentation.no_effectiveness", ERROR, 50, NEEDS1(EFFECTIVENESS), "documentation", \
       "Effectiveness is not documented", \
       "Add the evidence that the service helps this client.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(DOCUMENTATION_UNSIGNED, "documentation.unsigned", WARNING, 251, NEEDS1(SIGNED_BY), "documentation", \
       "The note is not signed", \
       "Have the rendering provider sign the note.", \
       "OIG audits; payer policy") \
  RULE(AUTHORIZATION_MISSING, "authorization.missing", ERROR, 197, NEEDS1(PRIOR_AUTH_NUMBER), "authorization", \
       "The payer wants prior authorization and there is none", \
       "Enter the authorization number; if none was obtained, ask for a retroactive one before billing.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(AUTHORIZATION_NOT_IN_FORCE, "authorization.not_in_force", ERROR, 302, NEEDS2(PRIOR_AUTH_START, SERVICE_DATE), "authorization", \
       "The prior authorization did not cover the day of service", \
       "Enter the authorization that covers the day, or ask the payer to extend this one.", \
       "document: Common Denial Reasons; OIG audits") \
  RULE(TREATMENT_NOT_AUTHORIZED, "treatment.not_authorized", ERROR, 284, NEEDS1(TREATMENT), "authorization", \
       "The payer does not authorize this treatment", \
       "Correct the treatment, or have it authorized before billing.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(POLICY_MISSING, "policy.missing", WARNING, 0, NEEDS1(POLICY), "policy", \
       "No policy for the line: judged by the session pack", \
       "Give the payer a policy that is in force on the day of service.", \
       "this project")

#define CROSS_RULES(RULE) \
  RULE(CAP_EXCEEDED, "cap.exceeded", ERROR, 119, NEEDS0, "session cap", \
       "The session passes the payer's cap without prior authorization", \
       "Ask for prior authorization for the sessions past the cap, or do not bill them.", \
       "document: Common Denial Reasons") \
  RULE(CAP_AUTHORIZATION_EXHAUSTED, "cap.authorization_exhausted", ERROR, 198, NEEDS0, "session cap", \
       "The prior authorization past the cap is used up", \
       "Ask the payer for further units before the next session.", \
       "document: Common Denial Reasons; X12 CARC 198") \
  RULE(DUPLICATE_SESSION, "duplicate.session", ERROR, 18, NEEDS0, "duplicate", \
       "The same session stands on more than one line", \
       "Void the repeated line, or add the modifier that explains it (76, 77, 59 or XE, XP, XS, XU).", \
       "X12 CARC 18") \
  RULE(CLAIM_RESENT, "claim.resent", WARNING, 18, NEEDS0, "duplicate", \
       "The claim was sent again", \
       "Check that the payer has not paid both; a correction is sent with frequency code 7.", \
       "X12 CARC 18") \
  RULE(SIMILAR_SAME_DAY, "similar.same_day", WARNING, 231, NEEDS0, "coding", \
       "A neighbouring code for the same member on the same day", \
       "Check that the services were distinct; bill only the one that the note supports.", \
       "document: Similar Codes") \
  RULE(TIME_OVERLAP, "time.overlap", ERROR, 151, NEEDS0, "time", \
       "One provider with two members at the same time", \
       "Correct the times, or bill the session as a group (HQ).", \
       "OIG audits") \
  RULE(TIME_MEMBER_OVERLAP, "time.member_overlap", WARNING, 231, NEEDS0, "time", \
       "One member with two providers at the same time", \
       "Check who gave the service at that time; bill a team with HT, a group with HQ.", \
       "OIG audits") \
  RULE(TIME_IMPOSSIBLE_DAY, "time.impossible_day", ERROR, 151, NEEDS0, "time", \
       "More hours on one day than a day has", \
       "Correct the documented minutes or the units.", \
       "OIG audits") \
  RULE(NOTE_CLONED, "note.cloned", WARNING, 251, NEEDS0, "documentation", \
       "The note repeats another note word for word", \
       "Have the clinician document what happened in this session.", \
       "OIG audits")

enum rule {
#define RULE(symbol, id, severity, carc, needs, category, title, remedy, source) RULE_##symbol,
  LINE_RULES(RULE)
  LINE_RULE_COUNT, /* the rules that are judged line by line come first */
  LAST_LINE_RULE = LINE_RULE_COUNT - 1,
  CROSS_RULES(RULE)
  RULE_COUNT
#undef RULE
};

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct rule_entry {
  const char *id;
  enum severity severity;
  int carc;
  struct set needs;
  const char *category, *title, *remedy, *source;
};

extern const struct rule_entry h2040_rules[RULE_COUNT];

int h2040_rule_named(struct text id); /* -1: none */
const char *h2040_severity_text(enum severity severity);

#endif
