/* See cap_audit.h. */
#include "cap_audit.h"
#include "session_screen.h"

#include "../billing/session_order.h"
#include "../billing/standing.h"

static bool counts_allowed(struct cap_context *context) {
  const char *counting = h2040_cap_parameter(context, "counting");
  if (!counting || h2040_same(h2040_text(counting), TEXT("billed"))) return false;
  if (!h2040_same(h2040_text(counting), TEXT("allowed"))) {
    h2040_fail(context->fault, "%s: counting is '%.60s'; give billed or allowed", context->call->function->name, counting);
  }
  return true;
}

static void check_codes(struct cap_context *context) {
  const char *codes = h2040_cap_parameter(context, "hcpcs_codes");
  const char *function = context->call->function->name;
  if (!codes) return;
  if (h2040_blank(h2040_text(codes))) {
    h2040_fail(context->fault, "%s: hcpcs_codes is '%.60s', which names no code; give one, a list, or * for every line",
               function, codes);
  } else if (!h2040_lists_codes(h2040_text(codes), true)) {
    h2040_fail(context->fault, "%s: hcpcs_codes is '%.60s', which holds what is no procedure code; give codes like "
                               "'H2040 H2014', or * for every line", function, codes);
  }
}

/* Only the lines of one member are read where what they count to does not depend on
** others' lines, and an index finds them. */
static sqlite3_value *member_to_find(const struct cap_audit *audit, const struct source *source, sqlite3_value *member) {
  if (!member || audit->index.scope[SCOPE_PROVIDER] || audit->file.across_members) return NULL;
  return h2040_reader_can_find(source, FIELD_MEMBER_ID, member) ? member : NULL;
}

static void put_in_order(struct cap_audit *audit, struct cap_context *context) {
  struct session_order order = {
    .lines = &audit->store.lines, .ids = &audit->store.ids, .by_claim_id = audit->store.by_claim_id,
    .may_resend = audit->store.may_resend, .across_payers = audit->file.across_payers,
    .across_members = audit->file.across_members, .proceed = h2040_cap_proceed, .host = context,
  };
  for (int scope = 0; scope < SCOPES; scope++) order.scope[scope] = audit->index.scope[scope];
  if (!h2040_order_sessions(&order, &audit->sweep)) h2040_fail_memory(context->fault);
}

void h2040_cap_audit_read(struct cap_audit *audit, struct cap_context *context, struct source *source,
                          const struct cap_wanted *wanted) {
  struct fault *fault = context->fault;
  struct table_call *call = context->call;
  sqlite3_stmt *held = NULL;
  context->arena = &audit->arena;
  audit->sweep = (struct cap_sweep){
    .allowed = counts_allowed(context), .proceed = h2040_cap_proceed, .host = context, .recent_from = INT32_MAX,
    .until = wanted->until,
  };
  check_codes(context);
  h2040_open_sessions(context, source);
  if (fault->rc != SQLITE_OK) return;
  const struct source *sources[] = { source };
  held = h2040_source_hold(fault, call->db, sources, 1);
  h2040_read_caps(context, source, wanted->left, &audit->index);
  h2040_require_for_caps(context, source, &audit->index);
  h2040_session_store_open(&audit->store, context, source, &audit->index);
  h2040_read_authorizations(context, source, &audit->index, &audit->store.ids, &audit->file);
  audit->store.compare_numbers = audit->file.there;
  audit->store.until = wanted->until;
  audit->store.find_last_day = wanted->left;
  audit->store.in_sum = wanted->left && !audit->file.there && !audit->store.marks;
  if (wanted->left) audit->store.authorized = &audit->file;
  if (fault->rc == SQLITE_OK) {
    sqlite3_value *found = member_to_find(audit, source, wanted->member);
    bool screened = !found && !wanted->left && !audit->file.across_members && h2040_screen_sessions(&audit->store);
    if (!screened) h2040_read_sessions(&audit->store, found, &call->scanned);
    call->narrowed = found != NULL;
    if (found) call->lines = h2040_source_rows(source, fault, call->db);
  }
  if (fault->rc == SQLITE_OK) put_in_order(audit, context);
  if (fault->rc == SQLITE_OK) h2040_find_elsewhere(&audit->store);
  sqlite3_finalize(held);
  struct cap_sweep *sweep = &audit->sweep;
  sweep->cap = audit->index.cap;
  sweep->caps = audit->index.caps;
  sweep->ids = &audit->store.ids;
  sweep->authorizations = &audit->file.list;
  sweep->cap_payer = audit->store.cap_payer.items;
  sweep->on_file = audit->file.there;
  sweep->by_provider = source_has(source, FIELD_RENDERING_NPI);
  if (fault->rc == SQLITE_OK && !h2040_sweep_open(sweep)) h2040_fail_memory(fault);
}

void h2040_cap_audit_count(struct cap_audit *audit, struct cap_context *context,
                           void (*finish)(void *host, size_t cap), void *host) {
  for (size_t cap = 0; cap < audit->index.caps && context->fault->rc == SQLITE_OK; cap++) {
    if (!h2040_sweep_cap(&audit->sweep, cap)) h2040_fail_memory(context->fault);
    else if (finish) finish(host, cap);
  }
}

static void keep_row(struct cap_audit *audit, struct cap_context *context, const struct session_line *line,
                     enum cap_trouble trouble) {
  struct cap_row row = { .line = line, .day = line->day, .trouble = (uint8_t)trouble };
  if (context->fault->rc == SQLITE_OK && !h2040_sweep_keep(&audit->sweep, &row)) h2040_fail_memory(context->fault);
}

void h2040_cap_audit_tell(struct cap_audit *audit, struct cap_context *context) {
  const struct session_store *store = &audit->store;
  for (size_t i = 0; i < store->lines.count && context->fault->rc == SQLITE_OK; i++) {
    const struct session_line *line = block_item(&store->lines, i, sizeof *line);
    bool stands = line->stands || line->group[SCOPE_MEMBER] == 0; /* nobody's: nothing can replace it */
    if (!session_matters(store, line)) continue;
    if (stands && line->unreadable) keep_row(audit, context, line, LINE_UNREADABLE);
    if (stands && line->told && !line->unreadable) keep_row(audit, context, line, LINE_TOLD);
    if (line->trouble != NO_TROUBLE && !line->unreadable) keep_row(audit, context, line, CLAIM_IN_TROUBLE);
  }
  for (size_t i = 0; i < audit->file.unreadable.count; i++) {
    keep_row(audit, context, ((struct session_line **)audit->file.unreadable.items)[i], LINE_UNREADABLE);
  }
}

void h2040_cap_audit_word(struct cap_audit *audit, struct cap_context *context) {
  char words[CAP_WORDS];
  for (size_t i = 0; i < audit->sweep.rows && context->fault->rc == SQLITE_OK; i++) {
    struct cap_row *row = audit->sweep.row + i;
    const char *text = h2040_cap_words(words, &audit->sweep, row);
    row->problem = text == words ? h2040_cap_keep_words(context, sqlite3_mprintf("%s", words)) : text;
  }
}

void h2040_cap_audit_close(struct cap_audit *audit) {
  h2040_sweep_close(&audit->sweep);
  h2040_authorization_file_close(&audit->file);
  h2040_session_store_close(&audit->store);
  h2040_id_numbers_free(&audit->index.payers);
  h2040_arena_free(&audit->arena);
}
