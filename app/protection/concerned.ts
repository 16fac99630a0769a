import type { Cell, Exportable } from '#app/exports/exportable.ts'
import { readQueryText } from '#app/exports/exports.ts'
import { findList } from '#app/exports/lists.ts'
import { MINE } from '#app/packs/tasks.ts'
import { carriedBy } from '#app/protection/carried-lines.ts'
import type { Breach } from '#app/protection/breaches.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Whom a failure of protection concerns, worked out from what the register knows of phones, files and the trail. Some hundred at a time.
export type Why = 'task' | 'directory' | 'row' | 'opened' | 'printed'
export type Found = { id: string, regionCode: string, people: number, why: Why }

export const concernedBy = (db: Db, breach: Pick<Breach, 'kind' | 'subject' | 'fromAt' | 'untilAt'>): Generator<Found[]> =>
  breach.kind === 'device' ? onDevice(db, breach.subject) : breach.kind === 'export' ? inExport(db, breach.subject) : byAccount(db, breach)

type Row = Omit<Found, 'why'>
const ROW = 'h.id, h.region_code AS regionCode'
const placesOf = statement<[string], string>('SELECT region_code FROM user_regions WHERE user_id = ? ORDER BY region_code')
const inVillage = "h.region_code >= @place AND h.region_code < @place || ':'"

type Packed = { place: string, officer: string, device: string }
// What its packs held whole: tasks of now, those it took along, and the visits that came from it.
const packed = statement<[Packed], Row>(`SELECT ${ROW}, h.member_count AS people FROM households h WHERE ${inVillage} AND (${MINE}
  OR EXISTS (SELECT 1 FROM transitions t WHERE t.household_id = h.id AND t.subject = 'device:' || @device AND t.actor_id = @officer)
  OR EXISTS (SELECT 1 FROM visits v WHERE v.household_id = h.id AND v.officer_id = @officer AND v.device_id = @device))`)
// Of everybody else in its villages a pack holds the head's name and the prelist id.
const named = statement<[Packed], Row>(`SELECT ${ROW}, 1 AS people FROM households h WHERE ${inVillage} AND h.prelist_id IS NOT NULL`)

function* onDevice(db: Db, subject: string): Generator<Found[]> {
  const [device = '', officer = ''] = subject.split('|')
  for (const place of placesOf(db).pluck().all(officer) as string[]) {
    yield* chunks(packed(db).all({ place, officer, device }), 'task')
    yield* chunks(named(db).all({ place, officer, device }), 'directory')
  }
}

type Made = { list: string, query: string, regions: string, id: string, name: string, role: Role }
const madeExport = statement<[string], Made>('SELECT e.list, e.query, e.regions, u.id, u.name, u.role FROM export_files e JOIN users u ON u.id = e.made_by WHERE e.id = ?')
const byNumber = statement<[string, string, string], Row>(`SELECT ${ROW}, 1 AS people FROM households h WHERE h.id IN (
  SELECT household_id FROM members WHERE nik = ? UNION SELECT household_id FROM families WHERE kk_number = ?) OR h.prelist_id = ? LIMIT 5`)

// The same list again, as its maker saw it: each row leads to its household by what it names of it.
function* inExport(db: Db, id: string): Generator<Found[]> {
  const made = madeExport(db).get(id)
  const list = made && findList(made.list)
  if (!list) return
  const { id: makerId, name, role } = made
  const actor = { id: makerId, name, role, regions: JSON.parse(made.regions) as string[] }
  for (const rows of list.chunks({ db, actor }, readQueryText(made.query))) {
    yield rows.flatMap((row) => namedIn(db, list, row).map((found) => ({ ...found, why: 'row' as const })))
  }
}

function namedIn(db: Db, { columns }: Exportable, row: Cell[]): Row[] {
  const at = (wanted: (column: Exportable['columns'][number]) => boolean) => columns.flatMap((column, i) => wanted(column) && typeof row[i] === 'string' ? [String(row[i])] : [])
  const [prelistId] = at(({ label }) => label === 'ID prelist')
  if (prelistId) return byNumber(db).all('', '', prelistId)
  for (const number of at(({ kind }) => kind === 'card')) {
    const found = byNumber(db).all(number, number, '')
    if (found.length > 0) return found
  }
  return []
}

type Line = { seq: number, action: string, subject: string, details: string }
const linesOf = statement<[string, number, string, string], Line>(`SELECT seq, action, subject, details FROM audit_entries WHERE actor_id = ? AND seq > ? AND at >= ? AND at <= ? ORDER BY seq LIMIT 500`)
const readerOf = statement<[string], { id: string, name: string, role: Role }>('SELECT id, name, role FROM users WHERE id = ?')
const ofSubject = statement<[{ subject: string }], Row>(`SELECT ${ROW}, h.member_count AS people FROM households h WHERE h.id = @subject
  OR h.id IN (SELECT household_id FROM visits WHERE id = @subject UNION SELECT household_id FROM recipients WHERE id = @subject UNION SELECT household_id FROM recipient_changes WHERE id = @subject
    UNION SELECT household_id FROM proposal_households WHERE proposal_id = @subject UNION SELECT household_id FROM reports WHERE id = @subject
    UNION SELECT household_id FROM deliveries WHERE id = @subject UNION SELECT one_household FROM duplicate_pairs WHERE id = @subject
    UNION SELECT other_household FROM duplicate_pairs WHERE id = @subject UNION SELECT v.household_id FROM backchecks b JOIN visits v ON v.id = b.visit_id WHERE b.id = @subject
    UNION SELECT household_id FROM matching_questions WHERE run_id = @subject)`)

// Everything its user opened, printed or carried out in that time, line by line of the trail.
function* byAccount(db: Db, { subject, fromAt, untilAt }: Pick<Breach, 'subject' | 'fromAt' | 'untilAt'>): Generator<Found[]> {
  const seen = new Set<string>()
  const reader = { ...readerOf(db).get(subject)!, regions: placesOf(db).pluck().all(subject) as string[] }
  for (let lines = linesOf(db).all(subject, 0, fromAt, untilAt); lines.length > 0; lines = linesOf(db).all(subject, lines.at(-1)!.seq, fromAt, untilAt)) {
    for (const { action, subject: about, details } of lines) {
      const once = `${/^(export|pack)\./.test(action) ? action : /(printed|downloaded)$/.test(action) ? `${action} ${details}` : ''} ${about}`
      if (seen.has(once)) continue
      seen.add(once)
      const carried = carriedBy(db, { action, subject: about, details: JSON.parse(details) }, reader)
      if (action === 'export.downloaded') yield* inExport(db, about)
      else if (action.startsWith('pack.')) yield* onDevice(db, `${about}|${subject}`)
      else yield* carried ? chunks(carried, 'printed') : chunks(ofSubject(db).all({ subject: about }), 'opened')
    }
  }
}

const CHUNK = 500
function* chunks(rows: Row[], why: Why): Generator<Found[]> {
  for (let at = 0; at < rows.length; at += CHUNK) yield rows.slice(at, at + CHUNK).map((row) => ({ ...row, why }))
}
