import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { periodsDone, workOnPeriods } from '#app/periods/work.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { comparisons, households } from '#db/schema/index.ts'
import { accept, addDetermined, addPeriod, closeNow, deactivate, revise, sendBatch } from '#test/support/periods.ts'
import { actions, BALECATUR, freshApp, hadi, mega, nia, PONCOSARI, prita, rina, siti, TRIMURTI } from '#test/support/world.ts'

const APRIL = { opensOn: '2026-04-01', cutoffOn: '2026-04-20', closesOn: '2026-04-30' }
const move = (db: Db, id: string, regionCode: string) => db.update(households).set({ regionCode }).where(eq(households.id, id)).run()

const comparing = suite('comparing two periods')

// March: asep, ujang, wati, pindah, lama. April: asep has moved house, ujang's family grew, wati is nonaktif, pindah went to Sleman, budiono came.
async function twoPeriods() {
  const world = freshApp()
  const { db } = world
  addPeriod(db, 'maret')
  addPeriod(db, 'april', { ...APRIL, on: '2026-03-01' })
  for (const id of ['asep', 'ujang', 'wati', 'pindah', 'lama']) addDetermined(db, id)
  await closeNow(db, 'maret', '2026-03-25')
  revise(db, 'asep', (record) => setAnswer(record, 'household.address', 'Jl. Kenanga 9'))
  revise(db, 'ujang', (record) => ({ ...record, members: [...record.members, { memberSeq: 3, name: 'Bayi', memberPresence: 1 }] }))
  move(db, 'ujang', TRIMURTI)
  deactivate(db, 'wati')
  move(db, 'pindah', BALECATUR)
  accept(db, await sendBatch(db, ['budiono'], { prepared: '2026-04-02' }), '2026-04-03')
  await closeNow(db, 'april', '2026-04-25')
  return world
}
const PAIR = { from: 'maret', to: 'april' }
const at = (path: string, more = {}) => `/periods/compare${path}?${new URLSearchParams({ ...PAIR, ...more })}`

async function compared() {
  const world = await twoPeriods()
  assert.is((await world.as(rina).post('/periods/comparisons', PAIR)).status, 303)
  await periodsDone(world.db)
  return world
}

comparing('is counted once, kept, and answers at once afterwards', async () => {
  const { as: by, db } = await twoPeriods()
  assert.match(await (await by(rina).get(at(''))).text(), /belum pernah dihitung/)
  await by(rina).post('/periods/comparisons', PAIR)
  await by(mega).post('/periods/comparisons', PAIR)
  await periodsDone(db)
  assert.is(db.select().from(comparisons).all().length, 1)
  assert.is(actions(db).filter((action) => action === 'period.compared').length, 1)
})

comparing('shows entries, exits with their reasons, and moves, per desa', async () => {
  const { as: by } = await compared()
  const text = (await (await by(rina).get(at(''))).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  assert.match(text, /Poncosari 5 1 1 0 2 0 0 1 3/)
  assert.match(text, /Trimurti 0 0 0 1 0 1 0 0 1/)
  assert.match(text, /Nonaktif: Sudah mampu, tidak layak lagi 1/)
  const country = (await (await by(mega).get(at('', { region: '34' }))).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  assert.match(country, /KAB. SLEMAN 0 0 0 1 0 0 0 0 1/)
})

comparing('leads to the households behind each number, NIK masked', async () => {
  const { as: by, db } = await compared()
  const page = async (kind: string, region = PONCOSARI) => (await by(rina).get(at('/rows', { region, kind }))).text()
  const nik = db.select().from(households).where(eq(households.id, 'budiono')).get()!.headNik!
  const entries = await page('entry')
  assert.match(entries, /\/households\/budiono/)
  assert.not.match(entries, new RegExp(nik))
  assert.match(entries, /99\*{10}/)
  assert.match(await page('exit'), /wati[\s\S]*Nonaktif: Sudah mampu/)
  assert.match(await page('moved_out'), /Dari Poncosari ke Trimurti[\s\S]*<del>2<\/del> menjadi <ins>3<\/ins>|pindah[\s\S]*ke Balecatur/)
  assert.match(await page('changed'), /<del>Jl. Melati 4 RT 02<\/del> menjadi <ins>Jl. Kenanga 9<\/ins>/)
  assert.match(await page('moved_in', TRIMURTI), /ujang/)
})

comparing('is written as a CSV of every difference of the place, which is on record', async () => {
  const { as: by, db } = await compared()
  const lines = async (person: typeof rina): Promise<Record<string, string>[]> =>
    parse(await (await by(person).get(at('/difference.csv'))).text(), { columns: true, delimiter: ';', bom: true })
  const own = await lines(rina)
  assert.equal(own.map(({ perubahan, id }) => `${perubahan} ${id}`), ['Berubah asep', 'Masuk budiono', 'Keluar wati', 'Pindah dari sini pindah', 'Pindah dari sini ujang', 'Pindah ke sini ujang'])
  assert.equal([own[0]!.alamat_semula, own[0]!.alamat_menjadi, own[2]!.alasan], ['Jl. Melati 4 RT 02', 'Jl. Kenanga 9', 'Nonaktif: Sudah mampu, tidak layak lagi'])
  assert.equal((await lines(nia)).map(({ id }) => id), ['pindah'])
  assert.is((await lines(mega)).length, 7)
  assert.ok(actions(db).includes('period.differences_downloaded'))
})

comparing('shortens names and leaves addresses out of the CSV, unless its reader may carry data out whole', async () => {
  const { as: by } = await compared()
  const text = async (person: typeof rina) => (await by(person).get(at('/difference.csv'))).text()
  assert.match(await text(rina), /Jl\. Kenanga 9/)
  for (const person of [prita, hadi]) {
    const shown = await text(person)
    assert.not.match(shown, /Jl\.|Melati|Kenanga/)
    const rows: Record<string, string>[] = parse(shown, { columns: true, delimiter: ';', bom: true })
    assert.ok(rows.length > 0)
    for (const { kepala_rumah_tangga, kepala_semula, kepala_menjadi } of rows) for (const name of [kepala_rumah_tangga!, kepala_semula!, kepala_menjadi!]) assert.match(name, /^$|^\S\*+( \S\*+)*$/)
  }
})

comparing('refuses what cannot be compared, by the field', async () => {
  const { as: by, db } = await twoPeriods()
  addPeriod(db, 'kelak', { opensOn: '2126-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' })
  const said = async (from: string, to: string, words: RegExp) => {
    const answer = await by(rina).post('/periods/comparisons', { from, to })
    assert.is(answer.status, 422)
    assert.match(await answer.text(), words)
  }
  await said('maret', 'maret', /dua periode yang berbeda/)
  await said('april', 'maret', /lebih baru/)
  await said('maret', 'kelak', /belum memiliki potret/)
  assert.is((await by(rina).post('/periods/comparisons', { from: 'maret', to: 'tidak-ada' })).status, 404)
  assert.is((await by(siti).post('/periods/comparisons', PAIR)).status, 403)
  assert.is((await by(rina).get(at('/rows', { region: PONCOSARI }))).status, 404)
})

comparing('keeps the neighbour to the neighbour\'s own desa', async () => {
  const { as: by } = await compared()
  assert.not.match(await (await by(nia).get(at(''))).text(), /Poncosari/)
  assert.is((await by(nia).get(at('/rows', { region: PONCOSARI, kind: 'exit' }))).status, 404)
  assert.is((await by(nia).get(at('/difference.csv', { region: '34.02' }))).status, 404)
})

comparing('broken off by a restart gives the same answer', async () => {
  const { db } = await compared()
  const rows = () => db.$client.prepare('SELECT * FROM comparison_rows').all()
  const before = rows()
  db.$client.exec('DELETE FROM comparison_villages; DELETE FROM comparison_reasons')
  db.update(comparisons).set({ status: 'comparing' }).run()
  workOnPeriods(db)
  await periodsDone(db)
  assert.equal(rows(), before)
  assert.is(db.select().from(comparisons).get()!.status, 'ready')
})

comparing.run()
