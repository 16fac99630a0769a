import type { FieldPhoto, FieldVisit } from '#app/field/store.ts'

// The region pack: one officer's tasks as a SQLite file. The server cuts it; the phone opens it and brings it up to date.
// Pure: both sides import it. With another number the phone fetches a whole new pack.
export const PACK_SCHEMA = 1

export const PACK_TYPE = 'application/vnd.sqlite3'

// remarks, visit and record are JSON. visit: the visit under way as the server had it, a PackedVisit, or null.
export type TaskRow = {
  number: number, id: string, region_code: string, prelist_id: string | null, head_name: string, address: string, sls_name: string
  member_count: number, stage: string, outcome: number | null, musdes_status: number | null, version: number
  note: string, remarks: string, remark_count: number, visit: string | null, record: string
}
export type MemberRow = { household_id: string, seq: number, name: string, nik: string | null }
export type VillageRow = { code: string, name: string }
// Rows of the same villages that are not the officer's own: a number told at "ganda" or "bergabung" is looked up here.
export type DirectoryRow = { prelist_id: string, head_name: string }
export type MetaKey = 'schema' | 'sequence' | 'cutAt' | 'userId' | 'questionnaireVersion' | 'extended'
// Where and when the optional questions are asked of visits that begin: the meta row 'extended', as JSON.
export type ExtendedPeriod = { regency: string, from: string, to: string | null }

// A photo the server holds already is named by its hash, so that the phone can send the visit on without it.
export type PackedPhoto = FieldPhoto & { sha256: string, takenAt: string | null }
export type PackedVisit = Omit<FieldVisit, 'photos'> & { photos: PackedPhoto[], baseVersion: number, openedAt: string }

// full: too much has changed, fetch a whole pack. sequence is that of `since` when nothing has changed.
export type PackChanges = { sequence: number, full: true } | {
  sequence: number, full: false, tasks: TaskRow[], removed: string[], directory: DirectoryRow[], directoryRemoved: string[]
}

// `record` last, because it is long: SQLite reads what stands before it without following the row into its overflow pages.
export const TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE villages (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tasks (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, region_code TEXT NOT NULL, prelist_id TEXT, head_name TEXT NOT NULL, address TEXT NOT NULL,
  sls_name TEXT NOT NULL, member_count INTEGER NOT NULL, stage TEXT NOT NULL, outcome INTEGER, musdes_status INTEGER, version INTEGER NOT NULL,
  note TEXT NOT NULL, remarks TEXT NOT NULL, remark_count INTEGER NOT NULL, visit TEXT, record TEXT NOT NULL
);
CREATE TABLE members (household_id TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, nik TEXT, PRIMARY KEY (household_id, seq)) WITHOUT ROWID;
CREATE TABLE directory (prelist_id TEXT PRIMARY KEY, head_name TEXT NOT NULL) WITHOUT ROWID;
`

export const INDEXES = `
CREATE UNIQUE INDEX tasks_by_id ON tasks (id);
CREATE INDEX tasks_by_prelist ON tasks (prelist_id) WHERE prelist_id IS NOT NULL;
CREATE INDEX members_by_nik ON members (nik) WHERE nik IS NOT NULL;
`

export const DDL = TABLES + INDEXES

const TASK_COLUMNS = ['number', 'id', 'region_code', 'prelist_id', 'head_name', 'address', 'sls_name', 'member_count', 'stage', 'outcome',
  'musdes_status', 'version', 'note', 'remarks', 'remark_count', 'visit', 'record'] as const satisfies readonly (keyof TaskRow)[]

// Parameters by position, in the order of the columns; those of PUT_TASK are taskValues(row).
export const PUT_META = 'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'
export const PUT_VILLAGE = 'INSERT OR REPLACE INTO villages (code, name) VALUES (?, ?)'
export const PUT_TASK = `INSERT OR REPLACE INTO tasks (${TASK_COLUMNS.join(', ')}) VALUES (${TASK_COLUMNS.map(() => '?').join(', ')})`
export const PUT_DIRECTORY = 'INSERT OR REPLACE INTO directory (prelist_id, head_name) VALUES (?, ?)'
export const DROP_TASK = 'DELETE FROM tasks WHERE id = ?'
export const DROP_DIRECTORY = 'DELETE FROM directory WHERE prelist_id = ?'
export const taskValues = (row: TaskRow) => TASK_COLUMNS.map((column) => row[column])

// The record itself tells who lives there, so members need not travel beside it. Once a task's row was put or dropped:
// DROP_MEMBERS with its id, then PUT_MEMBERS with it.
export const DROP_MEMBERS = 'DELETE FROM members WHERE household_id = ?'
const READ_MEMBERS = `INSERT OR IGNORE INTO members (household_id, seq, name, nik)
  SELECT t.id, coalesce(m.value ->> 'memberSeq', m.key + 1), coalesce(m.value ->> 'name', ''), nullif(m.value ->> 'nik', '')
  FROM tasks t, json_each(t.record, '$.members') m`
export const PUT_MEMBERS = `${READ_MEMBERS} WHERE t.id = ?`
export const PUT_ALL_MEMBERS = `${READ_MEMBERS} ORDER BY t.id`
