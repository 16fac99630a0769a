import { and, asc, eq } from 'drizzle-orm'
import { recordMusdes } from '#app/musdes/musdes.ts'
import { proposeHousehold } from '#app/musdes/proposals.ts'
import { recordResults } from '#app/musdes/results.ts'
import { households } from '#db/schema/index.ts'
import { paperFor } from '#db/seeds/demo-batches.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

const ROWS = 14
const FOUND = { musdesHouseholdStatus: '1', isWellOff: 'false', anyMemberWorking: 'true', headEmploymentStatus: '6', anyMemberDisabled: 'false' }

// One village meeting half through its list, one that has yet to be held: the operator goes on from there.
export async function tellMusdes(demo: Demo, daysAgo: number) {
  const { db, random, people, villages } = demo
  const [regionCode] = villages as [string]
  const operator = people.operator!
  const id = random.uuid()
  const minutes = await paperFor(demo, 'minutes', 'berita-acara-musdes.pdf', ['BERITA ACARA MUSYAWARAH DESA (CONTOH)', 'Nomor 140/07/2026'])
  const at = demo.daysAgo(daysAgo)
  transact(db, operator, (tx) => recordMusdes(tx, {
    id, regionCode, heldOn: at.toISOString().slice(0, 10), startedAt: '09:00', endedAt: '12:15', place: 'Balai Kalurahan', chairName: 'Sutrisno Raharjo',
    chairPosition: 'Lurah', minutesNumber: '140/07/2026',
    attendance: { rwInvited: 6, rwPresent: 5, rtInvited: 24, rtPresent: 21, men: 26, women: 17, communityLeaders: 4, religiousLeaders: 2, officials: 5, others: 1 },
  }, [minutes]), at)
  const rows = db.select({ id: households.id }).from(households)
    .where(and(eq(households.regionCode, regionCode), eq(households.stage, 'published'))).orderBy(asc(households.number)).limit(ROWS).all()
  const entries = rows.map((row, i) => ({
    id: row.id, seen: '', duplicateOf: '', note: i === 5 ? 'Pindah ke Kulon Progo tahun lalu' : '',
    fields: i === 5 ? { musdesHouseholdStatus: '2', notFoundReason: '1' } : FOUND,
  }))
  transact(db, operator, (tx) => recordResults(tx, id, entries), new Date(at.getTime() + 3_600_000))
  transact(db, operator, (tx) => proposeHousehold(tx, id, {
    id: random.uuid(), slsName: 'RT 04 Dusun Ngentak', note: 'Diusulkan ketua RT', splitsOff: false,
    fields: { ...FOUND, musdesHouseholdStatus: '4', headName: 'Tumijan', headSex: '1', headSpouseName: 'Sarinem', address: 'Ngentak RT 04' },
  }), new Date(at.getTime() + 7_200_000))
}
