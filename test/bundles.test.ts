import { existsSync, readdirSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startSession } from '#app/sessions/sessions.ts'
import { aDelivery, ALL, bundleOf, photos } from '#test/support/delivery.ts'
import { live, type Live } from '#test/support/live.ts'
import { closeBrowser } from '#test/support/browser.ts'
import { addHousehold, siti, stageOf } from '#test/support/world.ts'

// More phones than there is memory set aside for, each with half of its visit still on the way.
const PHONES = 40
const many = suite('many phones at once on slow lines')
let office: Live
let cookie: string
const shown = photos(ALL)
many.before(async () => {
  office = await live()
  for (let n = 0; n < PHONES + 1; n++) addHousehold(office.db, `rt-${n}`, { stage: 'assigned', officer: siti })
  cookie = `siks_session=${await startSession(office.db, siti.id, 'test')}`
})
many.after(async () => {
  await office.stop()
  await closeBrowser()
})

type Half = { sent: ClientRequest, rest: Buffer, answer: Promise<number> }

function begin(n: number): Half {
  const made = aDelivery({ householdId: `rt-${n}`, sequence: n + 1, photos: shown })
  const body = bundleOf(made)
  const sent = request(`${office.url}/deliveries/${made.id}/bundle`, { method: 'POST', headers: { 'Cookie': cookie, 'Accept': 'application/json', 'Content-Type': 'application/octet-stream', 'Content-Length': body.length } })
  const answer = new Promise<number>((resolve, reject) => sent.on('error', reject).on('response', (given) => { given.resume(); given.on('end', () => resolve(given.statusCode!)) }))
  sent.write(body.subarray(0, body.length >> 1))
  return { sent, rest: body.subarray(body.length >> 1), answer }
}

const waitingRoom = () => join(office.dataDirectory, 'incoming')

many('takes every visit whole, whichever line was the last to finish', async () => {
  const halves = Array.from({ length: PHONES }, (_, n) => begin(n))
  for (let tries = 0; !existsSync(waitingRoom()) && tries < 500; tries++) await pause(20)
  assert.ok(existsSync(waitingRoom()), 'the later ones wait on the disk')
  for (const { sent, rest } of halves.reverse()) sent.end(rest)
  assert.equal(await Promise.all(halves.map(({ answer }) => answer)), halves.map(() => 200))
  assert.equal(new Set(halves.map((_, n) => stageOf(office.db, `rt-${n}`))), new Set(['submitted']))
  assert.equal(readdirSync(waitingRoom()), [], 'what waited on the disk has left no name there')
})

many('forgets what was cut in the middle, and has room again for the next', async () => {
  const cut = Array.from({ length: PHONES }, () => begin(PHONES))
  await pause(300)
  for (const { sent, answer } of cut) {
    answer.catch(() => undefined)
    sent.destroy()
  }
  assert.is(stageOf(office.db, `rt-${PHONES}`), 'assigned')
  const { sent, rest, answer } = begin(PHONES)
  sent.end(rest)
  assert.is(await answer, 200)
  assert.is(stageOf(office.db, `rt-${PHONES}`), 'submitted')
})

many.run()
