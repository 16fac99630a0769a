import { listRecipients, type Filter } from '#app/programmes/list.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import { can, type Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Lists that left on paper or as a file of their own: whom each held, by its line in the trail. What is kept of a list (a batch, a
// payment list, a meeting) is asked for as it was; the others as they are now.
export type Line = { action: string, subject: string, details: Record<string, unknown> }
export type Carried = { id: string, regionCode: string, people: number }
type Reader = { id: string, name: string, role: Role, regions: string[] }
type Asked = { subject: string, place: string, from: string, period: string }

const ROW = 'h.id, h.region_code AS regionCode, h.member_count AS people'
const IN_PLACE = (column: string) => `${column} >= @place AND ${column} < @place || ':'`
const chosenBy = (ids: string) => statement<[Asked], Carried>(`SELECT ${ROW} FROM households h WHERE h.id IN (${ids})`)

const inPlace = statement<[Pick<Asked, 'place'>], Carried>(`SELECT ${ROW} FROM households h WHERE ${IN_PLACE('h.region_code')}`)
const placeOfPackage = statement<[string], string>('SELECT region_code FROM exchange_packages WHERE id = ?')
const ofBatch = chosenBy('SELECT household_id FROM batch_items WHERE batch_id = @subject')

const BY_LINE: Record<string, ReturnType<typeof chosenBy>> = {
  'batch.names_printed': ofBatch,
  'batch.package_downloaded': ofBatch,
  'musdes.minutes_printed': chosenBy('SELECT household_id FROM musdes_results WHERE musdes_id = @subject'),
  'payment_list.printed': chosenBy('SELECT r.household_id FROM payments p JOIN recipients r ON r.id = p.recipient_id WHERE p.list_id = @subject AND p.region_code = @place'),
  'local_programme.printed': chosenBy("SELECT household_id FROM recipients WHERE programme IN ('blt', 'apbd') AND variant = @subject AND region_code = @place"),
  'rescue.printed': chosenBy(`SELECT household_id FROM rescue_cases WHERE period_id = @period AND region_code = @subject AND open > 0
    UNION SELECT household_id FROM rescue_cases WHERE period_id = @period AND region_code = @subject AND open = 0`),
  'crosscheck.printed': chosenBy(`SELECT household_id FROM crosscheck_findings WHERE status IN ('open', 'dismissed', 'settled') AND region_code = @subject AND sensitive = 0`),
  'period.differences_downloaded': chosenBy(`SELECT household_id FROM comparison_rows WHERE comparison_id IN (SELECT c.id FROM comparisons c JOIN snapshots f ON f.id = c.from_id
    JOIN snapshots t ON t.id = c.to_id WHERE f.period_id = @from AND t.period_id = @subject) AND ${IN_PLACE('region_code')}`),
  'breach.letters_printed': chosenBy('SELECT household_id FROM breach_households WHERE breach_id = @subject AND region_code = @place'),
}

const textOf = (value: unknown) => typeof value === 'string' ? value : ''

// Undefined where the line is of no list.
export function carriedBy(db: Db, { action, subject, details }: Line, reader: Reader): Carried[] | undefined {
  if (action === 'prelist.printed') return inPlace(db).all({ place: subject })
  if (action === 'numbers.printed') return [details.households ?? []].flat().flatMap((id) => byId(db).all(String(id)))
  if (action === 'exchange.package_downloaded') {
    const place = placeOfPackage(db).pluck().get(subject) as string | undefined
    return place === undefined ? [] : inPlace(db).all({ place })
  }
  if (action === 'recipients.printed') return printedRecipients(db, details as Partial<Filter>, reader)
  return BY_LINE[action]?.(db).all({ subject, place: textOf(details.village ?? details.region), from: textOf(details.from), period: textOf(details.period) })
}

const MOST_PRINTED = 1000
const byId = statement<[string], Carried>(`SELECT ${ROW} FROM households h WHERE h.id = ?`)

function printedRecipients(db: Db, { programme, q = '', region = '', state, phase, variant, period }: Partial<Filter>, reader: Reader): Carried[] {
  if (!programme || !(programme in PROGRAMMES) || !can(reader, 'programme.read')) return []
  const { rows } = listRecipients(db, reader, { programme, q, region, state, phase, variant, period }, undefined, MOST_PRINTED)
  return rows.flatMap(({ householdId }) => householdId === null ? [] : byId(db).all(householdId))
}
