import ExcelJS from 'exceljs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answersDone, resumeAnswers } from '#app/matching/import-work.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import { matchOf } from '#app/matching/states.ts'
import type { Db } from '#db/connection.ts'
import { matchingImportRows, matchingImports, matchingRuns, matchResults, matchRetries, matchStates } from '#db/schema/index.ts'
import { addFated, answerFile, run } from '#test/support/matching.ts'
import { actions, as, freshApp, nia, rina, siti } from '#test/support/world.ts'
import { eq } from 'drizzle-orm'
import { confirmImport } from '#app/matching/imports.ts'

type App = ReturnType<typeof freshApp>

// A run of three couples that waits for its file.
async function waiting(fates: Outcome[] = ['padan', 'meninggal', 'gangguan']) {
  const world = freshApp()
  for (const [i, fate] of fates.entries()) addFated(world.db, `h${i}`, fate, { head: ['Asep Suryana', 'Ujang Permana', 'Dadang Hidayat'][i] })
  const { id } = await run(world.db, { method: 'file', letter: '470/12/2026' })
  const questions = await (await world.as(rina).get(`/matching/${id}/questions.csv`)).text()
  return { ...world, id, questions }
}

async function upload({ as: being, db }: App, id: string, text: string | Blob, name = 'jawaban.csv') {
  const answer = await being(rina).post(`/matching/${id}/answers`, { file: new File([text], name) })
  await answersDone(db)
  return answer.headers.get('Location')!
}

async function confirm({ as: being, db }: App, location: string) {
  await being(rina).post(`${location}/confirmation`)
  await answersDone(db)
}

const outcomeOf = (db: Db, id: string) => matchOf(db, id)[0]!.outcome
const importOf = (db: Db) => db.select().from(matchingImports).all().at(-1)!

const exporting = suite('what goes out to Dukcapil')

exporting('numbers every person, in the register\'s own columns, and is on record with its letter', async () => {
  const { db, questions } = await waiting()
  const [heading, first] = questions.replace('\uFEFF', '').split('\r\n')
  assert.is(heading, 'NO_PERMINTAAN;NIK;NO_KK;NAMA_LGKP;JENIS_KLMIN;TMPT_LHR;TGL_LHR')
  assert.match(first!, /^1-1;99\d{14};99\d{14};ASEP SURYANA;L;Bantul;1980-05-12$/)
  assert.ok(actions(db).includes('matching.exported'))
})

exporting('says the same in a workbook, every number a text', async () => {
  const { as: being, id } = await waiting()
  const answer = await being(rina).get(`/matching/${id}/questions.xlsx`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await answer.arrayBuffer())
  const sheet = book.worksheets[0]!
  assert.is(sheet.rowCount, 7)
  assert.is(typeof sheet.getCell('B2').value, 'string')
  assert.is(String(sheet.getCell('B2').value).length, 16)
})

exporting('is kept from whoever may not run the matching there', async () => {
  const { as: being, id } = await waiting()
  assert.is((await being(siti).get(`/matching/${id}/questions.csv`)).status, 403)
  assert.is((await being(nia).get(`/matching/${id}/questions.csv`)).status, 404)
})

const importing = suite('what comes back from Dukcapil')

importing('is shown first, and changes nothing before it is confirmed', async () => {
  const world = await waiting()
  const location = await upload(world, world.id, await answerFile(world.questions))
  const page = await (await world.as(rina).get(location)).text()
  assert.match(page, /Masukkan 6 jawaban/)
  assert.match(page, /Tercatat meninggal: 1/)
  assert.equal([world.db.select().from(matchStates).all().length, world.db.select().from(matchResults).all().length], [0, 0])

  await confirm(world, location)
  assert.equal(['h0', 'h1', 'h2'].map((id) => outcomeOf(world.db, id)), ['padan', 'meninggal', 'gangguan'])
  assert.equal([world.db.select().from(matchRetries).all().length, world.db.select().from(matchingRuns).get()!.status], [1, 'done'])
})

importing('changes nothing when the same file, or another that says the same, comes again', async () => {
  const world = await waiting()
  const text = await answerFile(world.questions)
  const location = await upload(world, world.id, text)
  await confirm(world, location)
  const before = world.db.select().from(matchResults).all().length
  assert.is(await upload(world, world.id, text), location)
  await confirm(world, await upload(world, world.id, `${text}\n`))
  const { sameCount, newCount, changedCount } = importOf(world.db)
  assert.equal([sameCount, newCount, changedCount, world.db.select().from(matchResults).all().length], [6, 0, 0, before])
})

importing('takes a later file that says something else as a newer answer', async () => {
  const world = await waiting()
  await confirm(world, await upload(world, world.id, await answerFile(world.questions)))
  const later = await answerFile(world.questions, (line) => line.KETERANGAN === 'Gangguan layanan' ? { ...line, NAMA_LGKP: 'DADANG HIDAYAT', KETERANGAN: '' } : line)
  await confirm(world, await upload(world, world.id, later))
  assert.equal([importOf(world.db).changedCount, outcomeOf(world.db, 'h2'), world.db.select().from(matchRetries).all().length], [1, 'padan', 0])
})

const WRONG: [what: string, change: Record<string, string>, words: RegExp][] = [
  ['a NIK that was rounded', { NIK: '9,90201E+15' }, /NIK harus 16 angka/],
  ['a number of another run', { NO_PERMINTAAN: '7-1' }, /menjawab putaran 7, bukan putaran 1/],
  ['a number that was not asked', { NO_PERMINTAAN: '1-999' }, /tidak ada pada putaran ini/],
  ['the NIK of somebody else', { NIK: '9902011205809999' }, /NIK berbeda dengan yang ditanyakan/],
  ['a NIK that was not asked', { NO_PERMINTAAN: '', NIK: '9902011205809999' }, /tidak ditanyakan pada putaran ini/],
  ['neither name nor word', { NAMA_LGKP: '', KETERANGAN: '' }, /Nama kosong dan tidak ada KETERANGAN/],
  ['a word nobody knows', { NAMA_LGKP: '', KETERANGAN: 'entah' }, /Keterangan ini tidak dikenal/],
  ['a KK that is too short', { NO_KK: '123' }, /Nomor KK harus 16 angka/],
  ['a day that is none', { TGL_LHR: '31-02-1980' }, /Tanggal ini tidak terbaca/],
]

for (const [what, change, words] of WRONG) {
  importing(`leaves out a line with ${what}, and says so in the report`, async () => {
    const world = await waiting(['padan'])
    const location = await upload(world, world.id, await answerFile(world.questions, (line, i) => i === 0 ? { ...line, ...change } : line))
    assert.equal([importOf(world.db).errorCount, importOf(world.db).newCount], [1, 1])
    const report = await (await world.as(rina).get(`${location}/errors.csv`)).text()
    assert.match(report, words)
    assert.not.match(report, /99\d{14}/)
    await confirm(world, location)
    assert.equal(matchOf(world.db, 'h0').map(({ outcome }) => outcome), [null, 'padan'])
  })
}

importing('answers each person once: a second line about the same one is wrong', async () => {
  const world = await waiting(['padan'])
  const [heading, first, second] = (await answerFile(world.questions)).split('\n')
  await upload(world, world.id, [heading, first, first, second].join('\n'))
  assert.equal([importOf(world.db).newCount, importOf(world.db).errorCount], [2, 1])
  assert.match(JSON.stringify(world.db.select().from(matchingImportRows).where(eq(matchingImportRows.action, 'error')).get()!.errors), /baris 2/)
})

importing('finds the person by NIK where the number of the question is missing, and reads a workbook', async () => {
  const world = await waiting(['padan'])
  const lines = (await answerFile(world.questions)).trim().split('\n').map((line) => line.split(';').slice(1))
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Jawaban').addRows(lines)
  const location = await upload(world, world.id, new Blob([await book.xlsx.writeBuffer() as ArrayBuffer]), 'jawaban.xlsx')
  await confirm(world, location)
  assert.equal(matchOf(world.db, 'h0').map(({ outcome }) => outcome), ['padan', 'padan'])
})

importing('refuses a file without the register\'s columns, whole', async () => {
  const world = await waiting(['padan'])
  const location = await upload(world, world.id, 'nama;umur\nAsep;40\n')
  assert.match(await (await world.as(rina).get(location)).text(), /Kolom NIK tidak ada pada baris judul/)
  assert.is(importOf(world.db).status, 'failed')
})

importing('goes on after a restart where it stopped, and takes no line twice', async () => {
  const world = await waiting()
  const location = await upload(world, world.id, await answerFile(world.questions))
  as(world.db, rina, (tx) => confirmImport(tx, location.split('/').at(-1)!))
  world.db.update(matchingImportRows).set({ applied: true }).where(eq(matchingImportRows.position, 1)).run()
  resumeAnswers(world.db, world.dataDirectory)
  await answersDone(world.db)
  assert.equal([world.db.select().from(matchResults).all().length, importOf(world.db).status], [5, 'applied'])
})

importing('may be given up before it counts, and is Dinsos\' business alone', async () => {
  const world = await waiting(['padan'])
  const location = await upload(world, world.id, await answerFile(world.questions))
  assert.is((await world.as(siti).get(location)).status, 403)
  assert.is((await world.as(nia).post(`${location}/confirmation`)).status, 404)
  await world.as(rina).post(`${location}/discard`)
  await answersDone(world.db)
  assert.equal([importOf(world.db).status, world.db.select().from(matchingImportRows).all().length, (await world.as(rina).post(`${location}/confirmation`)).status], ['discarded', 0, 409])
})

exporting.run()
importing.run()
