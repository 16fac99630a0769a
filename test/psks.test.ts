import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findList } from '#app/exports/lists.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { listPsks } from '#app/psks/list.ts'
import { addPsks, referableFrom, type PsksFacts } from '#app/psks/psks.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { psks } from '#db/schema/index.ts'
import { actions, agus, as, BALECATUR, BANTUL, budi, freshApp, freshDatabase, GADINGSARI, nia, oki, PONCOSARI, rina, siti, SRANDAKAN, wawan } from '#test/support/world.ts'

const TODAY = '2026-03-02'
const facts = (more: Partial<PsksFacts> = {}): PsksFacts => ({
  kind: 'psm', regionCode: PONCOSARI, name: 'Sri Wahyuni', contactName: '', phone: '081234567890', address: 'Jl. Melati 1', certificate: 'SK 12/2024', activeFrom: '2024-01-01', note: '', ...more,
})
const add = (db: Db, id: string, more: Partial<PsksFacts> = {}, by: Actor = rina) => as(db, by, (tx) => addPsks(tx, { key: id, ...facts(more) }))
const form = (more: Record<string, string> = {}) => ({ key: randomUUID(), kind: 'psm', region: PONCOSARI, name: 'Sri Wahyuni', phone: '0812-3456-7890', activeFrom: '2024-01-01', ...more })
const names = (db: Db, by: Actor, more: { q?: string, kind?: string, region?: string, show?: 'active' | 'ended' | 'all' } = {}) =>
  listPsks(db, by, { q: '', region: '', show: 'active', ...more }, undefined, TODAY).rows.map(({ name }) => name)

const register = suite('the register of PSKS')

register('knows the fourteen kinds, of persons and of institutions', () => {
  const words = wordsOn(freshDatabase(), 'ppks', 'psks_kind', TODAY)
  assert.is(words.length, 14)
  assert.equal(words.filter(({ kind }) => kind === 'institution').map(({ code }) => code), ['lks', 'karang_taruna', 'lk3', 'wksbm', 'dunia_usaha', 'forum_csr', 'family_care_unit'])
})

register('takes an entry of the kecamatan or Dinsos in their places, once for each form', async () => {
  const { db, as: signedIn } = freshApp()
  const sent = form({ kind: 'tksk', region: '' })
  const answer = await signedIn(budi).post('/psks', sent)
  assert.is(answer.headers.get('Location'), `/psks/${sent.key}`)
  assert.is((await signedIn(budi).post('/psks', sent)).status, 303)
  const [only, ...more] = db.select().from(psks).all()
  assert.equal([only!.regionCode, only!.institution, only!.phone, more.length], [SRANDAKAN, false, '081234567890', 0])
  assert.ok(actions(db).includes('psks.added'))
})

for (const [words, wrong, message] of [
  ['without a name', { name: '' }, /Isi namanya/], ['of no known kind', { kind: 'x' }, /Pilih jenis/], ['with a telephone of letters', { phone: 'abc' }, /Nomor telepon/],
  ['of a place that is not his', { region: GADINGSARI }, /wilayah kerja Anda/], ['without a day', { activeFrom: '' }, /tanggal mulai/],
] as const) {
  register(`refuses an entry ${words}, keeps what was typed and changes nothing`, async () => {
    const { db, as: signedIn } = freshApp()
    const before = db.select().from(psks).all()
    const answer = await signedIn(budi).post('/psks', form({ address: 'Jl. Kenanga 7', ...wrong }))
    assert.is(answer.status, 422)
    const page = await answer.text()
    assert.match(page, message)
    assert.match(page, /Jl\. Kenanga 7/)
    assert.equal(db.select().from(psks).all(), before)
  })
}

register('is changed with its history, and not over the change of another', async () => {
  const { db, as: signedIn } = freshApp()
  add(db, 'sri')
  const edit = { ...form({ name: 'Sri Wahyuni, S.Sos', revision: '1' }), address: 'Jl. Melati 1', certificate: 'SK 12/2024' }
  assert.is((await signedIn(rina).post('/psks/sri', edit)).status, 303)
  assert.is((await signedIn(rina).post('/psks/sri', { ...edit, key: randomUUID(), name: 'Lain' })).status, 409)
  assert.is(db.select().from(psks).get()!.name, 'Sri Wahyuni, S.Sos')
  assert.match(await (await signedIn(oki).get('/psks/sri')).text(), /Diubah[\s\S]*nama/)
})

register('is ended with a reason and not before it began; then it is offered no more', async () => {
  const { db, as: signedIn } = freshApp()
  add(db, 'lks', { kind: 'lks', name: 'LKS Kasih Ibu' })
  const ending = (more: Record<string, string>) => signedIn(rina).post('/psks/lks/ending', { key: randomUUID(), revision: '1', activeTo: '2026-02-28', endReason: 'Izin habis', ...more })
  assert.is((await ending({ activeTo: '2023-12-31' })).status, 422)
  assert.is((await ending({ endReason: '' })).status, 422)
  assert.is(referableFrom(db, PONCOSARI, TODAY).length, 1)
  assert.is((await ending({})).status, 303)
  assert.is((await ending({ revision: '2' })).status, 409)
  assert.equal(referableFrom(db, PONCOSARI, TODAY), [])
  assert.equal(referableFrom(db, PONCOSARI, '2026-02-28').map(({ id }) => id), ['lks'])
  assert.equal([names(db, rina), names(db, rina, { show: 'ended' })], [[], ['LKS Kasih Ibu']])
})

const lists = suite('the list of PSKS')

lists('is narrowed by name, kind and place, in the order of names, within the reader\'s own', () => {
  const db = freshDatabase()
  add(db, 'b', { name: 'Budi Relawan' })
  add(db, 'a', { name: 'Ani Penyuluh', kind: 'penyuluh_sosial', regionCode: GADINGSARI })
  add(db, 'c', { name: 'Forum CSR Bantul', kind: 'forum_csr', regionCode: BANTUL })
  add(db, 's', { name: 'LKS Sleman', kind: 'lks', regionCode: BALECATUR }, nia)
  assert.equal(names(db, rina), ['Ani Penyuluh', 'Budi Relawan', 'Forum CSR Bantul'])
  assert.equal(names(db, oki), ['Budi Relawan'])
  assert.equal(names(db, nia), ['LKS Sleman'])
  assert.equal(names(db, rina, { q: 'relaw' }), ['Budi Relawan'])
  assert.equal(names(db, rina, { kind: 'forum_csr' }), ['Forum CSR Bantul'])
  assert.equal(names(db, rina, { region: '34.02.02' }), ['Ani Penyuluh'])
  assert.throws(() => names(db, oki, { region: '34.04' }), /tidak ditemukan/)
})

lists('goes on where the page before it ended', async () => {
  const { db, as: signedIn } = freshApp()
  for (let n = 0; n < 53; n += 1) add(db, `p${n}`, { name: `Relawan ${String(n % 52).padStart(2, '0')}` })
  const first = listPsks(db, rina, { q: '', region: '', show: 'active' }, undefined, TODAY)
  const second = listPsks(db, rina, { q: '', region: '', show: 'active' }, first.next!, TODAY)
  assert.is(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size, 53)
  const href = /href="(\/psks\?[^"]*after=[^"]*)"/.exec(await (await signedIn(rina).get('/psks')).text())![1]!.replaceAll('&amp;', '&')
  assert.match(await (await signedIn(rina).get(href)).text(), /Relawan 51/)
})

lists('leaves as a file and on paper, and the paper is written down', async () => {
  const { db, as: signedIn } = freshApp()
  add(db, 'sri')
  assert.match([...findList('psks')!.chunks({ db, actor: oki }, {})].flat().join('|'), /Sri Wahyuni/)
  assert.match(await (await signedIn(oki).get('/psks/print')).text(), /Daftar potensi dan sumber kesejahteraan sosial[\s\S]*Sri Wahyuni/)
  assert.is(actions(db).at(-1), 'psks.printed')
})

lists('is read by readers of programmes, changed by the kecamatan and Dinsos, and not found elsewhere', async () => {
  const { db, as: signedIn } = freshApp()
  add(db, 'sri')
  for (const person of [siti, agus]) assert.is((await signedIn(person).get('/psks')).status, 403, person.id)
  for (const person of [oki, wawan, budi, rina]) assert.is((await signedIn(person).get('/psks/sri')).status, 200, person.id)
  assert.is((await signedIn(oki).post('/psks', form())).status, 403)
  for (const path of ['/psks/sri', '/psks/sri/edit']) assert.is((await signedIn(nia).get(path)).status, 404)
  assert.is((await signedIn(nia).post('/psks/sri', form({ revision: '1' }))).status, 404)
  assert.is((await signedIn(nia).post('/psks/sri/ending', form({ revision: '1', activeTo: '2026-01-01', endReason: 'salah' }))).status, 404)
  assert.is(db.select().from(psks).all().length, 1)
})

register.run()
lists.run()
