import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { knownAs } from '#app/sessions/known-browsers.ts'
import { confirmPassword } from '#app/sessions/sign-in.ts'
import { lockOf } from '#app/users/securing.ts'
import { getUser } from '#app/users/users.ts'
import { agus, budi, freshApp, PASSWORD, siti } from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>
const FAR = { 'X-Forwarded-For': '203.0.113.9' }
const enter = ({ app }: World, password = PASSWORD, { username = 'siti', marks = '', headers = {} as Record<string, string> } = {}) =>
  app.request('/session', { method: 'POST', body: new URLSearchParams({ username, password }), headers: { ...(marks && { Cookie: `siks_known=${marks}` }), ...headers } })
const marksOf = (answer: Response) => decodeURIComponent(/siks_known=([^;]*)/.exec(answer.headers.getSetCookie().join('\n'))?.[1] ?? '')
const guess = async (world: World, times: number, marks = '') => {
  for (let time = 0; time < times; time += 1) await enter(world, 'salah-tebak', { marks, headers: FAR })
}

const test = suite('a browser in which somebody has signed in before')

test('is not shut by whoever guesses their password from elsewhere, however often', async () => {
  const world = freshApp()
  const marks = marksOf(await enter(world))
  await guess(world, 5)
  const fill = world.db.$client.prepare("INSERT INTO sign_in_failures (subject, at) VALUES ('name:siti', ?)")
  for (let time = 0; time < 100; time += 1) fill.run(Date.now())
  assert.is((await enter(world)).status, 429, 'another browser waits')
  assert.is((await enter(world, PASSWORD, { marks })).status, 303)
  assert.is((await enter(world)).status, 429, 'and goes on waiting')
})

test('is not shut by guesses that come over its own line either', async () => {
  const world = freshApp()
  const marks = marksOf(await enter(world))
  const fill = world.db.$client.prepare("INSERT INTO sign_in_failures (subject, at) VALUES ('address:local', ?)")
  for (let time = 0; time < 60; time += 1) fill.run(Date.now())
  assert.equal([(await enter(world)).status, (await enter(world, PASSWORD, { marks })).status], [429, 303])
})

test('has a brake of its own, which an administrator opens with the others', async () => {
  const world = freshApp()
  const marks = marksOf(await enter(world))
  await guess(world, 5, marks)
  assert.equal([(await enter(world, PASSWORD, { marks })).status, (await enter(world)).status], [429, 303])
  assert.is(lockOf(world.db, getUser(world.db, 'siti'))?.failures, 5)
  await world.as(agus).post('/users/siti/unlocking')
  assert.is((await enter(world, PASSWORD, { marks })).status, 303)
})

test('is known by nothing that can be made up, taken over or kept beyond the password', async () => {
  const world = freshApp()
  const marks = marksOf(await enter(world))
  const [his, hers] = [getUser(world.db, budi.id), getUser(world.db, siti.id)]
  assert.ok(knownAs(marks, hers))
  for (const [cookie, whose] of [[marks, his], [`${marks.slice(0, -1)}${marks.endsWith('A') ? 'B' : 'A'}`, hers], ['', hers], ['~~.', hers], [marks, { ...hers, passwordHash: 'another' }]] as const) {
    assert.is(knownAs(cookie, whose), undefined, cookie)
  }
})

test('serves several people of one desk, and forgets those of long ago', async () => {
  const world = freshApp()
  let marks = marksOf(await enter(world))
  marks = marksOf(await enter(world, PASSWORD, { username: 'dewi', marks }))
  for (const id of ['siti', 'dewi']) assert.ok(knownAs(marks, getUser(world.db, id)), id)
  assert.is(marksOf(await enter(world, PASSWORD, { marks })), marks)
  assert.is(marksOf(await enter(world, PASSWORD, { username: 'tono', marks: Array.from({ length: 9 }, () => marks.split('~')[0]).join('~') })).split('~').length, 8)
})

test('and whoever is at work signs in again before something weighty while others guess', async () => {
  const world = freshApp()
  await guess(world, 6)
  await confirmPassword(world.db, siti.id, PASSWORD)
  for (let time = 0; time < 5; time += 1) await confirmPassword(world.db, siti.id, 'salah').catch(() => undefined)
  assert.is(await confirmPassword(world.db, siti.id, PASSWORD).catch(({ code }) => code), 'too_many')
})

test.run()
