// Tables that may be read from one end to the other, and why: they stay small wherever SIKS runs. Every other table counts as large,
// so that a new one is large until somebody says why it is not.
export const SMALL: Record<string, string> = {
  temporary: 'in memory, for the one piece of work that made it',
  sqlite_sequence: 'one row for each table', sqlite_master: 'one row for each table',
  migrations: 'one row for each step of the schema', works: 'one row for each thing that runs by itself', followers: 'one row for each follower',
  users: 'some thousands in the largest kabupaten', devices: 'one for each user and phone', access_reviews: 'one in ninety days', audit_anchors: 'one a day',
  sessions: 'one for each sign-in of the last days', sign_in_failures: 'those of the last hours', saved_filters: 'a few for each user', second_factors: 'one for each user',
  reasons: 'a list of the ministry', programme_words: 'a list of the ministry', programme_periods: 'some a year for each kabupaten', programme_settings: 'some a year',
  report_templates: 'kept by hand', report_terms: 'kept by hand', retention_rules: 'kept by hand', processing_activities: 'kept by hand', backcheck_items: 'kept by hand',
  questionnaire_extensions: 'kept by hand', region_changes: 'some thousands in the whole country',
  periods: 'at most twelve a year', period_cutoffs: 'one for each period and kabupaten', rescue_lists: 'one for each period and kabupaten', batches: 'some hundreds a year',
  prelist_imports: 'one for each file', intakes: 'one for each file', exchange_packages: 'one for each package', export_files: 'one for each file', dtsen_snapshots: 'one for each file',
  matching_imports: 'one for each file', exchange_runs: 'one for each file', dtsen_comparisons: 'one for each two files',
  snapshots: 'one for each period and kabupaten', snapshot_checks: 'one for each check', comparisons: 'one for each two periods',
  matching_runs: 'one for each asking', crosscheck_runs: 'one for each run', eligibility_runs: 'one for each run', bulk_runs: 'one for each run', rounds: 'one for each run',
  backcheck_rounds: 'some a month', recipient_batches: 'some a month', payment_lists: 'some a month', monitoring_sheets: 'some a day, filled by hand',
  announcements: 'written by hand, some a month', breaches: 'none, if all is well', lost_photos: 'none, if all is well', subject_cases: 'some a week', restrictions: 'some a year: what citizens asked for and was granted', dashboard_following: 'two rows',
  check_queue: 'what waits; empty most of the time', quality_queue: 'what waits; empty most of the time', evidence_queue: 'what waits; empty most of the time',
  duplicate_later: 'what waits; empty most of the time',
  exclusions_due: 'worked off once, and empty ever after',
  reviewer_figures: 'one for each checker and level', exchange_changes: 'what one laptop has sent back', pragma_table_info: 'one row for each column',
}

// Statements that read a large table whole on purpose, by a part of their text.
export const EXCUSED: [text: string, why: string][] = [
  ['(SELECT count(*) FROM households)', 'once at the beginning of a round over all households, which takes hours'],
  ['FROM programme_reach WHERE stale LIMIT', 'the index holds only what is stale'],
  ['SELECT number FROM inactive_numbers LIMIT', 'stops when there are more than few'],
  ['SELECT group_concat(name || char(9) || code', 'the names of the country\'s 84 thousand places, once after each start and each change of a place, and kept'],
  ['(SELECT sum(n) FROM household_counts)', 'some ten thousand rows, before a package of a whole region is made'],
  ['SELECT count(*) AS total FROM households', 'once for a snapshot of everybody, behind the requests'],
  ['SELECT DISTINCT region_code FROM households', 'on a laptop, when its package is laid in'],
  ['AND EXISTS (SELECT 1 FROM transitions t WHERE t.household_id = "visits"."household_id"', 'on a laptop, which holds one kecamatan'],
  ['select count(*) from "visits" where "visits"."status" = \'returned\'', 'on a laptop, which holds one kecamatan'],
  ['SELECT word, people FROM duplicate_names', 'a sweep compares all words of names, in a process of its own'],
]

// Tables of other files than the registry's: a sweep's findings, an import's shelf, a phone's pack.
export const ELSEWHERE = [/\bfound\b.*\blower\b|FROM found\b/, /\bshelf\b/, /\bsrc\./, /\bsearch_terms\b/, /INTO (meta|villages|directory) \(/, /INTO tasks \(number, id, region_code, prelist_id,/]

// Who reads everything on purpose and beside the server: locking a database anew, moving it, and counting and listing in the copy of a backup.
export const BESIDE = /(^|\/)(db\/(locking|seeds\/[a-z/-]+|postgres\/mov[a-z-]+)|app\/backup\/(looking|losses))\.ts/
