import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listAccounts, type Remark } from '#app/access/accounts.ts'
import { beginReview, closeReview, decideAccess, dueOf } from '#app/access/reviews.ts'
import type { Db } from '#db/connection.ts'
import { userRegions, users } from '#db/schema/index.ts'
import { actions, agus, as, aulia, freshApp, freshDatabase, PEOPLE, rina } from '#test/support/world.ts'

const NOW = '2026-03-02T03:00:00.000Z'
const KEY = '00000000-0000-4000-8000-000000000001'
const add = (db: Db, id: string, fields: Partial<typeof users.$inferInsert>) =>
  db.insert(users).values({ id, username: id, name: id, role: 'enumerator', passwordHash: '!', status: 'active', createdAt: NOW, ...fields }).run()
const remarksOf = (db: Db, id: string, now = NOW): Remark[] => listAccounts(db, agus, now).find((one) => one.id === id)!.remarks

const seeing = suite('who may still do what')

seeing('finds one person with two accounts whose roles may not go together, by name or telephone', () => {
  const db = freshDatabase()
  add(db, 'siti2', { name: 'Hj. SITI RAHAYU, S.Sos', role: 'district_coordinator' })
  add(db, 'tini', { name: 'Tini', phone: '0812-3456-7890', role: 'regency_approver' })
  add(db, 'tono2', { name: 'Tono W.', phone: '+62 812 3456 7890', role: 'regency_officer' })
  for (const [id, regionCode] of [['siti2', '34.02.01'], ['tini', '34.02'], ['tono2', '34.02']] as const) db.insert(userRegions).values({ userId: id, regionCode }).run()
  for (const id of ['siti', 'siti2', 'tini', 'tono2']) assert.ok(remarksOf(db, id).includes('clashing'), id)
  assert.ok(remarksOf(db, 'siti').includes('same_name'))
  assert.ok(remarksOf(db, 'tini').includes('shared_phone'))
  assert.equal(listAccounts(db, agus, NOW).find(({ id }) => id === 'siti')!.others.map(({ id }) => id), ['siti2'])
})

seeing('lets two accounts of one kind of work go together, and whoever only watches', () => {
  const db = freshDatabase()
  add(db, 'siti2', { name: 'Siti Rahayu', role: 'village_operator' })
  add(db, 'prita2', { name: 'Prita Anggraini', role: 'regency_officer' })
  for (const [id, regionCode] of [['siti2', '34.02.01.2001'], ['prita2', '34.02']] as const) db.insert(userRegions).values({ userId: id, regionCode }).run()
  for (const id of ['siti', 'siti2', 'prita', 'prita2']) assert.equal([remarksOf(db, id).includes('clashing'), remarksOf(db, id).includes('same_name')], [false, true], id)
})

seeing('takes one name in two kabupaten for two people, one telephone never', () => {
  const db = freshDatabase()
  add(db, 'far', { name: 'Siti Rahayu', role: 'district_coordinator', phone: '0811111111' })
  add(db, 'near', { name: 'Tini', role: 'enumerator', phone: '0811111111' })
  for (const [id, regionCode] of [['far', '34.04.01'], ['near', '34.02.01.2001']] as const) db.insert(userRegions).values({ userId: id, regionCode }).run()
  assert.not(remarksOf(db, 'siti').includes('same_name'))
  assert.equal([remarksOf(db, 'far').includes('clashing'), remarksOf(db, 'near').includes('clashing')], [true, true])
})

seeing('tells the unused, the never used and who must have a second factor and has none; the worst come first', () => {
  const db = freshDatabase()
  as(db, rina, (tx) => tx.audit('session.started', 'rina'), '2025-11-01T03:00:00.000Z')
  as(db, aulia, (tx) => tx.audit('session.started', 'aulia'), '2026-02-01T03:00:00.000Z')
  add(db, 'newest', {})
  add(db, 'boss', { role: 'regency_approver' })
  assert.equal([remarksOf(db, 'rina'), remarksOf(db, 'aulia'), remarksOf(db, 'siti'), remarksOf(db, 'newest')], [['unused'], [], ['never'], []])
  assert.equal(remarksOf(db, 'boss'), ['no_factor', 'powerful'])
  assert.is(listAccounts(db, agus, NOW)[0]!.id, 'boss')
})

seeing.run()

const review = suite('the review of access')

review('is due at once, then every ninety days after it was closed', () => {
  const db = freshDatabase()
  add(db, 'agus2', { name: 'Agung', role: 'administrator' })
  assert.is(dueOf(db, NOW).isDue, true)
  as(db, agus, (tx) => beginReview(tx, KEY))
  assert.throws(() => as(db, agus, (tx) => closeReview(tx, KEY)), /Masih ada 15 akun/)
  as(db, agus, (tx) => decideAccess(tx, KEY, { users: [...PEOPLE.map(({ id }) => id), 'agus2'].filter((id) => id !== 'agus'), decision: 'kept', note: '' }))
  as(db, { ...agus, id: 'agus2' }, (tx) => decideAccess(tx, KEY, { users: ['agus'], decision: 'kept', note: '' }))
  as(db, agus, (tx) => closeReview(tx, KEY))
  assert.is(dueOf(db, NOW).isDue, false)
  assert.equal([dueOf(db, '2026-05-31T02:59:00.000Z').isDue, dueOf(db, '2026-05-31T03:00:00.000Z').isDue], [false, true])
})

review('keeps what was seen, by whom it was decided and when; suspending works at once and needs a reason', async () => {
  const { db, as: on } = freshApp()
  await on(agus).post('/access/reviews', { id: KEY })
  const path = `/access/reviews/${KEY}`
  assert.is((await on(agus).post(`${path}/decisions`, { decision: 'suspended', user: 'tono' })).status, 422)
  assert.is((await on(agus).post(`${path}/decisions`, { decision: 'kept' })).status, 422)
  for (let time = 0; time < 2; time += 1) assert.is((await on(agus).post(`${path}/decisions`, { decision: 'suspended', user: ['tono', 'dewi'], note: 'Kontrak selesai' })).status, 303)
  assert.is((await on(agus).post(`${path}/decisions`, { decision: 'kept', user: 'siti' })).status, 303)
  db.$client.prepare("UPDATE users SET name = 'Siti Aminah' WHERE id = 'siti'").run()
  assert.equal(db.$client.prepare("SELECT status FROM users WHERE id IN ('tono', 'dewi')").pluck().all(), ['suspended', 'suspended'])
  const csv = await (await on(aulia).get(`${path}/rows.csv`)).text()
  assert.match(csv, /Siti Rahayu;siti;Petugas pendata;Poncosari;.*Tetap berhak;;Agus Salim;/)
  assert.match(csv, /Tono Wibowo;.*Ditangguhkan;Kontrak selesai;Agus Salim;/)
  assert.equal(actions(db), ['access.review_opened', 'user.suspended', 'user.suspended', 'user.access_kept', 'access.review_downloaded'])
})

review('never lets anybody decide on the own account, not even the database', async () => {
  const { db, as: on } = freshApp()
  await on(agus).post('/access/reviews', { id: KEY })
  assert.is((await on(agus).post(`/access/reviews/${KEY}/decisions`, { decision: 'kept', user: 'agus' })).status, 409)
  assert.throws(() => db.$client.prepare("UPDATE access_review_rows SET decision = 'kept', decided_by = 'agus', decided_at = '' WHERE user_id = 'agus'").run(), /access_decided_by_another/)
  assert.match(await (await on(agus).get(`/access/reviews/${KEY}`)).text(), 'Akun Anda: ditinjau admin lain')
})

review('stands on the administrator\'s first page when it is due, and the same form opens it once', async () => {
  const { db, as: on } = freshApp()
  assert.match(await (await on(agus).get('/')).text(), 'Peninjauan akses sudah waktunya')
  for (const id of [KEY, KEY, KEY.replace(/1$/, '2')]) assert.is((await on(agus).post('/access/reviews', { id })).headers.get('Location'), `/access/reviews/${KEY}`)
  assert.is(db.$client.prepare('SELECT count(*) FROM access_reviews').pluck().get(), 1)
})

review.run()
