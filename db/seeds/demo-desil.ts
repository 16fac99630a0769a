import { Readable } from 'node:stream'
import { snapshotsDone, workOnSnapshot } from '#app/dtsen/snapshot-work.ts'
import { confirmSnapshot, openSnapshot } from '#app/dtsen/snapshots.ts'
import { keep, spool } from '#app/files/store.ts'
import { families, households, members } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { and, asc, eq } from 'drizzle-orm'

type Family = { kk: string, nik: string | null, regionCode: string, desil: number }

// Two quarters of DTSEN for the kabupaten: most families are in both, some moved, some are unknown on either side.
export async function tellDesil(demo: Demo) {
  const random = randomFrom(4711)
  const first = familiesOf(demo).filter(() => random.chance(0.92)).map((family): Family => ({ ...family, desil: Math.min(random.between(1, 10), random.between(1, 10)) }))
  const strangers = demo.villages.flatMap((regionCode, village) => Array.from({ length: 4 }, (_, n): Family =>
    ({ kk: `990201150310${9001 + village * 10 + n}`, nik: null, regionCode, desil: random.between(1, 4) })))
  const step = (family: Family) => ({ ...family, desil: Math.max(1, Math.min(10, family.desil + random.pick([-2, -1, 1, 2]))) })
  const moved = first.filter(() => random.chance(0.97)).map((family) => random.chance(0.7) ? family : step(family))
  await bring(demo, [...first, ...strangers], { label: 'v1', source: 'BPS, DTSEN triwulan I', days: 110 })
  await bring(demo, [...moved, ...strangers.slice(6)], { label: 'v2', source: 'BPS, DTSEN triwulan II', days: 20 })
}

const familiesOf = ({ db }: Demo): Omit<Family, 'desil'>[] => db.select({ kk: families.kkNumber, nik: members.nik, regionCode: households.regionCode }).from(families)
  .innerJoin(households, eq(households.id, families.householdId))
  .leftJoin(members, and(eq(members.householdId, families.householdId), eq(members.familySeq, families.seq), eq(members.seq, 1)))
  .orderBy(asc(households.number), asc(families.seq)).limit(2000).all().flatMap(({ kk, ...rest }) => kk ? [{ kk, ...rest }] : [])

async function bring({ db, dataDirectory, people: { dinsos }, villages, daysAgo }: Demo, rows: Family[], { label, source, days }: { label: string, source: string, days: number }) {
  const csv = ['no_kk;nik_kepala;desil;kode_wilayah', ...rows.map(({ kk, nik, desil, regionCode }) => [kk, nik ?? '', desil, regionCode].join(';'))].join('\n')
  const file = { ...await keep(dataDirectory, await spool(dataDirectory, Readable.from([Buffer.from(csv)])), { mime: 'text/csv' }), name: `desil-${label}.csv` }
  const id = crypto.randomUUID()
  const effectiveOn = daysAgo(days).toISOString().slice(0, 10)
  transact(db, dinsos!, (tx) => openSnapshot(tx, { id, file, regionCode: villages[0]!.slice(0, 5), label, source, effectiveOn }), daysAgo(days - 10))
  workOnSnapshot(db, dataDirectory, id)
  await snapshotsDone(db)
  transact(db, dinsos!, (tx) => confirmSnapshot(tx, id), daysAgo(days - 10))
  workOnSnapshot(db, dataDirectory, id)
  await snapshotsDone(db)
}
