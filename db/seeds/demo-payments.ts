import { asc, eq } from 'drizzle-orm'
import { Readable } from 'node:stream'
import { keep, spool } from '#app/files/store.ts'
import { intakesDone, workOnIntake } from '#app/intake/intake-work.ts'
import { confirmIntake, openRecipientIntake } from '#app/intake/intakes.ts'
import { listsDone, workOnList } from '#app/payments/list-work.ts'
import { askList } from '#app/payments/lists.ts'
import { PAID_PROGRAMMES, recordResult, type PaidProgramme, type Result } from '#app/payments/payments.ts'
import { recordAccount } from '#app/payments/accounts.ts'
import { planPeriod } from '#app/programmes/periods.ts'
import { getRecipient } from '#app/programmes/recipients.ts'
import { addDays } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { payments } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

const FAILURES = ['account_closed', 'absent', 'moved', 'card_missing', '']

// A quarter that has been paid, with some whom the money did not reach, and a list from elsewhere with rows nobody was
// found for.
export async function tellPayments(demo: Demo) {
  const random = randomFrom(6407)
  for (const programme of PAID_PROGRAMMES) await payQuarter(demo, programme, random)
  await bringList(demo)
}

async function payQuarter(demo: Demo, programme: PaidProgramme, random: Random) {
  const { db, people: { dinsos }, villages, daysAgo } = demo
  const region = regencyOf(villages[0]!)
  const { name, startsOn, endsOn } = quarterBefore(daysAgo(0).toISOString().slice(0, 10))
  const period = { id: `${programme}-${startsOn}`, programme, regionCode: region, name, startsOn, endsOn, cutoffOn: addDays(endsOn, -10) }
  transact(db, dinsos!, (tx) => planPeriod(tx, period), daysAgo(120))
  const list = transact(db, dinsos!, (tx) => askList(tx, { id: random.uuid(), periodId: period.id, regionCode: region }), daysAgo(30))
  workOnList(db, list)
  await listsDone(db)
  const lines = db.select({ id: payments.id }).from(payments).where(eq(payments.listId, list)).orderBy(asc(payments.name), asc(payments.id)).limit(500).all()
  lines.forEach(({ id }, i) => transact(db, dinsos!, (tx) => {
    const { reasonCode, recipientId } = recordResult(tx, id, { key: random.uuid(), seen: 1, ...resultOf(i) })
    const { version } = getRecipient(tx, recipientId)
    if (reasonCode === 'account_closed') recordAccount(tx, recipientId, { key: random.uuid(), seen: version, bank: 'bri', accountNumber: `99020000${1000 + i}`, state: 'bad', note: 'Rekening pasif' })
  }, daysAgo(21)))
}

const resultOf = (i: number): Result => i % 4 === 3
  ? { status: i % 8 === 7 ? 'account_failed' : 'failed', reasonCode: FAILURES[Math.floor(i / 4) % FAILURES.length] } : i % 9 === 8 ? { status: 'sp2d' } : { status: 'paid' }

// "2026-11-29" → July to September 2026.
function quarterBefore(today: string) {
  const [year, month] = today.split('-').map(Number) as [number, number]
  const last = Math.floor((month - 1) / 3) - 1
  const [ofYear, quarter] = last < 0 ? [year - 1, 3] : [year, last]
  const startsOn = `${ofYear}-${String(quarter * 3 + 1).padStart(2, '0')}-01`
  const after = new Date(Date.UTC(ofYear, quarter * 3 + 3, 1)).toISOString().slice(0, 10)
  return { name: `Triwulan ${['I', 'II', 'III', 'IV'][quarter]!} ${ofYear}`, startsOn, endsOn: addDays(after, -1) }
}

async function bringList({ db, dataDirectory, people: { dinsos }, villages, daysAgo }: Demo) {
  const rows = ['Sugeng Riyadi', 'Tumini', 'Parjiyo'].map((name, i) => [`601301990000900${i + 1}`, `990201120570900${i + 1}`, `990201150310990${i + 1}`, name, 'Dusun Contoh RT 03', villages[i % 2]!, 'BRI'])
  const csv = [['no_kks', 'nik', 'no_kk', 'nama', 'alamat', 'kode_wilayah', 'bank'], ...rows, ['6013019900009009', '9,90201E+15', '', 'Rusak Excel', '', villages[0]!, 'BRI']].map((row) => row.join(';')).join('\n')
  const file = { ...await keep(dataDirectory, await spool(dataDirectory, Readable.from([Buffer.from(csv)])), { mime: 'text/csv' }), name: 'tambahan-sembako.csv' }
  const id = transact(db, dinsos!, (tx) => openRecipientIntake(tx, { id: crypto.randomUUID(), file, programme: 'sembako', regionCode: regencyOf(villages[0]!), defaultState: 'active', source: 'SIKS-NG, daftar tambahan (contoh)' }), daysAgo(6)).id
  workOnIntake(db, dataDirectory, id)
  await intakesDone(db)
  transact(db, dinsos!, (tx) => confirmIntake(tx, id), daysAgo(6))
  workOnIntake(db, dataDirectory, id)
  await intakesDone(db)
}
