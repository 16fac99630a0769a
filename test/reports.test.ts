import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countUse, DOORS } from '#app/public/brake.ts'
import { codeFrom, hashCode, readCode } from '#app/reports/codes.ts'
import { reasons, reportMessages, reportPhotos, reports } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { codeOf, reportOf, send, sendReport, stepsOf } from '#test/support/reports.ts'
import { actions, freshApp, freshDatabase, PONCOSARI, type Fields } from '#test/support/world.ts'

const photo = (seed = 1) => new File([new Uint8Array(makeJpeg({ seed }))], 'foto.jpg', { type: 'image/jpeg' })

const sending = suite('a report of a citizen')

sending('is taken in without an account, with photos, and gives a code and the days of the reply', async () => {
  const world = freshApp()
  const answer = await send(world, { photo1: photo(1), photo2: photo(2), anonymous: '1' })
  assert.is(answer.status, 303)
  const code = codeOf(answer)
  assert.match(code, /^[BCDFGHJKMNPQRSTVWXYZ]{4}(-[BCDFGHJKMNPQRSTVWXYZ]{4}){2}$/)
  const report = reportOf(world.db, code)
  assert.equal([report.status, report.level, report.anonymous, report.revision], ['received', 'village', true, 1])
  assert.is(world.db.select().from(reportPhotos).all().length, 2)
  const page = await (await world.anybody.get(`/lapor/${code.toLowerCase().replaceAll('-', ' ')}`)).text()
  for (const words of [code, 'Menunggu diperiksa desa/kelurahan', '2 foto tersimpan', 'Dirahasiakan']) assert.match(page, words)
  assert.not.match(page, 'Karto')
  assert.equal(stepsOf(world, report.id), ['received@village'])
})

sending('sent twice with one form is one report with one code', async () => {
  const world = freshApp()
  const key = randomUUID()
  assert.is(codeOf(await send(world, { key })), codeOf(await send(world, { key })))
  assert.is(world.db.select().from(reports).all().length, 1)
})

sending('is refused with the field named, and nothing is kept', async () => {
  const world = freshApp()
  const wrong: [Fields, string][] = [
    [{ subjectName: ' ' }, 'f-subjectName'], [{ subjectAddress: '' }, 'f-subjectAddress'], [{ statement: 'jelek' }, 'f-statement'], [{ reasonCode: 'tidak-ada' }, 'f-reasonCode'],
    [{ reasonCode: 'belum_terdata' }, 'f-reasonCode'], [{ relation: 'raja' }, 'f-relation'], [{ reporterName: '' }, 'f-reporterName'], [{ consent: '' }, 'f-consent'],
    [{ region: '34.02' }, 'f-region'], [{ region: '99.99.99.9999' }, 'f-region'],
  ]
  for (const [change, field] of wrong) {
    const answer = await send(world, change)
    assert.is(answer.status, 422, field)
    assert.match(await answer.text(), `href="#${field}"`)
  }
  assert.equal([world.db.select().from(reports).all(), actions(world.db)], [[], []])
})

sending('takes only what is a JPEG by its own bytes', async () => {
  const world = freshApp()
  const script = new File(['<script>alert(1)</script>'], 'foto.jpg', { type: 'image/jpeg' })
  const answer = await send(world, { photo1: script })
  assert.is(answer.status, 422)
  assert.is((await send(world, { photo4: photo() })).status, 422)
  assert.is(world.db.select().from(reports).all().length, 0)
})

sending('offers only the reasons of its day', async () => {
  const world = freshApp()
  world.db.update(reasons).set({ validTo: '2026-02-01' }).where(eq(reasons.code, 'asn')).run()
  const form = await (await world.anybody.get(`/lapor/new?kind=sanggah&region=${PONCOSARI}`)).text()
  assert.equal([form.includes('value="mampu"'), form.includes('value="asn"'), form.includes('value="belum_terdata"')], [true, false, false])
  assert.is((await send(world, { reasonCode: 'asn' })).status, 422)
})

sending('is slowed down by address and says when to try again', async () => {
  const world = freshApp()
  for (let i = 0; i < DOORS.report.limit; i += 1) assert.is((await send(world)).status, 303)
  const answer = await send(world)
  assert.is(answer.status, 429)
  assert.match(await answer.text(), 'Coba lagi')
  assert.is(world.db.select().from(reports).all().length, DOORS.report.limit)
})

sending('over a line that swallowed the answer is one report: sent again it wears nothing down, and gives its code behind the brake too', async () => {
  const world = freshApp()
  const key = randomUUID()
  const mine = codeOf(await send(world, { key }))
  for (let i = 0; i < 3; i += 1) await send(world, { key })
  for (let i = 1; i < DOORS.report.limit; i += 1) assert.is((await send(world)).status, 303)
  assert.is((await send(world)).status, 429)
  assert.is(codeOf(await send(world, { key })), mine)
})

sending.run()

const code = suite('the tracking code')

code('is unguessable, made of signs that cannot be misread, and kept as a hash', () => {
  const codes = new Set(Array.from({ length: 500 }, () => codeFrom(randomUUID())))
  assert.is(codes.size, 500)
  for (const one of codes) assert.not.match(one, /[01OILAEU]/)
  const db = freshDatabase()
  const mine = sendReport(db)
  assert.equal([reportOf(db, mine).codeHash, readCode(mine.toLowerCase().replaceAll('-', ''))], [hashCode(mine), mine])
  assert.not.match(db.$client.serialize().toString('latin1'), mine)
})

code('wrong, mistyped or no code at all: one answer, and after ten even the right one is not looked at', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const wrong = ['BCDF-GHJK-MNPQ', 'salah', 'BCDF-GHJK-MNP0', '%27%20OR%201']
  const texts = await Promise.all(wrong.map(async (one) => {
    const answer = await world.anybody.get(`/lapor/${one}`)
    assert.is(answer.status, 404)
    return answer.text()
  }))
  assert.is(new Set(texts).size, 1)
  assert.is((await world.anybody.post('/lapor/tracking', { code: mine })).headers.get('Location'), `/lapor/${mine}`)
  for (let i = 0; i < 6; i += 1) await world.anybody.post('/lapor/tracking', { code: 'BCDF-GHJK-MNPQ' })
  for (const path of [mine, 'BCDF-GHJK-MNPR']) assert.is((await world.anybody.get(`/lapor/${path}`)).status, 429)
})

code('takes a message that came twice for one, behind the brake too', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const say = (key: string) => world.anybody.post(`/lapor/${mine}/messages`, { key, text: 'Mobilnya di belakang rumah' })
  const key = randomUUID()
  assert.is((await say(key)).status, 303)
  for (let i = 0; i < DOORS.message.limit; i += 1) countUse(world.db, DOORS.message, reportOf(world.db, mine).id, Date.now())
  assert.equal([(await say(key)).status, (await say(randomUUID())).status], [303, 429])
})

code('lets the reporter write more, add a photo, and withdraw', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const key = randomUUID()
  for (let i = 0; i < 2; i += 1) assert.is((await world.anybody.post(`/lapor/${mine}/messages`, { key, text: 'Mobilnya di belakang rumah', photo1: photo(5) })).status, 303)
  assert.equal([world.db.select().from(reportMessages).all().length, world.db.select().from(reportPhotos).all().length], [1, 1])
  assert.is((await world.anybody.post(`/lapor/${mine}/messages`, { key: randomUUID(), text: ' ' })).status, 422)
  for (let i = 0; i < 2; i += 1) assert.is((await world.anybody.post(`/lapor/${mine}/withdrawal`)).status, 303)
  assert.is(reportOf(world.db, mine).status, 'withdrawn')
  assert.is((await world.anybody.post(`/lapor/${mine}/messages`, { key: randomUUID(), text: 'lagi' })).status, 409)
})

code('of another opens nothing: no message and no withdrawal without it', async () => {
  const world = freshApp()
  const mine = sendReport(world.db)
  const other = codeFrom(randomUUID())
  assert.is((await world.anybody.post(`/lapor/${other}/withdrawal`)).status, 404)
  assert.is((await world.anybody.post(`/lapor/${other}/messages`, { key: randomUUID(), text: 'halo' })).status, 404)
  assert.is(reportOf(world.db, mine).status, 'received')
})

code.run()
