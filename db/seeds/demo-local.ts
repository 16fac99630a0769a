import { confirmMinutes, seenNow } from '#app/local/deciding.ts'
import { listFamilies } from '#app/local/families.ts'
import { recordPayments } from '#app/local/payments.ts'
import { addLocal } from '#app/local/programmes.ts'
import { proposeFamilies } from '#app/local/recipients.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { paperFor } from '#db/seeds/demo-batches.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

const RECEIVING = 8
const PROPOSED = 3

// BLT of the first desa, paid until last month, with some families that are still to be confirmed; and aid of the kabupaten that a desa
// has agreed on and Dinsos has to grant.
export async function tellLocal(demo: Demo) {
  const { db, people, villages, daysAgo } = demo
  const uuid = randomFrom(1414).uuid
  const [village] = villages as [string]
  const { operator, dinsos } = people as { operator: Actor, dinsos: Actor }
  const today = daysAgo(0).toISOString().slice(0, 10)
  const year = today.slice(0, 4)
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
  const [blt, apbd] = [uuid(), uuid()]
  transact(db, operator, (tx) => addLocal(tx, { id: blt, programme: 'blt', name: `BLT Dana Desa ${year}`, regionCode: village, startsOn: `${year}-01`, endsOn: `${year}-12`, amount: 300_000, basis: `Peraturan Kalurahan 5/${Number(year) - 1}` }), daysAgo(40))
  transact(db, dinsos, (tx) => addLocal(tx, { id: apbd, programme: 'apbd', name: `Bantuan lansia tunggal ${year}`, regionCode: regencyOf(village), startsOn: `${year}-01`, endsOn: `${year}-12`, amount: 200_000, basis: '' }), daysAgo(39))
  const choose = (id: string, count: number, days: number) => transact(db, operator, (tx) => {
    const families = listFamilies(tx, id, { village, q: '', aid: 'none' }, today).rows.slice(0, count).map(({ householdId, familySeq }) => ({ householdId, familySeq }))
    if (families.length > 0) proposeFamilies(tx, id, { key: uuid(), families, reason: '' })
    return families.length
  }, daysAgo(days))
  const decide = async (id: string, number: string, days: number) => {
    const minutes = await paperFor(demo, 'minutes', 'berita-acara.pdf', ['BERITA ACARA MUSYAWARAH DESA KHUSUS (CONTOH)', `Nomor ${number}`])
    const date = daysAgo(days + 1).toISOString().slice(0, 10)
    transact(db, operator, (tx) => confirmMinutes(tx, id, village, { id: uuid(), number, date, fromMonth: `${year}-01`, seen: seenNow(tx, id, village, 'proposed') }, minutes), daysAgo(days))
  }
  if (choose(blt, RECEIVING, 38) > 0) await decide(blt, `141/11/${year}`, 36)
  for (const month of months.filter((one) => one < today.slice(0, 7))) transact(db, operator, (tx) => recordPayments(tx, blt, { key: uuid(), month, paidOn: daysAgo(30).toISOString().slice(0, 10), recipients: 'all', region: '' }), daysAgo(30))
  choose(blt, PROPOSED, 5)
  if (choose(apbd, 2, 12) > 0) await decide(apbd, `141/13/${year}`, 10)
}
