import ExcelJS from 'exceljs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asc, eq } from 'drizzle-orm'
import { resumeImports, workDone } from '#app/assignments/import-work.ts'
import type { Db } from '#db/connection.ts'
import { householdVersions, households, prelistImportRows, prelistImports, regions } from '#db/schema/index.ts'
import { prelistCsv, prelistRows, toCsv } from '#test/support/prelist.ts'
import { aRecord } from '#test/support/records.ts'
import {
  actions, as as acting, BANTUL, budi, freshApp, mega, nia, PONCOSARI, rina, siti, stageOf, TRIMURTI, type Fields,
} from '#test/support/world.ts'
import { moveStage } from '#app/households/moves.ts'

const imports = suite('prelist imports')

const file = (content: string | Uint8Array, name = 'prelist.csv') => new File([content as BlobPart], name)
const upload = (content: string | Uint8Array, region = BANTUL): Fields => ({ region, file: file(content) })
const asep = () => aRecord({ head: 'Asep Suryana', serial: 101 })
const bayu = () => aRecord({ head: 'Bayu Wicaksono', serial: 102, household: { hasFridge: true, hasAc: true }, member: { identityDocs: [1, 4] } })

const idOf = (response: Response) => response.headers.get('Location')!.split('/').at(-1)!
const found = (db: Db, id: string) => db.select().from(prelistImports).where(eq(prelistImports.id, id)).get()!
const countsOf = (db: Db, id: string) => {
  const { newCount, changedCount, sameCount, busyCount, errorCount, appliedCount } = found(db, id)
  return { new: newCount, changed: changedCount, same: sameCount, busy: busyCount, error: errorCount, applied: appliedCount }
}
const none = { new: 0, changed: 0, same: 0, busy: 0, error: 0, applied: 0 }
const recordsOf = (db: Db) => db.select({ prelistId: households.prelistId, stage: households.stage, version: households.version, record: households.record })
  .from(households).orderBy(asc(households.prelistId)).all()

// Uploads as Rina and waits until it is read.
async function read(world: ReturnType<typeof freshApp>, content: string | Uint8Array) {
  const response = await world.as(rina).post('/imports', upload(content))
  await workDone(world.db)
  return idOf(response)
}

async function imported(world: ReturnType<typeof freshApp>, content: string | Uint8Array) {
  const id = await read(world, content)
  await world.as(rina).post(`/imports/${id}/confirmation`)
  await workDone(world.db)
  return id
}

imports('are for Dinsos and the ministry, each in their own place', async () => {
  const { db, as } = freshApp()
  assert.is((await as(siti).post('/imports', upload(prelistCsv([asep()])))).status, 403)
  assert.is((await as(budi).get('/imports')).status, 403)
  assert.is((await as(nia).post('/imports', upload(prelistCsv([asep()])))).status, 404)
  assert.is(db.select().from(prelistImports).all().length, 0)
  assert.is((await as(mega).post('/imports', upload(prelistCsv([asep()])))).status, 303)
  await workDone(db)
})

imports('of a neighbour are not found, whatever is asked of them', async () => {
  const world = freshApp()
  const id = await read(world, prelistCsv([asep()]))
  for (const path of [`/imports/${id}`, `/imports/${id}/errors.csv`]) assert.is((await world.as(nia).get(path)).status, 404, path)
  for (const verb of ['confirmation', 'discard']) assert.is((await world.as(nia).post(`/imports/${id}/${verb}`)).status, 404, verb)
  assert.is(found(world.db, id).status, 'previewed')
  assert.not.match(await (await world.as(nia).get('/imports')).text(), id)
})

imports('name the field when there is no table or no place', async () => {
  const { db, as } = freshApp()
  const noTable = await as(rina).post('/imports', { region: BANTUL, file: file(new Uint8Array([0xff, 0xd8, 0xff, 0, 1]), 'foto.jpg') })
  assert.is(noTable.status, 422)
  assert.match(await noTable.text(), /#f-file/)
  const noPlace = await as(mega).post('/imports', upload(prelistCsv([asep()]), '34'))
  assert.is(noPlace.status, 422)
  assert.match(await noPlace.text(), /#f-region/)
  assert.is((await as(rina).post('/imports', { region: BANTUL, other: file('x') })).status, 422)
  assert.is(db.select().from(prelistImports).all().length, 0)
})

imports('show what would happen and change no household', async () => {
  const world = freshApp()
  const id = await read(world, prelistCsv([asep(), bayu()]))
  assert.is(recordsOf(world.db).length, 0)
  assert.equal(countsOf(world.db, id), { ...none, new: 2 })
  const page = await (await world.as(rina).get(`/imports/${id}`)).text()
  assert.match(page, /Impor 2 rumah tangga/)
  assert.match(page, /Bayu Wicaksono/)
})

imports('become listed households once confirmed, however often the button is pressed', async () => {
  const world = freshApp()
  const id = await read(world, prelistCsv([asep(), bayu()]))
  const presses = await Promise.all([1, 2, 3].map(() => world.as(rina).post(`/imports/${id}/confirmation`)))
  assert.equal(presses.map(({ status }) => status), [303, 303, 303])
  await workDone(world.db)
  const [first, second] = recordsOf(world.db)
  assert.equal([first!.prelistId, first!.stage, first!.version, second!.prelistId], ['990001', 'listed', 1, '990002'])
  assert.equal([second!.record.household.hasFridge, second!.record.household.hasAc, second!.record.members[0]!.identityDocs], [true, true, [1, 4]])
  assert.equal(world.db.select({ cause: householdVersions.cause }).from(householdVersions).all().map(({ cause }) => cause), [`prelist:${id}`, `prelist:${id}`])
  assert.equal(actions(world.db).filter((action) => action.startsWith('prelist.')), ['prelist.received', 'prelist.previewed', 'prelist.import_confirmed', 'prelist.imported'])
  assert.equal(countsOf(world.db, id), { ...none, new: 2, applied: 2 })
})

imports('of the same file again lead to the one before, and would change nothing', async () => {
  const world = freshApp()
  const csv = prelistCsv([asep(), bayu()])
  const id = await imported(world, csv)
  const again = await world.as(rina).post('/imports', upload(csv))
  assert.is(idOf(again), id)
  assert.match(decodeURIComponent(again.headers.get('Set-Cookie') ?? ''), /sudah pernah diimpor/)
  const before = recordsOf(world.db)
  const other = await imported(world, prelistCsv([asep(), bayu()], { delimiter: ';' }))
  assert.equal(countsOf(world.db, other), { ...none, same: 2 })
  assert.equal(recordsOf(world.db), before)
})

imports('revise what changed and leave alone what is being worked on', async () => {
  const world = freshApp()
  await imported(world, prelistCsv([asep(), bayu()]))
  const busy = world.db.select().from(households).where(eq(households.prelistId, '990002')).get()!
  acting(world.db, rina, (tx) => {
    moveStage(tx, busy, 'published')
    moveStage(tx, { id: busy.id, stage: 'published' }, 'assigned', { set: { officerId: 'siti' } })
  })
  const id = await imported(world, prelistCsv([{ ...asep(), household: { ...asep().household, address: 'Jl. Kenanga 7' } }, { ...bayu(), household: { ...bayu().household, floorType: 2 } }]))
  assert.equal(countsOf(world.db, id), { ...none, changed: 1, busy: 1, applied: 1 })
  const [first, second] = recordsOf(world.db)
  assert.equal([first!.version, first!.record.household.address, second!.version, second!.record.household.floorType], [2, 'Jl. Kenanga 7', 1, 6])
  assert.is(stageOf(world.db, busy.id), 'assigned')
})

imports('leave out what is wrong and tell it by row and column, no NIK in full, no formula', async () => {
  const world = freshApp()
  const rows = prelistRows([asep(), bayu(), aRecord({ serial: 103 }), aRecord({ serial: 104 }), aRecord({ serial: 105 })])
  rows[2]!.lantai = '19'
  rows[5]!.NIK = '990201600884010'
  for (const row of rows.slice(6, 8)) row.KODE_KEMENDAGRI = '34.04.01.2001'
  for (const row of rows.slice(8)) Object.assign(row, { Alamat: '', Nama_KRT: '=HYPERLINK("http://x")' })
  const id = await imported(world, toCsv(rows))
  assert.equal(countsOf(world.db, id), { ...none, new: 1, error: 4, applied: 1 })
  assert.equal(recordsOf(world.db).map(({ prelistId }) => prelistId), ['990001'])
  const report = await (await world.as(rina).get(`/imports/${id}/errors.csv`)).text()
  assert.match(report, /\r\n4;990002;Bayu Wicaksono;lantai;19;/)
  assert.match(report, /\r\n7;990003;Asep Suryana;NIK;99\*+4010;Nomor NIK harus 16 angka/)
  assert.match(report, /\r\n8;990004;Asep Suryana;KODE_KEMENDAGRI;34\.04\.01\.2001;Bukan desa/)
  assert.match(report, /\r\n10;990005;"'=HYPERLINK\(""http:\/\/x""\)";Alamat;;/)
  assert.not.match(report, /990201600884010/)
})

imports('refuse an id that comes twice in a file, and a file without the columns they need', async () => {
  const world = freshApp()
  const twice = await read(world, toCsv([...prelistRows([asep()]), ...prelistRows([bayu()], { firstId: 990_002 }), ...prelistRows([asep()])]))
  assert.equal(countsOf(world.db, twice), { ...none, new: 2, error: 1 })
  const headless = await read(world, 'nama;umur\nAsep;40\n')
  assert.is(found(world.db, headless).status, 'failed')
  assert.match(found(world.db, headless).message!, /IDBDT/)
})

imports('find the village by its BPS code too', async () => {
  const world = freshApp()
  await imported(world, prelistCsv([asep()], { bpsCode: '3402010002' }))
  assert.is(world.db.select().from(households).get()!.regionCode, TRIMURTI)
  world.db.update(regions).set({ bpsCode: null }).where(eq(regions.code, PONCOSARI)).run()
  const unknown = await read(world, prelistCsv([bayu()], { bpsCode: '3402010001' }))
  assert.equal(countsOf(world.db, unknown), { ...none, error: 1 })
})

async function workbook(sheets: Record<string, Record<string, unknown>[]>) {
  const book = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name)
    const columns = Object.keys(rows[0]!)
    sheet.addRow(columns)
    for (const row of rows) sheet.addRow(columns.map((column) => row[column] || null))
  }
  return new Uint8Array(await book.xlsx.writeBuffer() as ArrayBuffer)
}

imports('give the same records from CSV, a flat workbook and one of two sheets', async () => {
  const records = [asep(), bayu()]
  const csv = freshApp()
  await imported(csv, `\uFEFF${prelistCsv(records, { delimiter: ';' })}`)
  const rows = prelistRows(records).map((row): Record<string, unknown> => ({ ...row, TglLahir: new Date(`${row.TglLahir}T00:00:00Z`), luas_lantai: Number(row.luas_lantai) }))
  const flat = freshApp()
  await imported(flat, await workbook({ Prelist: rows }))
  const split = freshApp()
  await imported(split, await workbook({ households: rows.filter((_, i) => i % 2 === 0).map((row) => ({ ...row, Nama: '', NIK: '' })), members: [...rows].reverse().sort((a, b) => Number(a.HubKRT) - Number(b.HubKRT)) }))
  assert.is(recordsOf(csv.db).length, 2)
  assert.equal(recordsOf(flat.db), recordsOf(csv.db))
  assert.equal(recordsOf(split.db), recordsOf(csv.db))
})

imports('that cannot be read say why, and nothing came of them', async () => {
  const world = freshApp()
  const id = await read(world, new Uint8Array([...new TextEncoder().encode('PK\x03\x04'), ...Array(64).fill(0)]))
  assert.is(found(world.db, id).status, 'failed')
  assert.match(await (await world.as(rina).get(`/imports/${id}`)).text(), /XLSX ini tidak terbaca/)
  const open = await read(world, `${prelistCsv([asep()])}"${'x'.repeat(150_000)}`)
  assert.match(found(world.db, open).message!, /Baris 4 tidak terbaca/)
})

imports('may be read again once their villages are known', async () => {
  const world = freshApp()
  world.db.update(regions).set({ bpsCode: null }).where(eq(regions.code, PONCOSARI)).run()
  const id = await imported(world, prelistCsv([asep()], { bpsCode: '3402010001' }))
  world.db.update(regions).set({ bpsCode: '3402010001' }).where(eq(regions.code, PONCOSARI)).run()
  const key = crypto.randomUUID()
  assert.is((await world.as(nia).post(`/imports/${id}/rereading`, { key })).status, 404)
  assert.equal([countsOf(world.db, id).error, idOf(await world.as(rina).post(`/imports/${id}/rereading`, { key }))], [1, key])
  await world.as(rina).post(`/imports/${id}/rereading`, { key })
  await workDone(world.db)
  assert.equal(countsOf(world.db, key), { ...none, new: 1 })
})

imports('that are discarded leave nothing of what was read', async () => {
  const world = freshApp()
  const id = await read(world, prelistCsv([asep()]))
  assert.is((await world.as(rina).post(`/imports/${id}/discard`)).status, 303)
  await workDone(world.db)
  assert.is(world.db.select().from(prelistImportRows).all().length, 0)
  assert.is((await world.as(rina).post(`/imports/${id}/confirmation`)).status, 409)
  assert.is(recordsOf(world.db).length, 0)
  assert.is.not(await read(world, prelistCsv([asep()])), id)
})

imports('go on after a restart, from where they stopped', async () => {
  const world = freshApp()
  const id = await imported(world, prelistCsv([asep(), bayu()]))
  const before = recordsOf(world.db)
  // As if the server had stopped before the last line, and once more while it read.
  world.db.update(prelistImports).set({ status: 'applying' }).where(eq(prelistImports.id, id)).run()
  const half = await read(world, prelistCsv([aRecord({ serial: 106 })], { firstId: 990_009 }))
  world.db.update(prelistImports).set({ status: 'reading' }).where(eq(prelistImports.id, half)).run()
  resumeImports(world.db, world.dataDirectory)
  await workDone(world.db)
  assert.equal([found(world.db, id).status, found(world.db, half).status], ['applied', 'previewed'])
  assert.equal(countsOf(world.db, half), { ...none, new: 1 })
  assert.equal(recordsOf(world.db), before)
})

imports('offer a template that comes back as an error, never as a household', async () => {
  const world = freshApp()
  const template = await (await world.as(rina).get('/imports/template.csv')).text()
  assert.equal(countsOf(world.db, await read(world, template)), { ...none, error: 1 })
  assert.match(await (await world.as(rina).get('/imports/new')).text(), /KODE_KEMENDAGRI/)
})

imports.run()
