import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportPath, exportsDone, resumeExports, sweepExports } from '#app/exports/export-work.ts'
import { openKept } from '#app/files/opened.ts'
import { exportFiles, households, userRegions, users } from '#db/schema/index.ts'
import type { Actor } from '#app/users/actor.ts'
import { aRecord } from '#test/support/records.ts'
import { addVisit } from '#test/support/visit.ts'
import { actions, addHousehold, agus, aulia, BALECATUR, budi, freshApp, mega, nia, oki, PONCOSARI, prita, rina, siti, SRANDAKAN, TRIMURTI, wawan, type Fields } from '#test/support/world.ts'

const soon = (days = 14) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const handOver = (fields: Fields = {}): Fields => ({
  key: crypto.randomUUID(), list: 'households', query: '', format: 'csv', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bappeda Kabupaten Bantul',
  purpose: 'Bahan rapat koordinasi', legalBasis: 'Permensos 3/2021; surat 012/BAP/2026', expiresOn: soon(), ...fields,
})

function world() {
  const fresh = freshApp()
  addHousehold(fresh.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 901, household: { progPkh: true } }), stage: 'assigned', officer: siti })
  addHousehold(fresh.db, 'bejo', { head: 'Bejo Widodo', regionCode: TRIMURTI })
  addHousehold(fresh.db, 'dirjo', { head: 'Dirjo Sleman', regionCode: BALECATUR })
  const make = async (actor: Actor, fields: Fields = {}) => {
    const form = handOver(fields)
    const answer = await fresh.as(actor).post('/exports', form)
    await exportsDone(fresh.db)
    return { id: String(form.key), form, answer, file: () => fresh.as(actor).get(`/exports/${form.key}/file`) }
  }
  return { ...fresh, make }
}

type World = ReturnType<typeof world>
const rowsOf = async (response: Response) => parse(await response.text(), { delimiter: ';', bom: true, columns: true }) as Record<string, string>[]
const storedOf = ({ db }: World, id: string) => db.select().from(exportFiles).where(eq(exportFiles.id, id)).get()

const making = suite('making an export')

making('writes every row of the maker\'s places, with row count and hash, and keeps the hand-over record', async () => {
  const here = world()
  const { id, answer, file } = await here.make(rina)
  assert.is(answer.status, 303)
  const bytes = Buffer.from(await (await file()).arrayBuffer())
  const rows = parse(bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[]
  assert.equal(rows.map((row) => row['Kepala rumah tangga']), ['Asep Suryana', 'Bejo Widodo'])
  assert.equal([rows[0]!['Desa/kelurahan'], rows[0]!['Kecamatan'], rows[0]!.Program, rows[0]!.Petugas, rows[0]!.Keadaan], ['Poncosari', 'Srandakan', 'PKH', 'Siti Rahayu', 'Aktif'])
  const stored = storedOf(here, id)!
  assert.equal([stored.status, stored.rowsDone, stored.sha256, stored.bytes], ['ready', 2, createHash('sha256').update(bytes).digest('hex'), bytes.length])
  assert.match(stored.number, /^0001\/BAST-SIKS\/34\.02\/[IVX]+\/\d{4}$/)
  const page = await (await here.as(rina).get(`/exports/${id}`)).text()
  assert.ok(page.includes(stored.sha256!) && page.includes('Bappeda Kabupaten Bantul'))
  assert.equal(actions(here.db).slice(-3), ['export.requested', 'export.made', 'export.downloaded'])
})

making('follows the filter of the page it came from, and says it in words', async () => {
  const here = world()
  assert.match(await (await here.as(rina).get(`/exports/new?list=households&stage=assigned&region=${SRANDAKAN}&after=3`)).text(), 'Srandakan; tahap Diterima petugas')
  const { id, file } = await here.make(rina, { query: `stage=assigned&region=${SRANDAKAN}` })
  assert.equal((await rowsOf(await file())).map((row) => row['Kepala rumah tangga']), ['Asep Suryana'])
  assert.is(storedOf(here, id)!.words, 'Srandakan; tahap Diterima petugas')
})

making('leaves out whom is no longer in the registry\'s living part, unless asked', async () => {
  const here = world()
  here.db.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('bejo', 'D1', '2026-02-01', 'test')").run()
  const names = async (query: string) => (await rowsOf(await (await here.make(rina, { query })).file())).map((row) => `${row['Kepala rumah tangga']}: ${row.Keadaan}`)
  assert.equal(await names(''), ['Asep Suryana: Aktif'])
  assert.equal(await names('active=all'), ['Asep Suryana: Aktif', 'Bejo Widodo: Nonaktif sejak 2026-02-01'])
  assert.equal(await names('active=no'), ['Bejo Widodo: Nonaktif sejak 2026-02-01'])
})

making('masks NIK, No KK and birth dates, whatever the list', async () => {
  const here = world()
  addVisit(here.db, 'asep', siti)
  for (const list of ['households', 'members', 'prelist', 'reviews']) {
    const { file } = await here.make(rina.id === 'rina' && list === 'reviews' ? budi : rina, { list })
    const text = await (await file()).text()
    assert.ok(text.includes('Asep Suryana'), list)
    assert.not(/\d{16}|1980-05-12/.test(text), list)
  }
})

making('gives them whole only to those who may, with a reason that is written down', async () => {
  const here = world()
  const full = { list: 'members', full: '1', fullReason: 'Pemadanan rekening oleh bank penyalur' }
  for (const actor of [budi, prita, oki]) assert.is((await here.make(actor, full)).answer.status, 403)
  assert.is((await here.make(rina, { ...full, fullReason: ' ' })).answer.status, 422)
  const { id, file } = await here.make(rina, full)
  const [row] = await rowsOf(await file())
  assert.match(row!.NIK!, /^99\d{14}$/)
  assert.is(row!['Tanggal lahir'], '1980-05-12')
  assert.match(await (await here.as(rina).get(`/exports/${id}/record`)).text(), 'Pemadanan rekening oleh bank penyalur')
})

making('is refused without recipient, purpose, ground or a date within ninety days; nothing is kept', async () => {
  const here = world()
  for (const fields of [{ recipientName: '' }, { recipientInstitution: ' ' }, { purpose: '' }, { legalBasis: '' }, { expiresOn: '2020-01-01' }, { expiresOn: soon(120) }, { expiresOn: 'besok' }, { format: 'pdf' }] as Fields[]) {
    assert.is((await here.make(rina, fields)).answer.status, 422, JSON.stringify(fields))
  }
  assert.is((await here.make(rina, { list: 'bogus' })).answer.status, 404)
  assert.is((await here.make(nia, { query: 'region=34.02' })).answer.status, 404)
  assert.is(here.db.select().from(exportFiles).all().length, 0)
})

making('is of the lists one may read, and never the field officer\'s', async () => {
  const here = world()
  assert.is((await here.make(siti)).answer.status, 403)
  assert.is((await here.make(agus)).answer.status, 403)
  assert.is((await here.make(rina, { list: 'users' })).answer.status, 403)
  const users = await rowsOf(await (await here.make(agus, { list: 'users', query: 'role=regency_officer' })).file())
  assert.equal(users.map((row) => row['Nama pengguna']), ['nia', 'rina'])
  const audit = await rowsOf(await (await here.make(aulia, { list: 'audit', query: 'action=household.created' })).file())
  assert.equal([audit.length, audit[0]!.Tindakan, audit[0]!['Kode tindakan']], [3, 'Rumah tangga dicatat', 'household.created'])
  assert.is((await here.make(wawan, { list: 'deliveries' })).answer.status, 303)
})

making('does the same form sent twice once', async () => {
  const here = world()
  const { form } = await here.make(rina)
  assert.is((await here.as(rina).post('/exports', form)).status, 303)
  assert.is(here.db.select().from(exportFiles).all().length, 1)
})

making.run()

const fetching = suite('fetching an export')

fetching('is for its maker alone; the auditor reads the record, not the file', async () => {
  const here = world()
  const { id } = await here.make(rina)
  for (const actor of [nia, budi, mega]) for (const path of ['', '/record', '/file']) assert.is((await here.as(actor).get(`/exports/${id}${path}`)).status, 404)
  assert.is((await here.as(aulia).get(`/exports/${id}/record`)).status, 200)
  assert.match(await (await here.as(aulia).get('/exports')).text(), 'Sri Wahyuni')
  assert.not.match(await (await here.as(budi).get('/exports')).text(), 'Sri Wahyuni')
  assert.is((await here.as(aulia).get(`/exports/${id}/file`)).status, 404)
})

fetching('is counted and audited each time, until the expiry; then the file goes and the record stays', async () => {
  const here = world()
  const { id, file } = await here.make(rina)
  await file()
  await file()
  assert.is(storedOf(here, id)!.downloads, 2)
  assert.is(actions(here.db).filter((action) => action === 'export.downloaded').length, 2)
  sweepExports(here, new Date(Date.now() + 13 * 86_400_000))
  assert.is((await file()).status, 200)
  sweepExports(here, new Date(Date.now() + 16 * 86_400_000))
  assert.is((await file()).status, 409)
  assert.is(readdirSync(join(here.dataDirectory, 'exports')).length, 0)
  assert.is((await here.as(rina).get(`/exports/${id}/record`)).status, 200)
  assert.is(storedOf(here, id)!.status, 'removed')
})

fetching('ends when the maker works elsewhere since', async () => {
  const here = world()
  const { file } = await here.make(rina)
  here.db.update(userRegions).set({ regionCode: '34.04' }).where(eq(userRegions.userId, 'rina')).run()
  assert.is((await file()).status, 409)
})

fetching('ends when the maker takes it back', async () => {
  const here = world()
  const { id, file } = await here.make(rina)
  assert.is((await here.as(budi).post(`/exports/${id}/removal`)).status, 404)
  await here.as(rina).post(`/exports/${id}/removal`)
  assert.is((await file()).status, 409)
  assert.not(existsSync(exportPath(here.dataDirectory, { id, format: 'csv' })))
})

fetching.run()

const restart = suite('an export and the server\'s restart')

restart('begins anew from half a file, and is whole', async () => {
  const here = world()
  const { id } = await here.make(rina, { format: 'xlsx' })
  here.db.update(exportFiles).set({ status: 'making', sha256: null, rowsDone: 1 }).where(eq(exportFiles.id, id)).run()
  mkdirSync(join(here.dataDirectory, 'exports'), { recursive: true })
  writeFileSync(join(here.dataDirectory, 'exports', `${id}.xlsx.part`), 'half')
  writeFileSync(join(here.dataDirectory, 'exports', 'stray.csv'), 'of nobody')
  resumeExports(here)
  await exportsDone(here.db)
  const { status, rowsDone, bytes } = storedOf(here, id)!
  assert.equal([status, rowsDone, bytes > 100], ['ready', 2, true])
  assert.equal(readdirSync(join(here.dataDirectory, 'exports')), [`${id}.xlsx`])
})

restart('fails in words when the maker is no longer at work', async () => {
  const here = world()
  const { id } = await here.make(rina)
  here.db.update(exportFiles).set({ status: 'making', sha256: null }).where(eq(exportFiles.id, id)).run()
  here.db.update(users).set({ status: 'suspended' }).where(eq(users.id, 'rina')).run()
  resumeExports(here)
  await exportsDone(here.db)
  assert.equal([storedOf(here, id)!.status, storedOf(here, id)!.message], ['failed', 'Akun pembuatnya tidak aktif lagi.'])
})

restart.run()

// Read again with a library that has no part in the writing.
const spreadsheet = suite('the file in a spreadsheet')

const FORMULAS = ['=HYPERLINK("http://jahat.example","klik")', '+62812', '-1+2', '@SUM(A1)', '\t=1', '  =1', '＝1']

spreadsheet('holds no formula, in either format', async () => {
  const here = world()
  FORMULAS.forEach((head, i) => addHousehold(here.db, `evil-${i}`, { record: aRecord({ head, address: `Jl. <b>"A&B"</b>;\r\nRT\u0001 0${i} \uD83C\uDFE0` }) }))
  const csv = await rowsOf(await (await here.make(rina)).file())
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await (await (await here.make(rina, { format: 'xlsx' })).file()).arrayBuffer())
  const sheet = book.getWorksheet('Data')!
  const heading = (sheet.getRow(1).values as string[]).indexOf('Kepala rumah tangga')
  const heads = sheet.getColumn(heading).values.slice(2) as unknown[]
  assert.is(heads.length, csv.length)
  for (const names of [heads, csv.map((row) => row['Kepala rumah tangga'])] as string[][]) {
    assert.equal(names.filter((name) => typeof name !== 'string' || /^[\s]*[=+\-@＝]/.test(name)), [])
    for (const formula of FORMULAS) assert.ok(names.includes(`'${formula}`), formula)
  }
  sheet.eachRow((row) => row.eachCell((cell) => assert.is.not(cell.type, ExcelJS.ValueType.Formula)))
  const address = String(sheet.getRow(sheet.rowCount).getCell((sheet.getRow(1).values as string[]).indexOf('Alamat')).value)
  assert.ok(csv.some((row) => row.Alamat!.includes('\uD83C\uDFE0')) && !address.includes('\u0001'))
})

const MANY = 132_000

spreadsheet('is complete at 132,000 rows', async () => {
  const here = world()
  const insert = here.db.$client.prepare(`INSERT INTO households (id, region_code, origin, head_name, head_nik, address, member_count, record, version, stage, stage_at, flag_count, created_at)
    VALUES (?, ?, 'prelist', ?, ?, ?, 4, '{}', 1, 'published', '', 0, '')`)
  here.db.$client.transaction(() => {
    for (let i = 2; i < MANY; i += 1) insert.run(`h${i}`, i % 3 ? PONCOSARI : TRIMURTI, `Warga ${String(i % 5000).padStart(4, '0')}`, `99020115${String(i).padStart(8, '0')}`, `Jl. Melati ${i} RT 02`)
  })()
  const { id } = await here.make(rina, { format: 'xlsx' })
  assert.is(storedOf(here, id)!.rowsDone, MANY)
  const seen = new Set<string>()
  const reader = new ExcelJS.stream.xlsx.WorkbookReader((await openKept(here.dataDirectory, exportPath(here.dataDirectory, { id, format: 'xlsx' }))).stream(), { entries: 'ignore', sharedStrings: 'ignore', hyperlinks: 'ignore', styles: 'ignore', worksheets: 'emit' })
  for await (const sheet of reader) {
    for await (const row of sheet) if (row.number > 1) seen.add(`${row.getCell(9).value} ${row.getCell(6).value}`)
  }
  const expected = here.db.select({ address: households.address, head: households.headName }).from(households).all().filter(({ head }) => head !== 'Dirjo Sleman')
  assert.is(expected.length, MANY)
  assert.equal(expected.filter(({ address, head }) => !seen.has(`${address} ${head}`)), [])
  assert.is(seen.size, MANY)
})

spreadsheet.run()
