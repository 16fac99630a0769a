import { and, asc, eq, inArray } from 'drizzle-orm'
import { isInactive } from '#app/households/living.ts'
import { moveStage } from '#app/households/moves.ts'
import { STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import { households, regions } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// One act moves so many rows at most.
const MOST_ROWS = 2000

export type Chosen = { key: string, ids: string[], note: string }

const MOVED = { id: households.id, regionCode: households.regionCode, stage: households.stage, headName: households.headName, officerId: households.officerId }

// A desa/kelurahan of the actor; any other is not found.
export function demandVillage({ db, actor }: Pick<Tx, 'db' | 'actor'>, code: string) {
  const village = db.select().from(regions).where(and(eq(regions.code, code), eq(regions.level, 4), within(regions.code, actor))).get()
  if (!village) throw notFound('Desa/kelurahan')
  return village
}

// The chosen rows, all of them in scope or none: a wrong id in a list is not passed over in silence.
export function chosenRows(tx: Tx, ids: string[]) {
  if (ids.length === 0) throw invalid({ household: 'Pilih paling sedikit satu baris.' })
  if (ids.length > MOST_ROWS) throw invalid({ household: `Paling banyak ${MOST_ROWS} baris sekaligus.` })
  const wanted = [...new Set(ids)]
  const rows = tx.db.select(MOVED).from(households)
    .where(and(within(households.regionCode, tx.actor), inArray(households.id, wanted))).orderBy(asc(households.number)).all()
  if (rows.length < wanted.length) throw notFound('Sebagian rumah tangga yang dipilih')
  return rows
}

const demandStages = (rows: { headName: string, stage: Stage }[], allowed: Stage[]) => {
  const other = rows.find(({ stage }) => !allowed.includes(stage))
  if (other) throw conflict(`${other.headName} sedang pada tahap "${STAGE_WORDS[other.stage]}". Tidak ada yang diubah; muat ulang daftar.`)
}

// Takes rows away from their officers, back to the published ones. The officer reads the note.
export function revokeRows(tx: Tx, { key, ids, note }: Chosen) {
  demand(tx.actor, 'prelist.revoke')
  const rows = chosenRows(tx, ids)
  if (!isFirstTime(tx, key)) return undefined
  demandStages(rows, ['assigned', 'downloaded', 'deliberated', 'returned'])
  for (const row of rows) {
    moveStage(tx, row, 'published', { note, subject: row.officerId ? `revoked:${row.officerId}` : undefined, set: { officerId: null } })
  }
  return rows.length
}

// The prelist becomes visible to the officers of its desa.
export function publishRows(tx: Tx, { key, ids }: Pick<Chosen, 'key' | 'ids'>) {
  demand(tx.actor, 'prelist.publish')
  const rows = chosenRows(tx, ids)
  if (!isFirstTime(tx, key)) return undefined
  demandStages(rows, ['listed'])
  for (const row of rows) moveStage(tx, row, 'published')
  return rows.length
}

// Rows that should never have been in the prelist leave the work list before anybody sees them.
export function withdrawRows(tx: Tx, { key, ids, note }: Chosen) {
  demand(tx.actor, 'prelist.publish')
  const rows = chosenRows(tx, ids)
  if (!isFirstTime(tx, key)) return undefined
  demandStages(rows, ['listed'])
  for (const row of rows) moveStage(tx, row, 'withdrawn', { note })
  return rows.length
}

// Back to the rows that wait to be published, should leaving the prelist have been a mistake. One that left the registry comes back
// by a usulan.
export function reinstateRows(tx: Tx, { key, ids, note }: Chosen) {
  demand(tx.actor, 'prelist.publish')
  const rows = chosenRows(tx, ids)
  if (!isFirstTime(tx, key)) return undefined
  demandStages(rows, ['withdrawn'])
  const gone = rows.find(({ id }) => isInactive(tx.db, id))
  if (gone) throw conflict(`${gone.headName} nonaktif di registri. Ajukan pengaktifan kembali dahulu. Tidak ada yang diubah.`)
  for (const row of rows) moveStage(tx, row, 'listed', { note })
  return rows.length
}
