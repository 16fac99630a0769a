import { isFree, officersOf } from '#app/assignments/listing.ts'
import { chosenRows, demandVillage, MOST_ROWS, villageRows } from '#app/assignments/publishing.ts'
import { moveStage } from '#app/households/moves.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Assignment = { key: string, village: string, officer: string, ids?: string[], count?: number }

// Gives free rows of a village to one officer: the chosen ones, or the first `count` (all, when left out).
export function assignRows(tx: Tx, { key, village, officer, ids, count = MOST_ROWS }: Assignment) {
  demand(tx.actor, 'prelist.assign')
  demandVillage(tx, village)
  const taker = officersOf(tx.db, village).find(({ id }) => id === officer)
  if (!taker) throw invalid({ officer: 'Pilih petugas yang aktif dan bertugas di desa/kelurahan ini.' })
  const chosen = ids ? chosenRows(tx, ids) : villageRows(tx, village, Math.min(count, MOST_ROWS), isFree())
  if (chosen.some(({ regionCode }) => regionCode !== village)) throw notFound('Sebagian rumah tangga yang dipilih')
  if (!isFirstTime(tx, key)) return undefined
  if (chosen.length === 0) throw conflict('Tidak ada baris yang belum dipegang petugas di desa/kelurahan ini.')
  for (const row of chosen) {
    if (row.stage !== 'published' && (row.stage !== 'deliberated' || row.officerId)) {
      throw conflict(`${row.headName} sedang pada tahap "${STAGE_WORDS[row.stage]}". Tidak ada yang ditugaskan; muat ulang daftar.`)
    }
    moveStage(tx, row, 'assigned', { subject: `officer:${officer}`, set: { officerId: officer } })
  }
  return { moved: chosen.length, officerName: taker.name }
}
