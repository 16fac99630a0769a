-- Search over names and addresses. rowid = households.number; `region` holds the tokens of the region and its parents
-- (r34 r3402 ...), so that a search asks only the reader's own places. Drizzle knows no virtual tables.
CREATE VIRTUAL TABLE household_search USING fts5(
  names, address, region, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);

-- The audit trail only grows: a change or deletion of a line is refused by the database itself.
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;
CREATE TRIGGER transitions_no_update BEFORE UPDATE ON transitions
BEGIN SELECT RAISE(ABORT, 'transitions is append-only'); END;
CREATE TRIGGER transitions_no_delete BEFORE DELETE ON transitions
BEGIN SELECT RAISE(ABORT, 'transitions is append-only'); END;
CREATE TRIGGER household_versions_no_update BEFORE UPDATE ON household_versions
BEGIN SELECT RAISE(ABORT, 'household_versions is append-only'); END;
CREATE TRIGGER household_versions_no_delete BEFORE DELETE ON household_versions
BEGIN SELECT RAISE(ABORT, 'household_versions is append-only'); END;
