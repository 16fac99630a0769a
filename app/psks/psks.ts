import { and, asc, desc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import { auditHistory } from '#app/psks/history.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findRegion, pathTo } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { psks } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Psks = typeof psks.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

export function getPsks({ db, actor }: Reader, id: string): Psks {
  demand(actor, 'programme.read')
  const found = db.select().from(psks).where(and(eq(psks.id, id), within(psks.regionCode, actor))).get()
  if (!found) throw notFound('PSKS')
  return found
}

export const viewPsks = (reader: Reader, id: string) => {
  const found = getPsks(reader, id)
  return { found, places: pathTo(reader.db, found.regionCode).map(({ name }) => name).reverse(), history: auditHistory(reader.db, id) }
}
export type PsksView = ReturnType<typeof viewPsks>

// The name alone, for who reads a referral; with a region only if it may serve that kabupaten/kota.
export const findPsks = (db: Db, id: string, regionCode?: string) => db.select({ id: psks.id, name: psks.name }).from(psks)
  .where(and(eq(psks.id, id), regionCode ? under(psks.regionCode, regencyOf(regionCode)) : undefined)).get()

// To whom one may refer from this place: what is active in its kabupaten/kota, institutions first.
export const referableFrom = (db: Db, regionCode: string, today: string) => db.select({ id: psks.id, name: psks.name, kind: psks.kind }).from(psks)
  .where(and(under(psks.regionCode, regencyOf(regionCode)), lte(psks.activeFrom, today), or(isNull(psks.activeTo), gte(psks.activeTo, today))))
  .orderBy(desc(psks.institution), asc(psks.name), asc(psks.id)).limit(300).all()

export type PsksFacts = Pick<Psks, 'kind' | 'regionCode' | 'name' | 'contactName' | 'phone' | 'address' | 'certificate' | 'activeFrom' | 'note'>

function refuseMistakes(tx: Tx, { kind, regionCode, activeFrom }: PsksFacts, before?: Psks) {
  const word = wordsOn(tx.db, 'ppks', 'psks_kind', dayOf(tx.now)).find(({ code }) => code === kind)
  const wrong: Record<string, string> = {}
  if (!word && before?.kind !== kind) wrong.kind = 'Pilih jenis PSKS.'
  if (!isWithin(regionCode, tx.actor) || !findRegion(tx.db, regionCode)) wrong.region = 'Pilih wilayah di dalam wilayah kerja Anda.'
  if (before?.activeTo && activeFrom > before.activeTo) wrong.activeFrom = 'Mulai aktif tidak boleh sesudah tanggal berakhirnya.'
  if (Object.keys(wrong).length) throw invalid(wrong)
  return word ? word.kind === 'institution' : before?.institution ?? false
}

export function addPsks(tx: Tx, { key, ...facts }: PsksFacts & { key: string }): Psks {
  demand(tx.actor, 'psks.manage')
  if (!isFirstTime(tx, key)) return getPsks(tx, key)
  const institution = refuseMistakes(tx, facts)
  const added = tx.db.insert(psks).values({ ...facts, id: key, institution, addedBy: tx.actor.id, addedAt: tx.now }).returning().get()
  tx.audit('psks.added', key, { name: facts.name, kind: facts.kind, regionCode: facts.regionCode })
  return added
}

function refuseStale(before: Psks, revision: number) {
  if (before.revision !== revision) throw conflict('Data ini sudah diubah orang lain sejak dibuka. Muat ulang dan periksa lagi.')
}

const WORDS: Record<keyof PsksFacts, string> = {
  kind: 'jenis', regionCode: 'wilayah', name: 'nama', contactName: 'narahubung', phone: 'telepon', address: 'alamat', certificate: 'sertifikat', activeFrom: 'mulai aktif', note: 'catatan',
}

export function editPsks(tx: Tx, id: string, { key, revision, ...facts }: PsksFacts & { key: string, revision: number }): Psks {
  demand(tx.actor, 'psks.manage')
  const before = getPsks(tx, id)
  if (!isFirstTime(tx, key)) return before
  refuseStale(before, revision)
  const institution = refuseMistakes(tx, facts, before)
  const names = Object.keys(WORDS) as (keyof PsksFacts)[]
  const differing = names.filter((name) => before[name] !== facts[name])
  if (differing.length === 0) return before
  const after = tx.db.update(psks).set({ ...facts, institution, revision: revision + 1 }).where(eq(psks.id, id)).returning().get()
  tx.audit('psks.changed', id, { fields: differing.map((name) => WORDS[name]), before: Object.fromEntries(differing.map((name) => [name, before[name]])) })
  return after
}

export type Ending = { key: string, revision: number, activeTo: string, endReason: string }

// Ended, never taken away: referrals of the past keep the name.
export function endPsks(tx: Tx, id: string, { key, revision, activeTo, endReason }: Ending): Psks {
  demand(tx.actor, 'psks.manage')
  const before = getPsks(tx, id)
  if (!isFirstTime(tx, key)) return before
  refuseStale(before, revision)
  if (before.activeTo !== null) throw conflict('PSKS ini sudah diakhiri.')
  if (activeTo < before.activeFrom) throw invalid({ activeTo: 'Tanggal akhir tidak boleh sebelum mulai aktif.' })
  const ended = tx.db.update(psks).set({ activeTo, endReason, revision: revision + 1 }).where(eq(psks.id, id)).returning().get()
  tx.audit('psks.ended', id, { activeTo, reason: endReason })
  return ended
}

export const isActiveOn = ({ activeTo }: Pick<Psks, 'activeTo'>, day: string) => activeTo === null || activeTo >= day
export const activeThen = (day: string) => sql`(${psks.activeTo} IS NULL OR ${psks.activeTo} >= ${day})`
