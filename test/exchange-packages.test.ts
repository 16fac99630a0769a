import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { restore } from '#app/backup/restoring.ts'
import { installPackage } from '#app/exchange/installing.ts'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { packageFile, resumePackages, sweepPackages } from '#app/exchange/package-work.ts'
import { moveUser } from '#app/users/users.ts'
import {
  auditEntries, deliveries, exchangeOrigin, exchangePackages, households, householdVersions, remarks, sessions, userRegions, users, visitPhotos,
} from '#db/schema/index.ts'
import { backUpTo, storeAt } from '#test/support/backups.ts'
import { folder, form, kecamatan, laptopFrom, pack, SECRET } from '#test/support/laptop.ts'
import { aRecord } from '#test/support/records.ts'
import { aBundle, forOffice } from '#test/support/siks-file.ts'
import { actions, agus, as, BANTUL, budi, nia, PASSWORD, rina, siti, SRANDAKAN, type Fields } from '#test/support/world.ts'

const packing = suite('a region package')

packing('becomes a server of its own, with its region and nothing else', async () => {
  const world = await kecamatan()
  const laptop = await laptopFrom(await pack(world))
  const { db } = laptop
  assert.equal(db.select({ id: households.id }).from(households).all().map(({ id }) => id).sort(), ['asep', 'ujang'])
  assert.equal(db.select().from(households).where(eq(households.id, 'asep')).get(), world.db.select().from(households).where(eq(households.id, 'asep')).get())
  assert.equal([db.select().from(householdVersions).all().length, db.select().from(remarks).all().length, db.select().from(visitPhotos).all().length], [2, 1, 9])
  assert.equal([db.select().from(sessions).all(), db.select().from(deliveries).all()], [[], []])
  assert.equal(db.select().from(auditEntries).all().map(({ action }) => action), ['exchange.package_installed'])
  assert.is(db.select().from(exchangeOrigin).get()!.recipient, await officeRecipient(world.dataDirectory))
  assert.equal(readdirSync(laptop.directory).filter((name) => !name.startsWith('siks.db')), ['office-key.txt'])
  const [store, copy] = [storeAt(), folder()]
  await backUpTo(store, laptop)
  await restore({ store, dataDirectory: copy })
  assert.is(await officeRecipient(copy), await officeRecipient(laptop.directory))
})

packing('brings the visits of who has moved in, with all that hangs on them', async () => {
  const world = await kecamatan()
  world.db.$client.exec("UPDATE visits SET region_code = '34.04.01.1001'")
  const { db } = await laptopFrom(await pack(world))
  assert.equal([db.select().from(householdVersions).all().length, db.select().from(remarks).all().length, db.select().from(visitPhotos).all().length], [2, 1, 9])
})

packing('lets its own officers in with their own password, its maker within the region, and nobody else', async () => {
  const laptop = await laptopFrom(await pack(await kecamatan()))
  const active = laptop.db.select().from(users).where(eq(users.status, 'active')).all().map(({ id }) => id).sort()
  assert.equal(active, ['budi', 'oki', 'rina', 'siti', 'tono', 'wawan'])
  assert.equal(laptop.db.select().from(userRegions).where(eq(userRegions.userId, 'rina')).all(), [{ userId: 'rina', regionCode: SRANDAKAN }])
  assert.is((await laptop.anybody.post('/session', { username: 'siti', password: PASSWORD })).status, 303)
  assert.is((await laptop.anybody.post('/session', { username: 'dewi', password: PASSWORD })).status, 422)
})

packing('answers the pages of the field, the queue and the search', async () => {
  const laptop = await laptopFrom(await pack(await kecamatan()))
  const text = async (who: typeof siti, path: string) => {
    const answer = await laptop.as(who).get(path)
    assert.is(answer.status, 200, path)
    return answer.text()
  }
  assert.match(await text(siti, '/field/ujang'), /Periksa lantai|Lantai di foto lain/)
  assert.match(await text(siti, '/field'), /Asep Suryana/)
  assert.match(await text(rina, '/households?q=wati'), /Asep Suryana/)
  for (const path of ['/', '/reviews', '/households/ujang', '/households/ujang/versions', '/musdes', '/prelist', '/regions/34.02.01', '/exchange', '/exchange/changes']) await text(budi, path)
})

packing('is cut only by those in whose region it lies, and fetched by its maker', async () => {
  const world = await kecamatan()
  assert.is((await world.as(nia).post('/exchange/packages', form())).status, 404)
  assert.is((await world.as(budi).post('/exchange/packages', form({ region: BANTUL }))).status, 404)
  assert.is((await world.as(siti).post('/exchange/packages', form())).status, 403)
  const fields = form()
  await pack(world, fields, budi)
  for (const path of ['', '/file']) assert.is((await world.as(rina).get(`/exchange/packages/${String(fields.key)}${path}`)).status, 404)
  assert.equal(actions(world.db).filter((action) => action.startsWith('exchange.')), ['exchange.package_requested', 'exchange.package_made', 'exchange.package_downloaded'])
})

packing('is given out no more once its maker works elsewhere', async () => {
  const world = await kecamatan()
  const fields = form()
  await pack(world, fields, budi)
  as(world.db, agus, (tx) => moveUser(tx, budi.id, { role: budi.role, regions: ['34.02.02'] }))
  const answer = await world.as(budi).get(`/exchange/packages/${String(fields.key)}/file`)
  assert.is(answer.status, 409)
  assert.match(await answer.text(), /Wilayah tugas Anda berubah/)
})

packing('asks for a password or for the key of one laptop, not for both', async () => {
  const page = await (await (await kecamatan()).as(rina).get('/exchange/packages')).text()
  const askedBy = (lock: string) => page.split('data-asked-when').slice(1).find((part) => part.includes(lock) && part.includes('<input'))!.split('</form>')[0]!
  assert.match(askedBy('passphrase'), /name="passphrase"[^]*name="again"/)
  assert.not.match(askedBy('passphrase'), /name="recipient"/)
  assert.match(askedBy('office'), /name="recipient"/)
})

packing('names what is wrong in its form and makes nothing', async () => {
  const world = await kecamatan()
  const wrong: [Fields, RegExp][] = [
    [{ passphrase: 'pendek', again: 'pendek' }, /#f-passphrase/], [{ again: 'lain-sama-sekali' }, /#f-again/], [{ lock: 'office', recipient: 'age1salah' }, /#f-recipient/],
    [{ region: '' }, /#f-region/], [{ region: '34.02.02.2001' }, /#f-region/], [{ region: '34.04' }, /Wilayah tidak ditemukan/],
  ]
  for (const [fields, words] of wrong) assert.match(await (await world.as(rina).post('/exchange/packages', form(fields))).text(), words)
  assert.equal(world.db.select().from(exchangePackages).all(), [])
})

packing('twice from one form is made once; removed or old, its file is gone', async () => {
  const world = await kecamatan()
  const fields = form()
  await pack(world, fields)
  await pack(world, fields)
  const file = packageFile(world.dataDirectory, String(fields.key))
  assert.is(actions(world.db).filter((action) => action === 'exchange.package_made').length, 1)
  assert.match(await (await world.as(rina).get('/exchange/packages')).text(), /Siap diunduh/)
  sweepPackages(world, Date.now() + 8 * 86_400_000)
  assert.throws(() => readFileSync(file), /ENOENT/)
  assert.is((await world.as(rina).get(`/exchange/packages/${String(fields.key)}/file`)).status, 409)
})

packing('under way when the server stopped is given up, and nothing of it lies about', async () => {
  const world = await kecamatan()
  world.db.insert(exchangePackages).values({ id: 'half', regionCode: SRANDAKAN, madeBy: 'rina', madeAt: '2026-03-01T00:00:00.000Z', status: 'making' }).run()
  mkdirSync(join(world.dataDirectory, 'exchange', 'packages', 'half'), { recursive: true })
  resumePackages(world)
  assert.is(world.db.select().from(exchangePackages).get()!.status, 'failed')
  assert.equal(readdirSync(join(world.dataDirectory, 'exchange', 'packages')), [])
})

const installing = suite('installing a package')

const refusal = (directory: string, file: string, passphrase = SECRET) =>
  installPackage(directory, file, passphrase).then(() => 'installed', (error: { fields: Record<string, string> }) => Object.values(error.fields)[0]!)

installing('is refused over data that is there, with a wrong passphrase, of another file, and leaves nothing', async () => {
  const world = await kecamatan()
  const file = await pack(world)
  const directory = folder()
  assert.match(await refusal(directory, file, 'bukan-itu'), /tidak membuka/)
  assert.match(await refusal(directory, file, ''), /kata sandi/)
  const cut = join(folder(), 'cut.siks')
  writeFileSync(cut, readFileSync(file).subarray(0, -100))
  assert.match(await refusal(directory, cut), /rusak/)
  assert.equal(readdirSync(directory).filter((name) => name !== 'office-key.txt'), [])
  const outbox = join(folder(), 'outbox.siks')
  writeFileSync(outbox, Buffer.from(await (await forOffice(directory, [aBundle({ householdId: 'asep', officer: siti, record: aRecord() })])).arrayBuffer()))
  assert.match(await refusal(directory, outbox), /bukan paket wilayah/)
  writeFileSync(join(directory, 'siks.db'), 'ada')
  assert.match(await refusal(directory, file), /tidak kosong/)
  assert.match(await (await world.as(rina).post('/exchange', { file: new File([readFileSync(file)], 'a.siks'), passphrase: SECRET })).text(), /paket wilayah/)
})

installing('by command, for a package locked for that laptop alone', async () => {
  const directory = folder()
  const run = (...words: string[]) => spawnSync('node', ['--import', 'tsx', 'app/exchange/command.ts', ...words], { env: { ...process.env, SIKS_DATA: directory }, encoding: 'utf8' })
  const key = run('key').stdout.trim()
  assert.match(key, /^age1/)
  const file = await pack(await kecamatan(), form({ lock: 'office', recipient: key, passphrase: '', again: '' }))
  assert.match(await refusal(folder(), file), /kantor lain/)
  const { stdout, stderr, status } = run('import', file)
  assert.is(status, 0, stderr)
  assert.match(stdout, /2 rumah tangga/)
  assert.is(run('import', file).status, 1)
})

packing.run()
installing.run()
