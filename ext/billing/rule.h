/*
** The rule catalogue: every rule in one place.
**
** A row says: symbol, id, severity, CARC (X12's numbers of the denial reason, those
** that it may bear), what must have been passed for the rule to be judged, category,
** owner (who can act: coding, clinician, authorizations, billing, front desk,
** credentialing), title, remedy, source.  A remedy is something that the owner can do
** and may do: none tells anyone to alter a clinical record, which is amended by a dated,
** signed addendum and by nothing else.  The function that judges a
** rule stands beside the others of its family in rule_<family>.c, and is found
** by the symbol.
**
** The order of the rows is the order of every result.  Cross-line rules are
** found by sessions_over_cap, session_conflicts and the views of sql/, not by the functions here.
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
  RULE(CODE_MALFORMED, "code.malformed", ERROR, "16", NEEDS1(HCPCS_CODE), \
       "coding", "coding", \
       "The procedure code is not written as it should be", \
       "Correct the procedure code; move what is glued to it into the modifier fields.", \
       "CMS HCPCS Level II; public claim files") \
  RULE(CODE_NOT_EFFECTIVE, "code.not_effective", ERROR, "181", NEEDS2(HCPCS_CODE, SERVICE_DATE), \
       "coding", "coding", \
       "The code was not in the code set on the day of service", \
       "Check the date of service; bill a code that was valid on that day.", \
       "CMS HCPCS Level II") \
  RULE(CODE_SIMILAR, "code.similar", WARNING, "16", NEEDS1(SERVICE_FOCUS), \
       "coding", "coding", \
       "The focus of the service belongs to a neighbouring code", \
       "Compare the note with the code's definition; bill the code that the note supports.", \
       "document: Similar Codes") \
  RULE(CLAIM_FREQUENCY_UNKNOWN, "claim.frequency_unknown", ERROR, "16", NEEDS1(CLAIM_FREQUENCY_CODE), \
       "claim", "billing", \
       "The claim frequency code is none that a payer takes", \
       "Enter 1 for an original claim, 7 for a replacement, 8 for a void.", \
       "837P CLM05-3") \
  RULE(CLAIM_ORIGINAL_MISSING, "claim.original_missing", ERROR, "16", NEEDS2(CLAIM_FREQUENCY_CODE, ORIGINAL_CLAIM_ID), \
       "claim", "billing", \
       "A replacement that does not name the claim that it replaces", \
       "Enter the payer's number of the original claim (837P REF*F8).", \
       "837P REF*F8") \
  RULE(CHARGE_NOT_POSITIVE, "charge.not_positive", WARNING, "16", NEEDS1(CHARGE_AMOUNT), \
       "claim", "billing", \
       "The charge is missing, unreadable, zero or less", \
       "Enter the charge of the line from the fee schedule.", \
       "837P SV102") \
  RULE(UNIT_NOT_WHOLE, "unit.not_whole", ERROR, "16", NEEDS1(UNITS), \
       "units", "billing", \
       "The units are not a whole number of 1 or more", \
       "Enter the number of units as a whole number.", \
       "document: Definition") \
  RULE(UNIT_OVER_LINE_MAX, "unit.over_line_max", ERROR, "151", NEEDS1(UNITS), \
       "units", "billing", \
       "More units on one line than the payer takes", \
       "Reduce the units to what the payer takes on a line; units of other days stand on lines of their own.", \
       "payer policy") \
  RULE(UNIT_TIME_BASED, "unit.time_based", WARNING, "151", NEEDS2(UNITS, A_DURATION), \
       "units", "billing", \
       "Billed by the clock where the unit is a session", \
       "Bill one unit per session; check whether the units were counted in quarter-hours or hours.", \
       "document: Definition; Similar Codes") \
  RULE(UNIT_EXCEEDS_TIME, "unit.exceeds_time", ERROR, "151", NEEDS2(UNITS, A_DURATION), \
       "units", "billing", \
       "More units than the documented minutes support", \
       "Reduce the units to what the record supports, or attach a dated, signed addendum if the record is wrong.", \
       "CMS timed-code counting; OIG audits") \
  RULE(UNIT_TOO_SHORT, "unit.too_short", WARNING, "152", NEEDS1(A_DURATION), \
       "units", "billing", \
       "The session is shorter than the payer's minimum", \
       "Do not bill a contact below the minimum; if the record is wrong, attach a dated, signed addendum.", \
       "payer policy") \
  RULE(DATE_MALFORMED, "date.malformed", ERROR, "16", NEEDS1(SERVICE_DATE), \
       "dates", "billing", \
       "The date of service is no readable day", \
       "Enter the day of service as the record has it, as YYYY-MM-DD.", \
       "837P DTP*472") \
  RULE(DATE_SPAN_REVERSED, "date.span_reversed", ERROR, "16", NEEDS2(SERVICE_DATE, SERVICE_END_DATE), \
       "dates", "billing", \
       "The span of service ends before it begins", \
       "Enter the first and the last day of service as the record has them.", \
       "837P DTP*472") \
  RULE(DATE_FUTURE, "date.future", ERROR, "110", NEEDS2(SERVICE_DATE, AS_OF), \
       "dates", "billing", \
       "The date of service lies in the future", \
       "Hold the line until the service has been given, or bill the day that the record has.", \
       "X12 CARC 110") \
  RULE(DATE_UNTIMELY, "date.untimely", ERROR, "29", NEEDS2(SERVICE_DATE, RECEIVED_DATE), \
       "dates", "billing", \
       "Received after the payer's filing limit", \
       "Appeal with proof of timely submission, or write the line off; file within the limit.", \
       "payer policy; 42 CFR 447.45(d)") \
  RULE(MEMBER_MISSING, "member.missing", ERROR, "31", NEEDS1(MEMBER_ID), \
       "member", "front desk", \
       "The member is missing", \
       "Enter the member's number from the insurance card or the payer's eligibility answer.", \
       "837P NM109; X12 CARC 31") \
  RULE(MEMBER_NOT_COVERED, "member.not_covered", ERROR, "26 27", NEEDS2(COVERAGE_START, SERVICE_DATE), \
       "member", "front desk", \
       "The member was not covered on the day of service", \
       "Check eligibility for the day; bill the payer that covered it.", \
       "X12 CARC 26, 27") \
  RULE(MEMBER_AGE, "member.age", ERROR, "6", NEEDS2(BIRTH_DATE, SERVICE_DATE), \
       "member", "front desk", \
       "The payer does not cover the service at this age", \
       "Check the birth date against the eligibility answer; otherwise the service is not covered at this age.", \
       "payer policy; X12 CARC 6") \
  RULE(ID_WHITE_SPACE, "id.white_space", WARNING, "", NEEDS1(AN_ID), \
       "ids", "billing", \
       "White space stands around an id", \
       "Trim the id where it is entered or exported: to every join it is another id.", \
       "this project") \
  RULE(PROVIDER_MISSING, "provider.missing", ERROR, "16", NEEDS1(RENDERING_TAXONOMY), \
       "provider", "credentialing", \
       "The rendering provider's taxonomy is missing", \
       "Enter the taxonomy code of the rendering provider as it stands in the NPI registry.", \
       "837P PRV03; OIG audits") \
  RULE(PROVIDER_TAXONOMY_MALFORMED, "provider.taxonomy_malformed", ERROR, "16", NEEDS1(RENDERING_TAXONOMY), \
       "provider", "credentialing", \
       "The taxonomy is not ten letters and digits", \
       "Enter the taxonomy code of the rendering provider as it stands in the NPI registry.", \
       "NUCC; 837P PRV03") \
  RULE(PROVIDER_NOT_ELIGIBLE, "provider.not_eligible", ERROR, "8", NEEDS1(RENDERING_TAXONOMY), \
       "provider", "credentialing", \
       "The payer does not accept this kind of provider", \
       "Bill under the eligible provider who gave the service; if the taxonomy is mistyped, enter it as the NPI " \
       "registry has it.", \
       "document: Definition; Special Considerations for Commercial Insurers") \
  RULE(PROVIDER_NPI_INVALID, "provider.npi_invalid", ERROR, "16", NEEDS1(RENDERING_NPI), \
       "provider", "credentialing", \
       "The rendering NPI is missing or mistyped", \
       "Look the provider up in the NPI registry and enter the ten digits.", \
       "CMS NPI check digit") \
  RULE(PROVIDER_NOT_ENROLLED, "provider.not_enrolled", ERROR, "B7", NEEDS2(PROVIDER_START, SERVICE_DATE), \
       "provider", "credentialing", \
       "The provider was not enrolled with the payer on the day of service", \
       "Ask the payer whether the enrollment reaches back to the day; if not, do not bill the service.", \
       "X12 CARC B7; OIG audits") \
  RULE(DIAGNOSIS_MISSING, "diagnosis.missing", ERROR, "16", NEEDS1(DIAGNOSIS_CODES), \
       "diagnosis", "coding", \
       "No diagnosis on the line", \
       "Enter the diagnosis that the record and the treatment plan support.", \
       "837P HI; document: Clinical Context") \
  RULE(DIAGNOSIS_MALFORMED, "diagnosis.malformed", ERROR, "146", NEEDS1(DIAGNOSIS_CODES), \
       "diagnosis", "coding", \
       "A diagnosis is not written as an ICD-10-CM code", \
       "Enter the diagnosis code that the record supports.", \
       "ICD-10-CM") \
  RULE(DIAGNOSIS_NOT_QUALIFYING, "diagnosis.not_qualifying", ERROR, "11", NEEDS1(DIAGNOSIS_CODES), \
       "diagnosis", "coding", \
       "No diagnosis qualifies for the service", \
       "Enter the qualifying diagnosis if the record supports one; otherwise the service is not covered.", \
       "document: Clinical Context; payer policy") \
  RULE(PLAN_MISSING, "plan.missing", ERROR, "252", NEEDS1(PLAN_START), \
       "treatment plan", "clinician", \
       "No treatment plan", \
       "Attach the treatment plan that was in force; without one, do not bill.", \
       "document: Clinical Context") \
  RULE(PLAN_NOT_IN_FORCE, "plan.not_in_force", ERROR, "272", NEEDS2(PLAN_START, SERVICE_DATE), \
       "treatment plan", "clinician", \
       "The treatment plan was not in force on the day of service", \
       "Attach the plan that covers the day; a plan signed later does not reach back.", \
       "document: Clinical Context; OIG audits") \
  RULE(PLAN_NO_GOALS, "plan.no_goals", ERROR, "251", NEEDS1(PLAN_GOALS), \
       "treatment plan", "clinician", \
       "The treatment plan names no goals", \
       "Have the clinician write a dated, signed revision of the plan with measurable goals; it holds from its " \
       "own day.", \
       "document: Clinical Context") \
  RULE(PLAN_NO_BENCHMARKS, "plan.no_benchmarks", WARNING, "251", NEEDS1(PLAN_BENCHMARKS), \
       "treatment plan", "clinician", \
       "The treatment plan names no benchmarks of progress", \
       "Have the clinician write a dated, signed revision of the plan with benchmarks of progress; it holds from " \
       "its own day.", \
       "document: Clinical Context") \
  RULE(PLAN_REVIEW_OVERDUE, "plan.review_overdue", WARNING, "251", NEEDS1(PLAN_REVIEWED), \
       "treatment plan", "clinician", \
       "The treatment plan was not reviewed in time", \
       "Have the plan reviewed now, under today's date, before billing on; a review does not reach back.", \
       "document: Clinical Context") \
  RULE(MODIFIER_MALFORMED, "modifier.malformed", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "A modifier is not two letters or digits", \
       "Enter the modifier as two letters or digits.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_UNKNOWN, "modifier.unknown", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "No such modifier", \
       "Enter the modifier that the record supports, or remove it; a newer one can be added in the policy's " \
       "modifier_dates.", \
       "CMS HCPCS Level II; CPT") \
  RULE(MODIFIER_NOT_EFFECTIVE, "modifier.not_effective", ERROR, "182", NEEDS2(MODIFIERS, SERVICE_DATE), \
       "modifiers", "coding", \
       "A modifier was not valid on the day of service", \
       "Use the modifier that was valid on the day, or remove it.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_NOT_ACCEPTED, "modifier.not_accepted", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "The payer does not accept the modifier with this code", \
       "Remove the modifier, or add it to the policy's accepted_modifiers if this payer's guide lists it.", \
       "document: Common Denial Reasons; payer policy") \
  RULE(MODIFIER_DUPLICATE, "modifier.duplicate", WARNING, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "The same modifier twice", \
       "Remove the second one.", \
       "837P SV101") \
  RULE(MODIFIER_TOO_MANY, "modifier.too_many", ERROR, "16", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "More modifiers than a line can carry", \
       "Keep the four that decide payment.", \
       "837P SV101") \
  RULE(MODIFIER_CONFLICT, "modifier.conflict", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "Two modifiers contradict each other", \
       "Keep the one that the note supports.", \
       "CMS HCPCS Level II") \
  RULE(MODIFIER_REQUIRED, "modifier.required", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "A modifier that the payer requires is absent", \
       "Add the modifier if the record supports it.", \
       "document: Common Denial Reasons") \
  RULE(MODIFIER_ONE_OF, "modifier.one_of", ERROR, "4", NEEDS1(MODIFIERS), \
       "modifiers", "coding", \
       "None of the modifiers of which the payer requires one", \
       "Add the one that the record supports.", \
       "document: Common Denial Reasons; payer policy") \
  RULE(MODIFIER_TELEHEALTH_MISSING, "modifier.telehealth_missing", ERROR, "4", NEEDS2(MODIFIERS, PLACE_OF_SERVICE), \
       "modifiers", "coding", \
       "A telehealth place without a telehealth modifier", \
       "Add the payer's telehealth modifier (GT, 95, or audio-only 93, FQ), or enter the place of service that " \
       "the record supports.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_TELEHEALTH_PLACE, "modifier.telehealth_place", ERROR, "5", NEEDS2(MODIFIERS, PLACE_OF_SERVICE), \
       "modifiers", "coding", \
       "A telehealth modifier at a place that is not telehealth", \
       "Enter the telehealth place that the record supports (10 at home, 02 elsewhere), or remove the modifier.", \
       "document: Common Modifiers; CMS place of service") \
  RULE(MODIFIER_SETTING_MISSING, "modifier.setting_missing", WARNING, "4", NEEDS2(MODIFIERS, PLACE_OF_SERVICE), \
       "modifiers", "coding", \
       "A special setting without its modifier", \
       "Add the payer's modifier for the setting, or enter the place of service that the record supports.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_SETTING_PLACE, "modifier.setting_place", WARNING, "5", NEEDS2(MODIFIERS, PLACE_OF_SERVICE), \
       "modifiers", "coding", \
       "A setting's modifier outside its places", \
       "Remove the modifier, or enter the place of service that the record supports.", \
       "document: Common Modifiers") \
  RULE(MODIFIER_COMPLEXITY_UNSUPPORTED, "modifier.complexity_unsupported", ERROR, "251", \
       NEEDS2(MODIFIERS, COMPLEXITY), \
       "modifiers", "clinician", \
       "Modifier 22 without a note of what made the session complex", \
       "Remove modifier 22, unless a note or a dated, signed addendum says what made the session substantially " \
       "harder.", \
       "document: Common Modifiers") \
  RULE(PLACE_UNKNOWN, "place.unknown", ERROR, "5", NEEDS1(PLACE_OF_SERVICE), \
       "place of service", "coding", \
       "No such place-of-service code", \
       "Enter the two-digit place of service.", \
       "CMS place of service") \
  RULE(PLACE_NOT_ACCEPTED, "place.not_accepted", ERROR, "5", NEEDS1(PLACE_OF_SERVICE), \
       "place of service", "coding", \
       "The payer does not cover the service at this place", \
       "Enter the place of service that the record supports; if it is this one, the payer does not cover it there.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(TIME_UNREADABLE, "time.unreadable", WARNING, "16", NEEDS1(A_TIME), \
       "time", "clinician", \
       "A start or end time cannot be read", \
       "Write the time as it stands in the record, like 14:30 or 2:30 PM.", \
       "this project") \
  RULE(DOCUMENTATION_NO_DATE, "documentation.no_date", ERROR, "251", NEEDS1(NOTE_DATE), \
       "documentation", "clinician", \
       "The note bears no date", \
       "Obtain the dated note of the session; without one, do not bill.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_DATE_MISMATCH, "documentation.date_mismatch", ERROR, "251", NEEDS2(NOTE_DATE, SERVICE_DATE), \
       "documentation", "clinician", \
       "The note is of another day than the line", \
       "Attach the note of the day of service, or bill the day that the note documents.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_DURATION, "documentation.no_duration", ERROR, "251", NEEDS1(ANY_OF_DURATION), \
       "documentation", "clinician", \
       "The note gives no duration", \
       "Have the clinician attach a dated, signed addendum with the times, if they can be attested; without " \
       "them, do not bill.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_PURPOSE, "documentation.no_purpose", ERROR, "251", NEEDS1(PURPOSE), \
       "documentation", "clinician", \
       "The note does not state the purpose of the session", \
       "Have the clinician attach a dated, signed addendum on the purpose of the session, if it can be attested.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_GOAL_LINK, "documentation.no_goal_link", ERROR, "251", NEEDS1(PLAN_GOAL), \
       "documentation", "clinician", \
       "The note is not linked to a goal of the plan", \
       "Have the clinician attach a dated, signed addendum that names the goal of the treatment plan, if the " \
       "session served one.", \
       "document: Documentation Requirements; Common Denial Reasons") \
  RULE(DOCUMENTATION_NO_ACTIVITIES, "documentation.no_activities", ERROR, "251", NEEDS1(ACTIVITIES), \
       "documentation", "clinician", \
       "The note does not say what was done", \
       "Have the clinician attach a dated, signed addendum on what was done, if it can be attested; without it, " \
       "do not bill.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_RESPONSE, "documentation.no_response", ERROR, "251", NEEDS1(CLIENT_RESPONSE), \
       "documentation", "clinician", \
       "The note does not give the client's response", \
       "Have the clinician attach a dated, signed addendum on the client's response, if it can be attested.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_PROGRESS, "documentation.no_progress", WARNING, "251", NEEDS1(PROGRESS), \
       "documentation", "clinician", \
       "The note shows no indicator of progress", \
       "Have the clinician attach a dated, signed addendum on what the client can now do, or could not yet do.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_NEXT_STEPS, "documentation.no_next_steps", ERROR, "251", NEEDS1(NEXT_STEPS), \
       "documentation", "clinician", \
       "The note gives no plan for the next sessions", \
       "Have the clinician attach a dated, signed addendum on the next steps.", \
       "document: Documentation Requirements") \
  RULE(DOCUMENTATION_NO_MEDICAL_NECESSITY, "documentation.no_medical_necessity", ERROR, "50", \
       NEEDS1(MEDICAL_NECESSITY), \
       "documentation", "clinician", \
       "Medical necessity is not documented", \
       "Attach the clinician's dated, signed statement of why the service is needed; if there is no need, do not " \
       "bill.", \
       "document: Common Denial Reasons; Special Considerations for Commercial Insurers") \
  RULE(DOCUMENTATION_NO_EFFECTIVENESS, "documentation.no_effectiveness", ERROR, "50", NEEDS1(EFFECTIVENESS), \
       "documentation", "clinician", \
       "Effectiveness is not documented", \
       "Attach the clinician's dated, signed statement of how the service helps this client.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(DOCUMENTATION_UNSIGNED, "documentation.unsigned", WARNING, "251", NEEDS1(SIGNED_BY), \
       "documentation", "clinician", \
       "The note is not signed", \
       "Attach the rendering provider's signature attestation under its own date; do not date a signature back.", \
       "OIG audits; payer policy") \
  RULE(AUTHORIZATION_MISSING, "authorization.missing", ERROR, "197", NEEDS1(PRIOR_AUTH_NUMBER), \
       "authorization", "authorizations", \
       "The payer wants prior authorization and there is none", \
       "Enter the authorization number; if none was obtained, ask for a retroactive one before billing.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(AUTHORIZATION_NOT_IN_FORCE, "authorization.not_in_force", ERROR, "302 197", \
       NEEDS2(PRIOR_AUTH_START, SERVICE_DATE), \
       "authorization", "authorizations", \
       "The prior authorization did not cover the day of service", \
       "Enter the authorization that covers the day, or ask the payer to extend this one.", \
       "document: Common Denial Reasons; OIG audits") \
  RULE(TREATMENT_NOT_AUTHORIZED, "treatment.not_authorized", ERROR, "284", NEEDS1(TREATMENT), \
       "authorization", "authorizations", \
       "The payer does not authorize this treatment", \
       "Enter the treatment that the record supports, or have it authorized before billing.", \
       "document: Special Considerations for Commercial Insurers") \
  RULE(POLICY_MISSING, "policy.missing", WARNING, "", NEEDS1(POLICY), \
       "policy", "billing", \
       "No policy for the line: judged by the session pack", \
       "Give the payer a policy that is in force on the day of service.", \
       "this project")

#define CROSS_RULES(RULE) \
  RULE(CAP_EXCEEDED, "cap.exceeded", ERROR, "119", NEEDS0, \
       "session cap", "authorizations", \
       "The session passes the payer's cap without prior authorization", \
       "Ask for prior authorization for the sessions past the cap, or do not bill them.", \
       "document: Common Denial Reasons") \
  RULE(CAP_AUTHORIZATION_EXHAUSTED, "cap.authorization_exhausted", ERROR, "198", NEEDS0, \
       "session cap", "authorizations", \
       "The prior authorization past the cap is used up", \
       "Ask the payer for further units before the next session.", \
       "document: Common Denial Reasons; X12 CARC 198") \
  RULE(AUTHORIZATION_NOT_ON_FILE, "authorization.not_on_file", ERROR, "197", NEEDS0, \
       "authorization", "authorizations", \
       "The authorization that the line names is on no file", \
       "Enter the number as the payer's approval letter has it; if none was obtained, ask for a retroactive one " \
       "before billing.", \
       "document: Special Considerations for Commercial Insurers; X12 CARC 197") \
  RULE(AUTHORIZATION_NOT_COVERING, "authorization.not_covering", ERROR, "284 296", NEEDS0, \
       "authorization", "authorizations", \
       "The authorization that the line names is not for this line", \
       "Enter the authorization that covers this member, payer, code and provider, or ask the payer for one.", \
       "OIG audits; X12 CARC 284, 296") \
  RULE(AUTHORIZATION_EXCEEDED, "authorization.exceeded", ERROR, "198", NEEDS0, \
       "authorization", "authorizations", \
       "More units than the authorization grants", \
       "Ask the payer for further units; do not bill the units past the authorization without them.", \
       "document: Common Denial Reasons; X12 CARC 198") \
  RULE(DUPLICATE_SESSION, "duplicate.session", ERROR, "18", NEEDS0, \
       "duplicate", "billing", \
       "The same session stands on more than one line", \
       "Void the repeated line, or add the modifier that explains it (76, 77, 59 or XE, XP, XS, XU).", \
       "X12 CARC 18") \
  RULE(CLAIM_RESENT, "claim.resent", WARNING, "18", NEEDS0, \
       "duplicate", "billing", \
       "The same claim was sent again as an original", \
       "Ask for the status of the first claim; send a correction with frequency 7 and the original's number.", \
       "837P CLM05-3; X12 CARC 18") \
  RULE(SIMILAR_SAME_DAY, "similar.same_day", WARNING, "231", NEEDS0, \
       "coding", "coding", \
       "A neighbouring code for the same member on the same day", \
       "Check that the services were distinct; bill only what the notes support.", \
       "document: Similar Codes") \
  RULE(TIME_OVERLAP, "time.overlap", ERROR, "151", NEEDS0, \
       "time", "clinician", \
       "One provider with two members at the same time", \
       "Bill only the sessions that the records support, as a group (HQ) if they were one; if a record is wrong, " \
       "attach a dated, signed addendum.", \
       "OIG audits") \
  RULE(TIME_MEMBER_OVERLAP, "time.member_overlap", WARNING, "231", NEEDS0, \
       "time", "clinician", \
       "One member with two providers at the same time", \
       "Check who gave the service at that time; bill only what the records support, a team with HT, a group " \
       "with HQ.", \
       "OIG audits; X12 CARC 231") \
  RULE(TIME_IMPOSSIBLE_DAY, "time.impossible_day", ERROR, "151", NEEDS0, \
       "time", "clinician", \
       "More hours on one day than a day has", \
       "Reduce the units to what the records support; if a record is wrong, attach a dated, signed addendum.", \
       "OIG audits") \
  RULE(NOTE_CLONED, "note.cloned", WARNING, "251", NEEDS0, \
       "documentation", "clinician", \
       "The note repeats another note word for word", \
       "Review both notes with the clinician; bill the session only if its own note, or a dated, signed " \
       "addendum, supports it.", \
       "OIG audits")

enum rule {
#define RULE(symbol, id, severity, carc, needs, category, owner, title, remedy, source) RULE_##symbol,
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
  const char *carc; /* all that a finding may bear, a space between; "": none */
  struct set needs;
  const char *category, *owner, *title, *remedy, *source;
};

extern const struct rule_entry h2040_rules[RULE_COUNT];

int h2040_rule_named(struct text id); /* -1: none */
const char *h2040_severity_text(enum severity severity);

#endif
