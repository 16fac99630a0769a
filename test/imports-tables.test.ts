import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asc } from 'drizzle-orm'
import { workDone } from '#app/assignments/import-work.ts'
import { readDay, workbookDay } from '#app/assignments/tables.ts'
import { readSheet } from '#app/assignments/xlsx-parts.ts'
import { households, prelistImportRows } from '#db/schema/index.ts'
import { prelistCsv, prelistRows, toCsv } from '#test/support/prelist.ts'
import { aRecord } from '#test/support/records.ts'
import { BANTUL, freshApp, rina } from '#test/support/world.ts'

const tables = suite('tables as spreadsheets save them')

async function read(content: string | Uint8Array) {
  const world = freshApp()
  const response = await world.as(rina).post('/imports', { region: BANTUL, file: new File([content as BlobPart], 'prelist.csv') })
  await workDone(world.db)
  return { ...world, id: response.headers.get('Location')!.split('/').at(-1)! }
}

async function imported(content: string | Uint8Array) {
  const world = await read(content)
  await world.as(rina).post(`/imports/${world.id}/confirmation`)
  await workDone(world.db)
  return world.db.select({ headName: households.headName }).from(households).orderBy(asc(households.headName)).all().map(({ headName }) => headName)
}

tables('keep their letters, whether Excel wrote them or another program', async () => {
  const csv = prelistCsv([aRecord({ head: 'Ma’mun José' })], { delimiter: ';' })
  const ofExcel = Buffer.from(csv.replaceAll('’', '\x92'), 'latin1')
  for (const content of [ofExcel, csv, `\uFEFF${csv}`]) assert.equal(await imported(content), ['Ma’mun José'])
})

tables('tell a prelist id that Excel has rounded, instead of taking it for an id', async () => {
  const rows = prelistRows([aRecord({ head: 'Asep' })]).map((row) => ({ ...row, IDBDT: '3,40201E+15' }))
  const { db } = await read(toCsv(rows))
  const [row] = db.select().from(prelistImportRows).all()
  assert.equal([row!.action, row!.errors.map(({ row: line, column }) => [line, column])], ['error', [[2, 'IDBDT']]])
  assert.match(row!.errors[0]!.message, /dibulatkan oleh Excel/)
})

const cellsOf = async (...values: string[]) => {
  const text = `<worksheet><sheetData><row r="1">${values.map((value) => `<c><v>${value}</v></c>`).join('')}</row></sheetData></worksheet>`
  for await (const { cells } of readSheet((async function* () { yield text })(), [])) return cells
  return []
}

tables('give a number of sixteen digits whose last one Excel took away as rounded, others as they stand', async () => {
  assert.equal(await cellsOf('9902011205800020', '9902011205800023', '600000', '123456789012340'), ['9.90201120580002e+15', '9902011205800023', '600000', '123456789012340'])
})

tables('take a year alone for no day', () => {
  assert.equal([workbookDay('1980'), workbookDay('29353'), workbookDay('29353.5')], [undefined, '1980-05-12', '1980-05-12'])
  assert.equal(['12/5/1980', '1980-05-12 00:00:00', '29353', '1980', '31/02/1980'].map(readDay), ['1980-05-12', '1980-05-12', '1980-05-12', undefined, undefined])
})

tables.run()
