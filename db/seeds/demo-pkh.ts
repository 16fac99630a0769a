import { and, asc, eq, inArray } from 'drizzle-orm'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import { askForRun } from '#app/eligibility/runs.ts'
import { readVerification, recordCommitments, VERIFIED_IN } from '#app/pkh/commitments.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { recipients } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

// Every fourth family is left to be verified; of the others one in three has somebody who stayed away too often.
export function tellCommitments({ db, people: { dinsos }, daysAgo }: Demo) {
  const random = randomFrom(3107)
  const ids = db.select({ id: recipients.id }).from(recipients).where(and(eq(recipients.programme, 'pkh'), inArray(recipients.state, [...VERIFIED_IN]))).orderBy(asc(recipients.id)).limit(100).all()
  let families = 0
  for (const { id } of ids) {
    const at = daysAgo(3)
    const { asked, period } = readVerification({ db, actor: dinsos! }, id, at.toISOString())
    if (asked.length === 0 || !period) continue
    families += 1
    if (families % 4 === 0) continue
    const stayedAway = families % 3 === 0
    transact(db, dinsos!, (tx) => recordCommitments(tx, id, random.uuid(), period.id, asked.map(({ seq, place }, i) =>
      ({ seq, ...(place === 'school' ? { due: '60', attended: stayedAway && i === 0 ? '38' : '58' } : { due: '2', attended: stayedAway && i === 0 ? '0' : '2' }), note: stayedAway && i === 0 ? 'Ikut orang tua bekerja di luar kota' : '' }))), at)
  }
}

// What the rules as they are come to, and one trial of them.
export async function tellEligibility({ db, people: { dinsos }, villages, daysAgo }: Demo) {
  const region = regencyOf(villages[0]!)
  const random = randomFrom(2108)
  transact(db, dinsos!, (tx) => askForRun(tx, { id: random.uuid(), programme: 'pkh', region, name: 'PKH menurut aturan yang berlaku' }), daysAgo(2))
  transact(db, dinsos!, (tx) => askForRun(tx, { id: random.uuid(), programme: 'sembako', region, name: 'Sembako, desil sampai 3, 30 keluarga tiap desa', trial: { desilMax: 3, quotaVillage: 30 } }), daysAgo(1))
  workOnRuns(db)
  await runsDone(db)
}
