import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyRetention, nightly, rulesOn, viewRetention } from '#app/protection/retention.ts'
import { closeCase, openCase } from '#app/protection/cases.ts'
import { auditEntries, households, prelistImportRows, prelistImports, receivedPosts, retentionRuns, subjectCases, visits } from '#db/schema/index.ts'
import { asksFor } from '#test/support/protection.ts'
import { addHousehold, as, aulia, BANTUL, freshApp, oki, PONCOSARI, rina, siti, tono } from '#test/support/world.ts'

const NOW = new Date('2026-11-29T18:00:00.000Z')
const OLD = '2026-01-10T00:00:00.000Z'

function world() {
  const made = freshApp()
  for (const [id, officer] of [['asep', siti], ['ujang', tono]] as const) addHousehold(made.db, id, { stage: 'assigned', officer })
  return made
}
const draft = (db: ReturnType<typeof world>['db'], id: string, householdId: string, openedAt = OLD) => {
  const { record, version } = db.select().from(households).all().find((one) => one.id === householdId)!
  db.insert(visits).values({ id, householdId, regionCode: PONCOSARI, officerId: siti.id, status: 'draft', record, savedSections: {}, revision: 1, baseVersion: version, questionnaireVersion: '2026', openedAt }).run()
}

const keeping = suite('keeping and deleting')

keeping('takes away a draft of a household that is another\'s by now, and no draft that somebody may still send', async () => {
  const { db, dataDirectory } = world()
  draft(db, 'left', 'ujang')
  draft(db, 'own', 'asep')
  draft(db, 'young', 'ujang', '2026-11-01T00:00:00.000Z')
  assert.is(viewRetention(db, aulia, NOW).rules.find(({ kind }) => kind === 'drafts')!.due, 1)
  assert.equal(await applyRetention({ db, dataDirectory }, NOW), { drafts: 1 })
  assert.equal(db.select().from(visits).all().map(({ id }) => id).sort(), ['own', 'young'])
})

keeping('empties imports that were given up, and leaves those that became data', async () => {
  const { db, dataDirectory } = world()
  for (const status of ['discarded', 'applied'] as const) {
    db.insert(prelistImports).values({ id: status, fileName: 'a.csv', sha256: '00', regionCode: BANTUL, uploadedBy: rina.id, uploadedAt: OLD, status, bytes: 1 }).run()
    for (let position = 1; position <= 1200; position += 1) db.insert(prelistImportRows).values({ importId: status, position, prelistId: String(position), regionCode: PONCOSARI, headName: 'Asep', action: 'new', record: {}, errors: [] }).run()
  }
  assert.equal(await applyRetention({ db, dataDirectory }, NOW), { import_rows: 1200 })
  assert.is(db.select().from(prelistImportRows).all().length, 1200)
})

keeping('clears pieces that never became whole, and forgets who asked for their data five years ago', async () => {
  const { db, dataDirectory } = world()
  const folder = join(dataDirectory, 'incoming', 'deliveries')
  mkdirSync(folder, { recursive: true })
  for (const [name, at] of [['old.part', OLD], ['new.part', '2026-11-20T00:00:00.000Z']] as const) {
    writeFileSync(join(folder, name), 'x')
    utimesSync(join(folder, name), new Date(at), new Date(at))
  }
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  as(db, rina, (tx) => closeCase(tx, asked.id, { revision: 1, reply: 'Salinan diserahkan.', status: 'answered' }))
  assert.equal(await applyRetention({ db, dataDirectory }, NOW), { incoming: 1 })
  assert.equal(await applyRetention({ db, dataDirectory }, new Date('2032-01-01T18:00:00.000Z')), { incoming: 1, cases: 1 })
  assert.equal(readdirSync(folder), [])
  const [kept] = db.select().from(subjectCases).all()
  assert.equal([kept!.asker, kept!.reply, kept!.status], ['', 'Salinan diserahkan.', 'answered'])
})

keeping('writes down what it deleted, twice finds nothing more, and never touches the trail', async () => {
  const { db, dataDirectory } = world()
  db.insert(receivedPosts).values({ key: 'old', actorId: oki.id, receivedAt: '2025-01-01T00:00:00.000Z' }).run()
  const lines = db.select().from(auditEntries).all().length
  assert.equal([await applyRetention({ db, dataDirectory }, NOW), await applyRetention({ db, dataDirectory }, NOW)], [{ posts: 1 }, {}])
  assert.equal(db.select().from(retentionRuns).all().map(({ kind, deleted }) => [kind, deleted]), [['posts', 1]])
  assert.is(db.select().from(auditEntries).all().length, lines + 1)
  assert.is(viewRetention(db, aulia, NOW).rules.find(({ kind }) => kind === 'posts')!.deleted, 1)
})

keeping('goes by the newest rule that holds on the day', () => {
  const { db } = world()
  db.$client.exec("INSERT INTO retention_rules VALUES ('drafts', '2026-06-01', 30, 'Surat edaran', 'agus', '2026-05-01'), ('drafts', '2027-01-01', 5, 'Kelak', 'agus', '2026-05-01')")
  assert.is(rulesOn(db, '2026-11-29').find(({ kind }) => kind === 'drafts')!.days, 30)
  assert.is(rulesOn(db, '2026-02-01').find(({ kind }) => kind === 'drafts')!.days, 180)
})

keeping('works by night alone', async () => {
  const { db, dataDirectory } = world()
  assert.is(nightly({ db, dataDirectory }, new Date('2026-11-29T05:00:00.000Z')), undefined)
  assert.equal(await nightly({ db, dataDirectory }, NOW), {})
})

keeping('is a page with every kind, its days and its source', async () => {
  const body = await (await world().as(aulia).get('/protection/retention')).text()
  for (const words of ['Konsep kunjungan yang ditinggalkan', '180 hari', 'Seterusnya', 'Nama dan kontak pelapor', '24 bulan', 'Berkas ekspor']) assert.ok(body.includes(words), words)
  const register = await (await world().as(aulia).get('/protection/register')).text()
  for (const words of ['Pemadanan dengan Dukcapil', 'pasal 31', 'Ditjen Dukcapil', 'Data anak'.toLowerCase()]) assert.ok(register.includes(words), words)
  assert.not.ok(register.includes('AEGIS'))
})

keeping.run()
