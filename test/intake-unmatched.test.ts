import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { masked } from '#app/exports/exportable.ts'
import { findList } from '#app/exports/lists.ts'
import { kkOf, nikOf } from '#test/support/desil.ts'
import { bring, cardOf, confirm, receives, recipientsIn, registryWorld, rowsOf } from '#test/support/payments.ts'
import { actions, BALECATUR, BANTUL, budi, contentsOf, GADINGSARI, nia, oki, PONCOSARI, rina } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-0000000000'
const stranger = (serial: number, name: string, region = '') => [cardOf(serial), nikOf(serial), kkOf(serial), name, region, '']

async function strangers() {
  const world = registryWorld()
  const id = await confirm(world, await bring(world, [stranger(500, 'Asep Suriana'), stranger(501, 'Hilang', GADINGSARI), stranger(502, 'Tanpa Desa')]))
  const settle = (position: number, fields: Record<string, string>, key = `${KEY}${position}0`) => world.as(rina).post(`/intake/${id}/unmatched/${position}`, { key, ...fields })
  return { world, db: world.db, id, settle }
}

const review = suite('whom the registry does not have')

review('wait in a list of their own until somebody settles them', async () => {
  const { world, db, id } = await strangers()
  assert.equal(recipientsIn(db), [])
  const page = await (await world.as(rina).get(`/intake/${id}/unmatched`)).text()
  assert.match(page, /Asep Suriana[\s\S]*Hilang[\s\S]*Tanpa Desa/)
  assert.not.match(page, new RegExp(nikOf(500)))
  for (const person of [oki, budi]) assert.is((await world.as(person).get(`/intake/${id}/unmatched`)).status, 403)
  assert.is((await world.as(nia).get(`/intake/${id}/unmatched`)).status, 404)
  assert.is((await world.as(nia).post(`/intake/${id}/unmatched/2`, { key: `${KEY}99`, decision: 'throw', note: 'bukan' })).status, 404)
})

review('are linked with the family somebody finds, for a reason, once', async () => {
  const { world, db, id, settle } = await strangers()
  const found = await (await world.as(rina).get(`/intake/${id}/unmatched/2?q=asep`)).text()
  assert.match(found, /value="asep~1~"/)
  assert.not.match(found, new RegExp(nikOf(1)))
  assert.is((await settle(2, { decision: 'link', place: 'asep~1~' })).status, 422)
  assert.is((await settle(2, { decision: 'link', note: 'NIK salah satu angka' })).status, 422)
  assert.equal(recipientsIn(db), [])
  for (const _ of [1, 2]) assert.is((await settle(2, { decision: 'link', place: 'asep~1~', note: 'NIK salah satu angka' })).status, 303)
  const [asep] = recipientsIn(db)
  assert.equal([recipientsIn(db).length, asep!.householdId, asep!.familySeq, asep!.regionCode, asep!.nik], [1, 'asep', 1, PONCOSARI, nikOf(500)])
  assert.is((await settle(2, { decision: 'throw', note: 'lagi' }, `${KEY}77`)).status, 409)
  assert.equal(actions(db).filter((action) => action === 'intake.row_linked').length, 1)
})

review('are not linked with another kabupaten, nor with a family that stands already', async () => {
  const { db, settle } = await strangers()
  receives(db, 'Bayu', 2, { householdId: 'bayu', familySeq: 1 })
  const before = contentsOf(db)
  assert.is((await settle(2, { decision: 'link', place: 'made~1~', note: 'sama orangnya' })).status, 404)
  assert.is((await settle(2, { decision: 'link', place: 'bayu~1~', note: 'sama orangnya' })).status, 409)
  assert.is((await settle(2, { decision: 'link', place: 'bayu~9~', note: 'sama orangnya' })).status, 404)
  assert.is(contentsOf(db).length, before.length)
  assert.equal(recipientsIn(db).length, 1)
})

review('are kept in the desa the file names, or in one that is chosen', async () => {
  const { db, id, settle } = await strangers()
  assert.is((await settle(3, { decision: 'keep' })).status, 303)
  assert.is((await settle(4, { decision: 'keep' })).status, 422)
  assert.is((await settle(4, { decision: 'keep', region: BALECATUR })).status, 422)
  assert.is((await settle(4, { decision: 'keep', region: PONCOSARI })).status, 303)
  assert.equal(recipientsIn(db).map(({ name, regionCode, householdId }) => [name, regionCode, householdId]), [['Hilang', GADINGSARI, null], ['Tanpa Desa', PONCOSARI, null]])
  assert.equal(rowsOf(db, id).map(({ settlement }) => settlement), [null, 'kept', 'kept'])
})

review('are thrown out for a reason', async () => {
  const { world, db, id, settle } = await strangers()
  assert.is((await settle(4, { decision: 'throw' })).status, 422)
  assert.is((await settle(4, { decision: 'throw', note: 'Bukan warga sini' })).status, 303)
  assert.equal(recipientsIn(db), [])
  assert.match(await (await world.as(rina).get(`/intake/${id}/unmatched?which=settled`)).text(), /Dikeluarkan[\s\S]*Bukan warga sini/)
})

review('are kept all at once as far as their desa is known; twice is once', async () => {
  const { world, db, id } = await strangers()
  for (const _ of [1, 2]) assert.is((await world.as(rina).post(`/intake/${id}/keeping`, { key: `${KEY}50`, note: 'menyusul' })).status, 303)
  assert.equal(recipientsIn(db).map(({ name }) => name), ['Hilang'])
})

review('are found again as known when the list comes again', async () => {
  const { world, db, settle } = await strangers()
  await settle(3, { decision: 'keep' })
  const again = await bring(world, [[cardOf(501), nikOf(501), kkOf(501), 'Hilang', GADINGSARI, 'Ditangguhkan']])
  assert.equal(rowsOf(db, again).map(({ action }) => action), ['changed'])
  await confirm(world, again)
  assert.equal(recipientsIn(db).map(({ state }) => state), ['suspended'])
})

review('leave as a file for whoever sent them, masked, those settled apart from those left', async () => {
  const { world, db, id, settle } = await strangers()
  await settle(4, { decision: 'throw', note: 'Bukan warga sini' })
  const list = findList('intake-unmatched')!
  const file = (which: string) => [...list.chunks({ db, actor: rina }, { intake: id, which })].flat().map((row) => masked(list, row))
  assert.equal(file('left').map(([line, , name]) => [line, name]), [[2, 'Asep Suriana'], [3, 'Hilang']])
  assert.equal(file('settled').map((row) => [row[2], ...row.slice(-2)]), [['Tanpa Desa', 'Dikeluarkan', 'Bukan warga sini']])
  for (const number of [nikOf(500), kkOf(500), cardOf(500)]) assert.not.match(JSON.stringify(file('left')), number)
  assert.throws(() => [...list.chunks({ db, actor: nia }, { intake: id })], /tidak ditemukan/)
  assert.match(await (await world.as(rina).get(`/intake/${id}/unmatched`)).text(), `/exports/new?list=intake-unmatched&amp;intake=${id}&amp;which=left`)
  assert.match(await (await world.as(rina).get(`/exports/new?list=intake-unmatched&intake=${id}&which=left`)).text(), 'Penerima yang tidak ada di registri')
})

review('wait for the confirmation of their file', async () => {
  const world = registryWorld()
  const id = await bring(world, [stranger(500, 'Asep Suriana')], { region: BANTUL })
  assert.is((await world.as(rina).post(`/intake/${id}/unmatched/2`, { key: `${KEY}51`, decision: 'throw', note: 'bukan' })).status, 409)
})

review.run()
