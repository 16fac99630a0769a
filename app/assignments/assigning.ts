import { officersOf } from '#app/assignments/listing.ts'
import { chosenRows, demandVillage } from '#app/assignments/publishing.ts'
import { moveStage } from '#app/households/moves.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Assignment = { key: string, village: string, officer: string, ids: string[] }

// Gives free rows of a village to one officer.
export function assignRows(tx: Tx, { key, village, officer, ids }: Assignment) {
  demand(tx.actor, 'prelist.assign')
  demandVillage(tx, village)
  const taker = officersOf(tx.db, village).find(({ id }) => id === officer)
  if (!taker) throw invalid({ officer: 'Pilih petugas yang aktif dan bertugas di desa/kelurahan ini.' })
  const chosen = chosenRows(tx, ids)
  if (chosen.some(({ regionCode }) => regionCode !== village)) throw notFound('Sebagian rumah tangga yang dipilih')
  if (!isFirstTime(tx, key)) return undefined
  for (const row of chosen) {
    if (row.stage !== 'published' && (row.stage !== 'deliberated' || row.officerId)) {
      throw conflict(`${row.headName} sedang pada tahap "${STAGE_WORDS[row.stage]}". Tidak ada yang ditugaskan; muat ulang daftar.`)
    }
    moveStage(tx, row, 'assigned', { subject: `officer:${officer}`, set: { officerId: officer } })
  }
  return { moved: chosen.length, officerName: taker.name }
}
