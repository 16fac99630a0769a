import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findList } from '#app/exports/lists.ts'
import { readMonth } from '#app/local/payment-file.ts'
import { cancelPayment, listDue, recordPayments, totalOf } from '#app/local/payments.ts'
import { editLocal, getLocal, standingOf } from '#app/local/programmes.ts'
import { stopRecipient } from '#app/local/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { localPayments, recipients } from '#db/schema/index.ts'
import { BLT, confirm, desaWorld, idOf, plan, propose } from '#test/support/local.ts'
import { findingsNow, follow, numbers, sentences } from '#test/support/crosschecks.ts'
import { addRecipient } from '#test/support/participants.ts'
import { actions, as, BANTUL, freshApp, oki, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'

function receivingWorld(fromMonth = '2026-01'): Db {
  const db = desaWorld()
  propose(db, ['asep', 'ujang'])
  confirm(db, { fromMonth })
  return db
}
const pay = (db: Db, month: string, who: string[] | 'all', by: Actor = oki, at = '2026-03-02T03:00:00.000Z') =>
  as(db, by, (tx) => recordPayments(tx, BLT, { key: randomUUID(), month, paidOn: '2026-03-01', recipients: who === 'all' ? 'all' : who.map((head) => idOf(db, head)), region: '' }), at)
const dueIn = (db: Db, month: string) => listDue({ db, actor: oki }, BLT, { month, region: '' }).rows.map(({ name, paidOn }) => [name, paidOn].filter(Boolean).join(' '))

const paying = suite('paying the families of a programme')

paying('marks those ticked, then all who are left, each month once', () => {
  const db = receivingWorld()
  assert.equal(pay(db, '2026-01', ['Asep']), { paid: 1, left: 0 })
  assert.equal(dueIn(db, '2026-01'), ['Asep 2026-03-01', 'Ujang'])
  assert.equal(pay(db, '2026-01', 'all'), { paid: 1, left: 0 })
  assert.equal(pay(db, '2026-01', ['Asep', 'Ujang'], rina), { paid: 0, left: 0 })
  assert.equal(totalOf({ db, actor: oki }, BLT, '2026-01', ''), { due: 2, paid: 2, amount: 600_000 })
  assert.is(standingOf(db, oki, BLT).amountPaid, 600_000)
})

paying('asks only for the months from the decision to the end', () => {
  const db = receivingWorld('2026-02')
  assert.equal([dueIn(db, '2026-01'), dueIn(db, '2026-02')], [[], ['Asep', 'Ujang']])
  as(db, oki, (tx) => stopRecipient(tx, idOf(db, 'Asep'), { key: randomUUID(), seen: 2, reasonCode: 'moved', note: '' }), '2026-03-02T03:00:00.000Z')
  assert.equal([dueIn(db, '2026-03'), dueIn(db, '2026-04')], [['Asep', 'Ujang'], ['Ujang']])
  assert.throws(() => pay(db, '2026-04', ['Asep']), /tidak menerima/)
  assert.throws(() => pay(db, '2027-01', ['Ujang']))
})

paying('shows the desa of an officer of several in one order, page after page', () => {
  const db = receivingWorld()
  plan(db, { id: 'lansia', programme: 'apbd', name: 'Bantuan lansia', regionCode: BANTUL }, rina)
  for (const [id, regionCode, name] of [['a', TRIMURTI, 'Ani'], ['b', PONCOSARI, 'Beni'], ['c', PONCOSARI, 'Cici']] as const) addRecipient(db, { id, programme: 'apbd', variant: 'lansia', state: 'active', regionCode, name, startedOn: '2026-01-01' })
  const reader = { db, actor: { ...oki, regions: [TRIMURTI, PONCOSARI] } }
  const first = listDue(reader, 'lansia', { month: '2026-01', region: '' }, undefined, 2)
  const rest = listDue(reader, 'lansia', { month: '2026-01', region: '' }, first.next, 2)
  assert.equal([first, rest].map(({ rows }) => rows.map(({ name }) => name)), [['Beni', 'Cici'], ['Ani']])
})

paying('is not for a day to come, nor for another desa or an officer', () => {
  const db = receivingWorld()
  assert.throws(() => pay(db, '2026-01', ['Asep'], oki, '2026-02-01T03:00:00.000Z'))
  assert.throws(() => pay(db, '2026-01', ['Asep'], siti), /berwenang/)
  assert.throws(() => pay(db, '2026-01', ['Asep'], { ...oki, regions: [TRIMURTI] }), /tidak ditemukan/)
})

paying('by mistake is taken back with its reason, and the month can be paid again', () => {
  const db = receivingWorld()
  pay(db, '2026-01', ['Asep'])
  const { id } = db.select().from(localPayments).get()!
  const cancel = (by: Actor, note = 'salah orang') => as(db, by, (tx) => cancelPayment(tx, id, note))
  assert.throws(() => cancel({ ...oki, regions: [TRIMURTI] }), /tidak ditemukan/)
  assert.throws(() => cancel(oki, ''))
  cancel(oki)
  cancel(oki)
  assert.equal(actions(db).filter((action) => action === 'local_programme.payment_cancelled').length, 1)
  assert.is(standingOf(db, oki, BLT).amountPaid, 0)
  assert.is(pay(db, '2026-01', ['Asep']).paid, 1)
  assert.throws(() => as(db, oki, (tx) => editLocal(tx, BLT, { ...getLocal(tx, BLT), amount: 1000 })))
})

paying('by the office\'s file marks all of it or nothing, and tells each mistake with its line', async () => {
  const db = receivingWorld()
  const client = freshApp(db).as(oki)
  const [asep, ujang] = [numbers(db, 'asep'), numbers(db, 'ujang')]
  const file = (...rows: string[]) => ({ key: randomUUID(), month: '2026-01', paidOn: '2026-02-01', file: new File([['nik;no_kk;bulan;nominal', ...rows].join('\n')], 'bayar.csv', { type: 'text/csv' }) })
  const wrong = await client.post(`/local/${BLT}/payments/file`, file(`${asep.nik};;Januari;300.000`, `${ujang.nik};;13;`, '9902011205809999;;1;', `;${ujang.kkNumber};2;100000`))
  assert.is(wrong.status, 422)
  const page = await wrong.text()
  assert.match(page, /3 baris keliru[\s\S]*Baris 3: Bulan[\s\S]*Baris 4: Bukan penerima[\s\S]*Baris 5: Nominal/)
  assert.is(db.select().from(localPayments).all().length, 0)
  const right = file(`${asep.nik};;Januari;Rp300.000`, `;${ujang.kkNumber};2;`, `${asep.nik};;Januari;`)
  for (let time = 0; time < 2; time += 1) assert.is((await client.post(`/local/${BLT}/payments/file`, right)).status, 303)
  assert.equal(db.select().from(localPayments).all().map(({ month }) => month).sort(), ['2026-01', '2026-02'])
})

paying('reads a month as offices write it', () => {
  const local = getLocal({ db: desaWorld(), actor: oki }, BLT)
  const read = (text?: string) => readMonth(text, local, '2026-06')
  assert.equal(['2026-03', '03/2026', '3', 'Maret 2026', 'maret', '2026-03-15', '15/03/2026', '46096', undefined].map(read), [...Array<string>(8).fill('2026-03'), '2026-06'])
  assert.equal(['2025-03', '13', 'x', 'Maret 2025'].map(read), [undefined, undefined, undefined, undefined])
})

paying('is printed for signatures, on record and with numbers masked, and goes out as a file', async () => {
  const db = receivingWorld()
  pay(db, '2026-01', ['Asep'])
  const page = await (await freshApp(db).as(oki).get(`/local/${BLT}/print?month=2026-01`)).text()
  assert.match(page, /Tanda terima BLT Dana Desa 2026, Januari 2026[\s\S]*Asep[\s\S]*Rp600\.000[\s\S]*Kepala desa/)
  assert.not.match(page, new RegExp(numbers(db, 'asep').nik!))
  assert.is(actions(db).at(-1), 'local_programme.printed')
  const rows = [...findList('local-recipients')!.chunks({ db, actor: oki }, {})].flat()
  assert.equal(rows.map((row) => [row[1], row[11], row[12]]), [['Asep', '2026-01', 300_000], ['Ujang', '', 0]])
  assert.equal([...findList('local-recipients')!.chunks({ db, actor: { ...oki, regions: [TRIMURTI] } }, {})].flat(), [])
  assert.equal([...findList('recipients')!.chunks({ db, actor: oki }, { programme: 'blt' })].flat().map((row) => [row[0], row[8]]), [['BLT Desa', 'BLT Dana Desa 2026'], ['BLT Desa', 'BLT Dana Desa 2026']])
})

paying.run()

const double = suite('aid of a desa beside other aid')

double('is found where PKH or Sembako is received by the same family, on both sides', async () => {
  const db = receivingWorld()
  addRecipient(db, { id: 'kks', programme: 'sembako', state: 'active', name: 'Asep', householdId: 'asep', familySeq: 1, startedOn: '2026-02-01', ...numbers(db, 'asep') })
  await follow(db)
  assert.equal(findingsNow(db).filter(({ kind }) => kind === 'double').length, 2)
  assert.match(sentences(db).join('\n'), /Menerima BLT Desa sejak 1 Januari 2026, padahal keluarga yang sama menerima Sembako/)
})

double('is found where two desa pay the same family, and stays with the desa that pays when a family moves', async () => {
  const db = receivingWorld()
  addRecipient(db, { id: 'other', programme: 'blt', variant: 'elsewhere', state: 'active', regionCode: TRIMURTI, name: 'Asep', startedOn: '2026-01-01', ...numbers(db, 'asep') })
  await follow(db)
  assert.match(sentences(db).join('\n'), /Menerima BLT Desa sejak 1 Januari 2026 dua kali/)
  assert.equal(db.select().from(recipients).all().map(({ regionCode }) => regionCode).sort(), [PONCOSARI, PONCOSARI, TRIMURTI])
})

double.run()
