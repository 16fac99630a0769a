import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endAnnouncement, listAnnouncements, readAnnouncement, unread, writeAnnouncement, type NewAnnouncement } from '#app/announcements/announcements.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { announcements } from '#db/schema/index.ts'
import { actions, agus, as, BALECATUR, BANTUL, budi, dewi, freshApp, freshDatabase, hadi, mega, nia, oki, PEOPLE, rina, siti, SRANDAKAN } from '#test/support/world.ts'

const AT = '2026-03-02T03:00:00.000Z'
const write = (db: Db, more: Partial<NewAnnouncement> = {}, by: Actor = rina) => as(db, by, (tx) => writeAnnouncement(tx, { id: randomUUID(), title: 'Batas kirim maju', text: 'Kirim sebelum tanggal 20.', untilOn: '2026-03-10', regionCode: BANTUL, roles: [], ...more }), AT)
const reads = (db: Db, at = AT) => PEOPLE.filter((actor) => unread({ db, actor }, at).rows.length > 0).map(({ id }) => id).sort()

const saying = suite('an announcement')

saying('is shown to those of its place and its roles, until its day is over there', () => {
  const db = freshDatabase()
  write(db, { roles: ['enumerator', 'village_operator'] })
  assert.equal(reads(db), ['oki', 'siti', 'tono'])
  assert.equal(reads(db, '2026-03-10T16:59:00.000Z'), ['oki', 'siti', 'tono'])
  assert.equal(reads(db, '2026-03-10T17:01:00.000Z'), [])
})

saying('of one kecamatan reaches its desa alone, that of the ministry and of the administrator everybody', () => {
  const db = freshDatabase()
  write(db, { regionCode: SRANDAKAN })
  assert.equal(reads(db), ['budi', 'oki', 'siti', 'tono', 'wawan'])
  write(db, { regionCode: '' }, mega)
  assert.equal(reads(db), PEOPLE.map(({ id }) => id).sort())
  write(db, { regionCode: '' }, agus)
})

saying('is gone from the first page once it was read, and stays in the list', async () => {
  const { db, as: signedIn } = freshApp()
  const { id } = write(db, { untilOn: '2027-02-20' })
  db.update(announcements).set({ untilOn: '2999-01-01' }).run()
  assert.match(await (await signedIn(oki).get('/')).text(), /Batas kirim maju[\s\S]*Kirim sebelum tanggal 20\.[\s\S]*Rina Kartika/)
  for (let time = 0; time < 2; time += 1) assert.is((await signedIn(oki).post(`/announcements/${id}/reading`)).headers.get('Location'), '/')
  const home = await (await signedIn(oki).get('/')).text()
  assert.not.match(home, /Kirim sebelum tanggal 20/)
  assert.match(home, /href="\/announcements"/)
  assert.match(await (await signedIn(oki).get('/announcements')).text(), /Kirim sebelum tanggal 20/)
  assert.match(await (await signedIn(rina).get('/announcements')).text(), /Dibaca 1 orang/)
  assert.is(actions(db).filter((action) => action === 'announcement.read').length, 1)
  assert.match(await (await signedIn(siti).get('/')).text(), /Kirim sebelum tanggal 20/)
})

saying('is not read, found or ended by those it is not for', () => {
  const db = freshDatabase()
  const { id } = write(db, { roles: ['enumerator'] })
  for (const who of [dewi, hadi, budi]) assert.throws(() => as(db, who, (tx) => readAnnouncement(tx, id)), /tidak ditemukan/)
  assert.equal(listAnnouncements({ db, actor: nia }, AT).rows, [])
  assert.throws(() => as(db, nia, (tx) => endAnnouncement(tx, id)), /tidak ditemukan/)
  assert.throws(() => as(db, oki, (tx) => endAnnouncement(tx, id)), /berwenang/)
  const country = write(db, { regionCode: '' }, mega)
  assert.throws(() => as(db, rina, (tx) => endAnnouncement(tx, country.id)), /tidak ditemukan/)
  as(db, rina, (tx) => endAnnouncement(tx, id))
  assert.equal(unread({ db, actor: siti }, AT).rows.map((row) => row.id), [country.id])
  assert.equal(listAnnouncements({ db, actor: siti }, AT).rows.map(({ state }) => state), ['shown', 'ended'])
})

saying('is written once for each form, for a place of one\'s own and a day to come; what was typed is kept', async () => {
  const { db, as: signedIn } = freshApp()
  const form = (more: Record<string, string | string[]> = {}) => ({ id: randomUUID(), title: 'Bimtek', text: 'Di aula.', untilOn: dayOf(new Date().toISOString()), region: '', role: ['enumerator', 'supervisor'], ...more })
  const sent = form()
  for (let time = 0; time < 2; time += 1) assert.is((await signedIn(rina).post('/announcements', sent)).status, 303)
  assert.equal(db.select().from(announcements).all().map(({ regionCode, roles }) => [regionCode, ...roles]), [[BANTUL, 'enumerator', 'supervisor']])
  for (const [wrong, message] of [[{ region: BALECATUR }, /di dalam wilayah kerja/], [{ untilOn: '2020-01-01' }, /Pilih hari ini/], [{ title: '' }, /Isi judulnya/]] as const) {
    const answer = await signedIn(rina).post('/announcements', form(wrong))
    assert.is(answer.status, 422)
    const page = await answer.text()
    assert.match(page, message)
    assert.match(page, /Di aula\.[\s\S]*value="supervisor" checked/)
  }
  assert.is(db.select().from(announcements).all().length, 1)
  for (const who of [oki, budi, hadi]) assert.is((await signedIn(who).post('/announcements', form())).status, 403)
})

saying.run()
