import { listDue, monthName } from '#app/local/payments.ts'
import { getLocal } from '#app/local/programmes.ts'
import { listLocalRecipients } from '#app/local/recipients.ts'
import { notFound } from '#app/problems.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { pathTo } from '#app/regions/regions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Tx } from '#db/transaction.ts'

const MOST = 2000

// The list of a desa to be signed at the village office: with a month, who is paid for it; without, who is proposed or receives. Names on
// paper leave the system, so printing is on record.
export function printLocal(tx: Tx, id: string, { village, month }: { village: string, month?: string }) {
  const local = getLocal(tx, id)
  if (village.length !== VILLAGE || !isWithin(village, tx.actor) || !village.startsWith(local.regionCode)) throw notFound('Desa')
  const { rows, next } = month ? listDue(tx, id, { month, region: village }, undefined, MOST) : standing(tx, id, village)
  tx.audit('local_programme.printed', id, { village, rows: rows.length, ...(month && { month }) })
  const names = pathTo(tx.db, village).map(({ name }) => name)
  return { local, village, name: names.at(-1)!, places: names, monthName: month && monthName(month), rows: rows.map(({ name, nik, kkNumber, address, state }) => ({ name, nik, kkNumber, address, isProposed: state === 'proposed' || state === 'agreed' })), whole: next === undefined, printedAt: tx.now, printedBy: tx.actor.name }
}
export type LocalPaper = ReturnType<typeof printLocal>

function standing(tx: Tx, id: string, village: string) {
  const { rows, next } = listLocalRecipients(tx, id, { region: village }, undefined, MOST)
  return { rows: rows.filter(({ phase }) => phase !== 'ended'), next }
}
