import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followSome } from '#app/dashboards/following.ts'
import { readOfficers } from '#app/dashboards/officers.ts'
import { placeFor } from '#app/dashboards/places.ts'
import { rangeOf } from '#app/dashboards/ranges.ts'
import { readFollowing } from '#app/dashboards/rounds.ts'
import { moveStage } from '#app/households/moves.ts'
import { movementOf } from '#app/pictures/movement.ts'
import { moveRecipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { users } from '#db/schema/index.ts'
import { AT, count, recount } from '#test/support/dashboards.ts'
import { addRecipient, recipientNow } from '#test/support/programmes.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold, as, BALECATUR, freshApp, freshDatabase, nia, rina, siti, tono, TRIMURTI } from '#test/support/world.ts'

// Siti has one in Poncosari and one in Trimurti, Tono one in Trimurti; everything is counted and has been looked at.
async function lookedAt(): Promise<Db> {
  const db = freshDatabase()
  addHousehold(db, 'a', { stage: 'assigned', officer: siti })
  addHousehold(db, 'b', { regionCode: TRIMURTI, stage: 'assigned', officer: tono })
  addHousehold(db, 'c', { regionCode: TRIMURTI, stage: 'assigned', officer: siti })
  count(db)
  await officers(db)
  return db
}

async function officers(db: Db, actor: Actor = rina, period = '30') {
  const place = placeFor(db, actor, '')
  const asked = { round: readFollowing(db)!.live, place, range: rangeOf(db, '', { period, from: '', to: '' }, '2026-03-10'), today: '2026-03-10' }
  return (await readOfficers(db, actor, asked)).map(({ name, stages, moves }) => [name, stages.assigned ?? 0, stages.submitted ?? 0, moves.submitted])
}

const kept = suite('what is kept of the counts')

kept('gives way to what has happened since', async () => {
  const db = await lookedAt()
  addVisit(db, 'c', siti, { at: '2026-03-05T03:00:00.000Z' })
  assert.equal(await officers(count(db)), [['Siti Rahayu', 1, 1, 1], ['Tono Wibowo', 1, 0, 0]])
  as(db, rina, (tx) => moveStage(tx, { id: 'a', stage: 'assigned' }, 'published', { set: { officerId: null } }))
  assert.equal(await officers(count(db)), [['Siti Rahayu', 0, 1, 1], ['Tono Wibowo', 1, 0, 0]])
  assert.equal(await officers(recount(db)), [['Siti Rahayu', 0, 1, 1], ['Tono Wibowo', 1, 0, 0]])
})

kept('gives way when another process has counted', async () => {
  const db = await lookedAt()
  const countElsewhere = () => db.$client.exec("UPDATE dashboard_officers SET count = count + 1 WHERE officer_id = 'tono'; UPDATE dashboard_following SET line = line + 1 WHERE name = 'dashboards'")
  countElsewhere()
  assert.equal(await officers(db), [['Siti Rahayu', 2, 0, 0], ['Tono Wibowo', 2, 0, 0]])
  countElsewhere()
  followSome(db, AT)
  assert.equal(await officers(db), [['Siti Rahayu', 2, 0, 0], ['Tono Wibowo', 3, 0, 0]])
})

kept('is of those days and that place alone, and holds no names', async () => {
  const db = await lookedAt()
  addVisit(db, 'a', siti, { at: '2026-02-20T03:00:00.000Z' })
  addHousehold(db, 'd', { regionCode: BALECATUR, stage: 'assigned', officer: tono })
  assert.equal(await officers(count(db)), [['Siti Rahayu', 1, 1, 1], ['Tono Wibowo', 1, 0, 0]])
  assert.equal(await officers(db, rina, '7'), [['Siti Rahayu', 1, 1, 0], ['Tono Wibowo', 1, 0, 0]])
  assert.equal(await officers(db, nia), [['Tono Wibowo', 1, 0, 0]])
  assert.equal((await officers(db, siti)).map(([name]) => name), ['Siti Rahayu'])
  db.update(users).set({ name: 'Zulaikha' }).where(eq(users.id, 'siti')).run()
  assert.equal((await officers(db)).map(([name]) => name), ['Tono Wibowo', 'Zulaikha'])
})

kept('draws a row anew when its numbers or its address change', async () => {
  const db = await lookedAt()
  const { as: be } = freshApp(db)
  const page = async (query = '') => (await be(rina).get(`/dashboards/officers${query}`)).text()
  assert.match(await page(), /aria-label="Siti Rahayu, Diterima petugas: 2"/)
  assert.match(await page(`?region=${TRIMURTI}`), /aria-label="Siti Rahayu, Diterima petugas: 1"/)
  assert.match(await page(`?region=${TRIMURTI}`), /<td[^>]*><a href="\/dashboards\/officers\/tono\?region=34/)
  as(db, rina, (tx) => moveStage(tx, { id: 'c', stage: 'assigned' }, 'published', { set: { officerId: null } }))
  count(db)
  assert.match(await page(), /aria-label="Siti Rahayu, Diterima petugas: 1"/)
})

kept('is shown a page of officers at a time, by name, to the last one', async () => {
  const db = await lookedAt()
  const name = (i: number) => `Petugas ${String(i).padStart(3, '0')}`
  for (let i = 1; i <= 230; i += 1) {
    const officer = { ...tono, id: `p${i}`, name: name(i) }
    db.insert(users).values({ id: officer.id, username: officer.id, name: officer.name, role: 'enumerator', passwordHash: '', status: 'active', createdAt: AT }).run()
    addHousehold(db, `h${i}`, { stage: 'assigned', officer })
  }
  const { as: be } = freshApp(count(db))
  const page = async (query = '') => {
    const text = await (await be(rina).get(`/dashboards/officers${query}`)).text()
    const names = [...text.matchAll(/<td[^>]*><a href="\/dashboards\/officers\/[^"]*">([^<]*)<\/a>/g)].map(([, one]) => one!)
    return { names: [names[0], names.at(-1), names.length], next: /href="(\/dashboards\/officers\?[^"]*after=[^"]*)"/.exec(text)?.[1], note: /Sampai petugas ke-[^<]*/.exec(text)?.[0] }
  }
  assert.equal(await page(), { names: [name(1), name(100), 100], next: '/dashboards/officers?after=p100', note: 'Sampai petugas ke-100 dari 232' })
  assert.equal(await page('?after=p100'), { names: [name(101), name(200), 100], next: '/dashboards/officers?after=p200', note: 'Sampai petugas ke-200 dari 232' })
  assert.equal(await page('?after=p200'), { names: [name(201), 'Tono Wibowo', 32], next: undefined, note: 'Sampai petugas ke-232 dari 232' })
  assert.equal((await page('?after=siapa')).names, [name(1), name(100), 100])
})

kept('of who comes and goes grows by each event, and in its place and month alone', () => {
  const db = freshDatabase()
  const movement = (actor: Actor) => movementOf(db, actor, { programme: 'sembako', region: '' }, 'month', '2026-04-10').filter((row) => row.in + row.out + row.paused > 0).map((row) => [row.name, row.in, row.out, row.paused])
  addRecipient(db, 'asep', { nik: '9902011205809999' })
  const before = movement(rina)
  const turn = (state: string, at: string) => as(db, rina, (tx) => moveRecipient(tx, recipientNow(db, 'asep')!, state, { cause: 'test' }), at)
  assert.equal(before, [['Mar 2026', 1, 0, 0]])
  turn('suspended', '2026-03-31T16:59:00.000Z')
  assert.equal(movement(rina), [['Mar 2026', 1, 0, 1]])
  turn('removed', '2026-03-31T17:01:00.000Z')
  assert.equal(movement(rina), [['Mar 2026', 1, 0, 1], ['Apr 2026', 0, 1, 0]])
  assert.equal(movement(nia), [])
})

kept.run()
