import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeOpener } from '#app/backup/age-file.ts'
import { checkOpened, checkStored } from '#app/backup/checking.ts'
import { backUp } from '#app/backup/making.ts'
import { listMoments } from '#app/backup/manifest.ts'
import { nationText, type Counts } from '#app/backup/nation.ts'
import { chooseManifest, restore } from '#app/backup/restoring.ts'
import { readConfig } from '#app/config.ts'
import { nationState } from '#app/national/state.ts'
import { makeMetrics } from '#app/operation/metrics.ts'
import { openNation } from '#db/postgres/connection.ts'
import { migrateNation } from '#db/postgres/migrate.ts'
import { aKeyPair, inUse, KEEP, storeAt } from '#test/support/backups.ts'
import { archiveOf, endOfAll, ministry, type Ministry } from '#test/support/nation.ts'
import { aRecord } from '#test/support/records.ts'
import { aFolder } from '#test/support/servers.ts'
import { agus, BALECATUR, mega } from '#test/support/world.ts'

const said = (work: Promise<unknown>) => work.then(() => '', (error: Error) => error.message)
const AWKWARD = 'Gg. "Tab\t" \\. no. 7\nbaris é'

// Two kabupaten have sent; of one household it was said why it goes back.
async function collecting() {
  const [pusdatin, server] = [await ministry(), await inUse()]
  await pusdatin.upload(await archiveOf([{ id: 'asep', record: aRecord({ address: AWKWARD }) }, { id: 'ujang', record: aRecord({ serial: 8 }) }]))
  await pusdatin.upload(await archiveOf([{ id: 'bejo', record: aRecord({ serial: 9 }), village: BALECATUR }], { regionCode: '34.04', title: 'Sleman' }))
  await pusdatin.upload(Buffer.from('bukan arsip'))
  await pusdatin.rows(`UPDATE nation.records SET decision = 'returned', reason = 'NIK ganda', decided_by = 'mega', decided_at = '2026-03-06T01:02:03.456Z' WHERE household_id = 'ujang'`)
  return { pusdatin, server }
}

const TABLES = ['arrivals', 'keys', 'batches', 'records', 'proposals', 'people', 'numbers', 'doubles', 'standing']
const everything = async ({ rows }: Pick<Ministry, 'rows'>) => Object.fromEntries(await Promise.all(TABLES.map(async (table) =>
  [table, (await rows(`SELECT to_jsonb(t)::text AS row FROM nation.${table} t ORDER BY 1`)).map(({ row }) => row)] as const)))
const isEmpty = async (one: Ministry) => Object.values(await everything(one)).every((rows) => rows.length === 0)

const copy = ({ pusdatin, server }: Awaited<ReturnType<typeof collecting>>, store: ReturnType<typeof storeAt>, { recipients = [], at, keep = KEEP }: { recipients?: string[], at?: string, keep?: typeof KEEP } = {}) =>
  backUp({ dataDirectory: server.directory, store, recipients, keep, nation: pusdatin.nation, ...at && { now: new Date(at) } })

const nation = suite('a backup of the office that collects for the nation')

nation('brings back every row of every table, encrypted on its way, and its partitions take the next batch', async () => {
  const office = await collecting()
  const [{ identity, recipient }, store] = [await aKeyPair(), storeAt()]
  const made = await copy(office, store, { recipients: [recipient] })
  assert.is(made.batches, 2)
  const manifest = await chooseManifest(store)
  assert.equal([manifest.nation!.counts.records?.rows, manifest.nation!.counts.arrivals?.rows], [3, 3])
  assert.not.match(readFileSync(join(store.folder, manifest.nation!.object), 'latin1'), /asep|ujang|NIK ganda/)
  assert.is(await checkStored(store, manifest, { full: true }), 2 + manifest.files.length)
  assert.is(await checkOpened(store, manifest, { opener: makeOpener([identity]), full: true }), 2 + manifest.files.length)

  const [spare, folder] = [await ministry(), aFolder('restored')]
  await restore({ store, dataDirectory: folder, opener: makeOpener([identity]), nation: spare.nation })
  assert.equal(await everything(spare), await everything(office.pusdatin))
  assert.ok(existsSync(join(folder, 'siks.db')))
  await spare.upload(await archiveOf([{ id: 'asep', record: aRecord({ serial: 10 }) }], { title: 'April' }))
  assert.equal(await spare.rows('SELECT count(*) AS n FROM nation.records WHERE is_newest'), [{ n: 3 }])
})

nation('shows one moment, whatever arrives while it is made', async () => {
  const { pusdatin } = await collecting()
  const counts: Counts = {}
  const text = nationText(pusdatin.nation, counts)
  assert.match(String((await text.next()).value), /"regencies":\["34\.02","34\.04"\]/)
  await pusdatin.upload(await archiveOf([{ id: 'cahya', record: aRecord({ serial: 21 }) }], { title: 'Susulan' }))
  for await (const _ of text) { /* only counted */ }
  assert.equal(['arrivals', 'batches', 'records', 'people'].map((table) => counts[table]!.rows), [3, 2, 3, 6])
  assert.equal(await pusdatin.rows('SELECT count(*) AS n FROM nation.records'), [{ n: 4 }])
})

nation('is not put back without a PostgreSQL, nor over one that holds something; and what broke off afterwards goes on', async () => {
  const office = await collecting()
  const store = storeAt()
  await copy(office, store)
  const folder = aFolder('restored')
  assert.match(await said(restore({ store, dataDirectory: folder })), /Isi DATABASE_URL/)
  const other = await ministry()
  await other.upload(await archiveOf([{ id: 'cahya', record: aRecord({ serial: 11 }) }]))
  const before = await everything(other)
  assert.match(await said(restore({ store, dataDirectory: folder, nation: other.nation })), /sudah berisi data nasional lain/)
  assert.equal(await everything(other), before)
  assert.not(existsSync(join(folder, 'siks.db')))

  const spare = await ministry()
  await restore({ store, dataDirectory: aFolder('restored'), nation: spare.nation })
  await restore({ store, dataDirectory: folder, nation: spare.nation })
  assert.equal(await everything(spare), await everything(office.pusdatin))

  await spare.rows(`UPDATE nation.records SET reason = 'KK ganda' WHERE household_id = 'ujang'`)
  assert.match(await said(restore({ store, dataDirectory: aFolder('restored'), nation: spare.nation })), /sudah berisi data nasional lain/)
})

nation('that was changed leaves PostgreSQL empty, and a check says so', async () => {
  const office = await collecting()
  const store = storeAt()
  await copy(office, store)
  const manifest = await chooseManifest(store)
  const lies = { ...manifest, nation: { ...manifest.nation!, sha256: '0'.repeat(64) } }
  assert.match(await said(checkOpened(store, lies, {})), /data nasional tidak sama/)
  const path = join(store.folder, manifest.nation!.object)
  writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)).toString('utf8').replaceAll('NIK ganda', 'NIK benar')))
  assert.match(await said(checkStored(store, manifest)), /Cadangan/)
  const spare = await ministry()
  assert.match(await said(restore({ store, dataDirectory: aFolder('restored'), nation: spare.nation })), /data nasional tidak sama.*PostgreSQL tidak diubah/)
  assert.ok(await isEmpty(spare))
})

nation('of a newer program is refused, and old ones leave the store with their part', async () => {
  const office = await collecting()
  const store = storeAt()
  await copy(office, store, { at: '2026-03-01T18:30:00Z' })
  await copy(office, store, { at: '2026-03-02T18:30:00Z', keep: { days: 1, weeks: 0, months: 0 } })
  assert.is((await listMoments(store)).length, 1)
  assert.is([...(await store.list('databases/')).keys()].filter((name) => name.includes('.nation.')).length, 1)

  await office.pusdatin.rows(`INSERT INTO nation.migrations (name, checksum) VALUES ('9999_later.sql', 'x')`)
  await copy(office, store, { at: '2026-03-03T18:30:00Z' })
  const spare = await ministry()
  assert.match(await said(restore({ store, dataDirectory: aFolder('restored'), nation: spare.nation })), /program yang lebih baru/)
  assert.ok(await isEmpty(spare))
})

nation('belongs to the backup where DATABASE_URL is set, unless it is left to another tool', () => {
  const nationIn = (env: Record<string, string>) => readConfig(env).backup.nation
  assert.equal([nationIn({}), nationIn({ DATABASE_URL: 'postgres:///siks' }), nationIn({ DATABASE_URL: 'postgres:///siks', SIKS_BACKUP_NATION: 'false' })], [false, true, false])
})

const seeing = suite('the administrator of that office')

seeing('sees whether PostgreSQL answers, what arrived, and whether it is backed up; others see none of it', async () => {
  const { pusdatin } = await collecting()
  const page = await (await pusdatin.as(agus).get('/operation')).text()
  assert.match(page, /Data nasional \(PostgreSQL\)/)
  assert.match(page, /Tersambung/)
  assert.match(page, /2 berkas pengesahan, 3 rumah tangga terbaru/)
  assert.match(page, /SIKS_BACKUP_NATION=false/)
  assert.is((await pusdatin.as(mega).get('/operation')).status, 403)
})

seeing('sees one that is away within seconds, on the page and in the numbers, and everything else as ever', async () => {
  const lost = openNation('postgres://siks@/siks?host=/tidak/ada')
  assert.equal(await nationState(lost), { away: true })
  const pusdatin = await ministry()
  await pusdatin.nation.pool.query('DROP SCHEMA nation CASCADE')
  const page = await (await pusdatin.as(agus).get('/operation')).text()
  assert.match(page, /Tidak tersambung/)
  assert.match(page, /Ruang disk/)
  const isWarned = async (who: typeof agus) => /Data nasional \(PostgreSQL\) tidak tersambung/.test(await (await pusdatin.as(who).get('/')).text())
  assert.equal([await isWarned(agus), await isWarned(mega)], [true, false])
  await migrateNation(pusdatin.nation)
  assert.is(await isWarned(agus), false)
  const numbers = (one: typeof lost) => makeMetrics({ db: pusdatin.db, dataDirectory: pusdatin.dataDirectory, startedAt: new Date(), nation: one }).text()
  assert.match(await numbers(lost), /^siks_nation_up 0$/m)
  assert.match(await numbers(pusdatin.nation), /^siks_nation_up 1$/m)
  await lost.close()
})

seeing.after(endOfAll)

nation.run()
seeing.run()
