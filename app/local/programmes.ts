import { and, desc, eq, or, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import type { LocalCode } from '#app/programmes/programme.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { DISTRICT, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { localPayments, localProgrammes } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export { LOCAL_CODES } from '#db/schema/programmes.ts'
export type LocalProgramme = typeof localProgrammes.$inferSelect
export type Reader = Pick<Tx, 'db' | 'actor'>

// What a kabupaten gives is also seen by whoever works in a part of it; of the families only by their place.
const reaches = (actor: Actor, code: string) => isWithin(code, actor) || actor.regions.some((own) => own.startsWith(code))

export function getLocal({ db, actor }: Reader, id: string): LocalProgramme {
  demand(actor, 'programme.read')
  const found = db.select().from(localProgrammes).where(eq(localProgrammes.id, id)).get()
  if (!found || !reaches(actor, found.regionCode)) throw notFound('Program')
  return found
}

// BLT is the desa's, but its Dinsos may keep it for a desa that has nobody; aid of the kabupaten is for Dinsos alone.
export const owns = (actor: Actor, { regionCode }: Pick<LocalProgramme, 'regionCode'>) => can(actor, 'local.manage') && isWithin(regionCode, actor)

export function demandOwner(actor: Actor, found: LocalProgramme) {
  demand(actor, 'local.manage')
  if (!owns(actor, found)) throw notFound('Program')
}

// Whose money it is keeps the record of what was paid.
export function demandPayer(actor: Actor, found: LocalProgramme) {
  demand(actor, 'local.manage')
  if (!owns(actor, found)) throw forbidden('Pembayaran bantuan APBD dicatat Dinsos.')
}

export const isRunning = ({ closedAt, finishedAt }: Pick<LocalProgramme, 'closedAt' | 'finishedAt'>) => closedAt === null && finishedAt === null

export function demandRunning(found: LocalProgramme) {
  if (!isRunning(found)) throw conflict('Program ini sudah berakhir.')
}

const PAGE = 50
export type LocalPlace = { startsOn: string, id: string }
export type LocalFilter = { region: string, kind?: LocalCode }

// Those of the reader's places and of the kabupaten they lie in, the newest first, with how many receive and what was paid.
export function listLocal(db: Db, actor: Actor, { region, kind }: LocalFilter, after?: LocalPlace, limit = PAGE) {
  demand(actor, 'programme.read')
  const codes = regionsIn(actor, region)
  const above = [...new Set(codes.filter((code) => code.length > REGENCY).map((code) => code.slice(0, REGENCY)))]
  const rows = db.select().from(localProgrammes).where(and(or(within(localProgrammes.regionCode, { regions: codes }), ...above.map((code) => eq(localProgrammes.regionCode, code))),
    kind && eq(localProgrammes.programme, kind), after && sql`(${localProgrammes.startsOn}, ${localProgrammes.id}) < (${after.startsOn}, ${after.id})`))
    .orderBy(desc(localProgrammes.startsOn), desc(localProgrammes.id)).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => ({ ...row, owner: names.get(row.regionCode)!, ...standingOf(db, actor, row.id, region) })),
    next: rows.length > limit && last ? { startsOn: last.startsOn, id: last.id } : undefined,
  }
}
export type ListedLocal = ReturnType<typeof listLocal>['rows'][number]

const counted = statement<[string, string, string], { state: string, n: number }>(`SELECT state, count(*) AS n FROM recipients INDEXED BY recipients_of_local
  WHERE programme IN ('blt', 'apbd') AND variant = ? AND region_code >= ? AND region_code < ? GROUP BY state`)
const paid = statement<[string, string, string], { payments: number, amount: number }>(`SELECT count(*) AS payments, coalesce(sum(amount), 0) AS amount FROM local_payments INDEXED BY local_payments_by_programme
  WHERE cancelled_at IS NULL AND programme_id = ? AND region_code >= ? AND region_code < ?`)

export type Standing = { states: Record<string, number>, payments: number, amountPaid: number }

// Of the reader's own places, within region when it is given.
export function standingOf(db: Db, actor: Actor, id: string, region = ''): Standing {
  const standing: Standing = { states: {}, payments: 0, amountPaid: 0 }
  for (const code of regionsIn(actor, region)) {
    for (const { state, n } of counted(db).all(id, code, `${code}:`)) standing.states[state] = (standing.states[state] ?? 0) + n
    const { payments, amount } = paid(db).get(id, code, `${code}:`)!
    standing.payments += payments
    standing.amountPaid += amount
  }
  return standing
}

export type LocalFacts = Pick<LocalProgramme, 'name' | 'startsOn' | 'endsOn' | 'amount' | 'basis'>
export type NewLocal = LocalFacts & Pick<LocalProgramme, 'id' | 'programme' | 'regionCode'>

// The third part of a code tells a desa (2) from a kelurahan (1), which has no Dana Desa.
const isKelurahan = (code: string) => code.length === VILLAGE && code[DISTRICT + 1] === '1'

function refuseMistakes({ startsOn, endsOn }: LocalFacts) {
  if (endsOn < startsOn) throw invalid({ endsOn: 'Bulan terakhir mendahului bulan pertama.' })
  if (endsOn.slice(0, 4) !== startsOn.slice(0, 4)) throw invalid({ endsOn: 'Satu program untuk satu tahun anggaran. Buat program baru untuk tahun berikutnya.' })
}

// id comes with the form: the same form twice is one programme.
export function addLocal(tx: Tx, fresh: NewLocal): LocalProgramme {
  demand(tx.actor, 'local.manage')
  const known = tx.db.select().from(localProgrammes).where(eq(localProgrammes.id, fresh.id)).get()
  if (known) return getLocal(tx, known.id)
  const wanted = fresh.programme === 'blt' ? VILLAGE : REGENCY
  if (fresh.regionCode.length !== wanted || !isWithin(fresh.regionCode, tx.actor) || !findRegion(tx.db, fresh.regionCode)) {
    throw invalid({ region: fresh.programme === 'blt' ? 'Pilih desa pemilik program.' : 'Bantuan APBD dibuat Dinsos untuk kabupaten/kotanya. Pilih kabupaten/kota.' })
  }
  if (fresh.programme === 'blt' && isKelurahan(fresh.regionCode)) throw invalid({ region: 'Kelurahan tidak mempunyai Dana Desa. Pilih desa.' })
  refuseMistakes(fresh)
  tx.db.insert(localProgrammes).values({ ...fresh, madeBy: tx.actor.id, madeAt: tx.now }).run()
  tx.audit('local_programme.added', fresh.id, { programme: fresh.programme, name: fresh.name, region: fresh.regionCode, startsOn: fresh.startsOn, endsOn: fresh.endsOn, amount: fresh.amount })
  return getLocal(tx, fresh.id)
}

const hasPaid = (db: Db, id: string) => db.select({ id: localPayments.id }).from(localPayments).where(and(eq(localPayments.programmeId, id), sql`cancelled_at IS NULL`)).limit(1).get() !== undefined

// What has been paid has been paid so much, for those months: then only the name, the ground and a later end may change.
export function editLocal(tx: Tx, id: string, { revision, ...facts }: LocalFacts & { revision: number }): LocalProgramme {
  const before = getLocal(tx, id)
  demandOwner(tx.actor, before)
  const names = ['name', 'startsOn', 'endsOn', 'amount', 'basis'] as const
  const differing = names.filter((name) => before[name] !== facts[name])
  if (differing.length === 0) return before
  demandRunning(before)
  if (before.revision !== revision) throw conflict('Program ini sudah diubah orang lain sejak dibuka. Muat ulang dan periksa lagi.')
  refuseMistakes(facts)
  if (hasPaid(tx.db, id)) {
    if (facts.amount !== before.amount) throw invalid({ amount: 'Sudah ada pembayaran yang dicatat, jadi besarnya tidak dapat diubah. Batalkan pembayarannya dahulu.' })
    if (facts.startsOn !== before.startsOn || facts.endsOn < before.endsOn) throw invalid({ startsOn: 'Sudah ada pembayaran yang dicatat, jadi bulannya hanya dapat diperpanjang.' })
  }
  const after = tx.db.update(localProgrammes).set({ ...facts, revision: revision + 1 }).where(eq(localProgrammes.id, id)).returning().get()
  tx.audit('local_programme.changed', id, { fields: differing, before: Object.fromEntries(differing.map((name) => [name, before[name]])) })
  return after
}

// Ended before its time. Its recipients are ended beside the requests (finishing.ts).
export function closeLocal(tx: Tx, id: string, note: string) {
  const found = getLocal(tx, id)
  demandOwner(tx.actor, found)
  if (found.closedAt) return
  demandRunning(found)
  if (note.length < 5) throw invalid({ note: 'Tuliskan alasannya.' })
  tx.db.update(localProgrammes).set({ closedBy: tx.actor.id, closedAt: tx.now, closedNote: note }).where(eq(localProgrammes.id, id)).run()
  tx.audit('local_programme.closed', id, { note })
}

// The months it pays for: "2026-01", …
export function monthsIn({ startsOn, endsOn }: Pick<LocalProgramme, 'startsOn' | 'endsOn'>): string[] {
  const year = startsOn.slice(0, 4)
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`).filter((month) => month >= startsOn && month <= endsOn)
}
