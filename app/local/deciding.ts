import { and, desc, eq, or } from 'drizzle-orm'
import { attach, listAttachments } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { regionsIn } from '#app/households/filter.ts'
import { demandOwner, demandRunning, getLocal, monthsIn, standingOf, type LocalProgramme, type Reader } from '#app/local/programmes.ts'
import { moveRecipient, recipientOf, type Recipient } from '#app/programmes/recipients.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { localDecisions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Decision = typeof localDecisions.$inferSelect
export type Deciding = Pick<Decision, 'id' | 'number' | 'date' | 'fromMonth'> & { seen: string, families?: number }

type Waiting = { id: string, stateAt: string }
const waitingIn = statement<[string, string, string, string, number], Waiting>(`SELECT r.id, r.state_at AS stateAt FROM recipients r INDEXED BY recipients_of_local
  WHERE r.programme IN ('blt', 'apbd') AND r.variant = ? AND r.region_code >= ? AND r.region_code < ? AND r.state = ? ORDER BY r.region_code, r.name, r.id LIMIT ?`)
// What one letter writes: so few that a page asked for in between does not wait for it.
export const MOST_AT_ONCE = 500

// Which list was on the screen: how many, and when the last of them came to it.
const listSeen = (rows: Waiting[]) => `${rows.length}.${rows.reduce((last, { stateAt }) => stateAt > last ? stateAt : last, '')}`
const waiting = ({ db }: Reader, id: string, region: string, state: string) => waitingIn(db).all(id, region, `${region}:`, state, MOST_AT_ONCE)
export const seenNow = (reader: Reader, id: string, region: string, state: string) => listSeen(waiting(reader, id, region, state))

function refuseMistakes(tx: Tx, local: LocalProgramme, { date, fromMonth }: Deciding) {
  if (date > dayOf(tx.now, zoneOf(local.regionCode))) throw invalid({ date: 'Tanggal ini belum tiba.' })
  if (!monthsIn(local).includes(fromMonth)) throw invalid({ fromMonth: 'Pilih bulan dari masa program.' })
}

const known = ({ db }: Reader, id: string): Decision | undefined => db.select().from(localDecisions).where(eq(localDecisions.id, id)).get()

// The minutes of a desa: whom it proposed receives BLT, or is agreed on for aid that the kabupaten still has to grant. The same form twice is one.
export function confirmMinutes(tx: Tx, id: string, village: string, deciding: Deciding, minutes?: ReceivedFile): Decision {
  demand(tx.actor, 'local.manage')
  const local = getLocal(tx, id)
  if (village.length !== VILLAGE || !isWithin(village, tx.actor) || !village.startsWith(local.regionCode)) throw notFound('Desa')
  const before = known(tx, deciding.id)
  if (before) return before
  demandRunning(local)
  refuseMistakes(tx, local, deciding)
  if (!minutes) throw invalid({ minutes: 'Unggah berita acara yang sudah ditandatangani.' })
  const rows = waiting(tx, id, village, 'proposed')
  const to = local.programme === 'blt' ? 'active' : 'agreed'
  return decide(tx, local, { kind: 'minutes', regionCode: village, rows, to }, deciding, minutes)
}

// The letter of Dinsos grants what the desa have agreed on, in all of its kabupaten; never by who confirmed the minutes.
export function grantAgreed(tx: Tx, id: string, deciding: Deciding, letter?: ReceivedFile): Decision {
  demand(tx.actor, 'local.grant')
  const local = getLocal(tx, id)
  demandOwner(tx.actor, local)
  const before = known(tx, deciding.id)
  if (before) return before
  if (local.programme === 'blt') throw conflict('BLT Desa ditetapkan dengan berita acara musyawarah desa.')
  demandRunning(local)
  refuseMistakes(tx, local, deciding)
  const rows = waiting(tx, id, local.regionCode, 'agreed')
  if (rows.some(({ id: one }) => recipientOf(tx.db, one)!.data.confirmedBy === tx.actor.id)) throw forbidden('Penetapan harus dilakukan petugas Dinsos lain daripada yang mengonfirmasi berita acaranya.')
  return decide(tx, local, { kind: 'letter', regionCode: local.regionCode, rows, to: 'active' }, deciding, letter)
}

type Step = { kind: Decision['kind'], regionCode: string, rows: Waiting[], to: 'active' | 'agreed' }

function decide(tx: Tx, local: LocalProgramme, { kind, regionCode, rows, to }: Step, { id, number, date, fromMonth, seen }: Deciding, paper?: ReceivedFile): Decision {
  if (rows.length === 0) throw conflict('Tidak ada keluarga yang menunggu. Muat ulang halaman.')
  if (seen !== listSeen(rows)) throw conflict('Daftarnya sudah berubah sejak dibuka. Muat ulang, cocokkan lagi dengan berita acaranya, lalu kirim.')
  const made = tx.db.insert(localDecisions).values({ id, programmeId: local.id, kind, regionCode, number, date, fromMonth, families: rows.length, madeBy: tx.actor.id, madeAt: tx.now }).returning().get()
  if (paper) attach(tx, id, paper, { subject: `local-decision:${id}`, regionCode })
  const note = `${kind === 'minutes' ? 'Berita acara' : 'Surat'} ${number} tanggal ${inWords(date)}`
  for (const { id: recipientId } of rows) enter(tx, recipientOf(tx.db, recipientId)!, to, { cause: `local-decision:${id}`, note }, fromMonth)
  tx.audit(kind === 'minutes' ? 'local_programme.minutes_confirmed' : 'local_programme.granted', local.id, { region: regionCode, number, date, families: rows.length, ...(paper && { sha256: paper.sha256 }) })
  return made
}

const enter = (tx: Tx, recipient: Recipient, to: Step['to'], why: { cause: string, note: string }, fromMonth: string) => to === 'active'
  ? moveRecipient(tx, recipient, to, why, { startedOn: `${fromMonth}-01` })
  : moveRecipient(tx, recipient, to, why, { data: { confirmedBy: tx.actor.id } })

export const MOST_SHOWN = 200

// The newest first, of the reader's places within region, and the letters of Dinsos, each with its paper.
export function decisionsOf(reader: Reader, id: string, region: string) {
  const { db, actor } = reader
  const rows = db.select({ decision: localDecisions, by: users.name }).from(localDecisions).leftJoin(users, eq(users.id, localDecisions.madeBy))
    .where(and(eq(localDecisions.programmeId, id), or(eq(localDecisions.kind, 'letter'), within(localDecisions.regionCode, { regions: regionsIn(actor, region) })))).orderBy(desc(localDecisions.madeAt)).limit(MOST_SHOWN).all()
  const names = regionNames(db, rows.map(({ decision }) => decision.regionCode))
  return rows.map(({ decision, by }) => ({ ...decision, by: by ?? decision.madeBy, place: names.get(decision.regionCode)!, paper: listAttachments(db, actor, `local-decision:${decision.id}`)[0]?.id }))
}
export type ListedDecision = ReturnType<typeof decisionsOf>[number]

// What the confirming form of a desa, or the granting one of Dinsos, says it is about.
export const waitingFor = (reader: Reader, local: LocalProgramme, region: string, state: 'proposed' | 'agreed') => {
  const count = standingOf(reader.db, reader.actor, local.id, region).states[state] ?? 0
  return { count, atOnce: Math.min(count, MOST_AT_ONCE), seen: seenNow(reader, local.id, region, state) }
}

const agreedIn = statement<[string, string], { n: number }>("SELECT count(*) AS n FROM recipients WHERE programme = 'apbd' AND state = 'agreed' AND region_code >= ? AND region_code < ?")

// Families of all desa that wait for the letter of Dinsos.
export const countAgreed = (db: Db, { regions }: Pick<Actor, 'regions'>): number => regions.reduce((sum, code) => sum + agreedIn(db).get(code, `${code}:`)!.n, 0)
