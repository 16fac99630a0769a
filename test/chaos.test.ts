import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomFrom } from '#db/seeds/random.ts'
import { findWrong, type Safe } from '#test/support/arrived.ts'
import { Phone } from '#test/support/phone.ts'
import { serverProcess, type ServerProcess } from '#test/support/process.ts'
import { proxyTo, type Proxy } from '#test/support/proxy.ts'
import { ninePhotos, OUTCOME, takePhoto, visitQuickly, type Errand } from '#test/support/visiting.ts'
import { addHousehold, siti } from '#test/support/world.ts'

// Two hundred visits in bad weather. The line cuts, delays, sends twice and answers like a hotspot; the phone's worker is
// killed, its page closed, its battery empty; the server dies without warning. The same seed makes the same trouble.
const VISITS = 200
const SEED = 1711
const STORM = { cut: 0.8, delay: 0.1, double: 0.12, portal: 0.06 }
const MOST_TRIES = 12

const chaos = suite('whatever happens on the way')
const random = randomFrom(SEED)
const households = Array.from({ length: VISITS }, (_, i) => `rt-${String(i + 1).padStart(3, '0')}`)
const seen = { workerKills: 0, pageCloses: 0, batteries: 0, serverKills: 0, brokenOff: 0 }

let server: ServerProcess
let proxy: Proxy
let phone: Phone

chaos.before(async () => {
  server = await serverProcess((db) => households.forEach((id, i) => addHousehold(db, id, { head: `Warga ${i + 1}`, officer: siti, stage: 'assigned' })))
  await server.start()
  proxy = await proxyTo(server.url, { seed: SEED })
  phone = await new Phone(proxy.url).open()
})
chaos.after(async () => {
  await phone.close()
  await proxy.stop()
  await server.kill()
})

const home = () => phone.page.goto('/field').catch(() => undefined)

// A battery that dies soon after signing in takes the session along. Whoever is asked to sign in does so, however often
// the line makes it necessary.
async function stayKnown() {
  phone.page.setDefaultTimeout(4000)
  while ((await phone.cookies()).length === 0) await phone.signIn(siti).catch(() => undefined)
  while (!(await phone.page.title()).startsWith('Tugas lapangan')) {
    await phone.page.goto('/').catch(() => undefined)
    await home()
  }
}

type Trouble = (() => Promise<void>) | undefined
const troubles: readonly (readonly [number, Trouble])[] = [
  [71, undefined],
  [14, async () => { seen.workerKills++; await phone.killWorker() }],
  [7, async () => { seen.pageCloses++; await phone.freshPage(); await home() }],
  [2, async () => { seen.batteries++; await phone.crash(); await phone.open(); await stayKnown() }],
  [6, async () => { seen.serverKills++; await server.kill(); await pause(random.between(0, 900)); await server.start() }],
]

// One visit, with trouble somewhere in the middle of it; broken off, it is taken up again until the page says it is safe.
async function visit(errand: Errand) {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const trouble = random.weighted(troubles)
    const after = random.between(0, 500)
    const storm = trouble && pause(after).then(trouble)
    const told = await visitQuickly(phone.page, errand).catch(() => undefined)
    await storm
    if (told?.safe) return
    seen.brokenOff++
    await home()
  }
  throw new Error(`${errand.householdId}: ${MOST_TRIES} tries, and no page that calls it safe\n${await phone.page.locator('body').innerText()}`)
}

chaos('loses nothing and doubles nothing', async () => {
  await phone.signIn(siti)
  await phone.prepare()
  proxy.set(STORM)
  const safe: Safe[] = []
  for (const [i, householdId] of households.entries()) {
    const finished = i % 20 === 0
    const photos = finished ? ninePhotos(householdId, 12_000) : [takePhoto('F-RUMAH', householdId)]
    const errand = { householdId, visitId: random.uuid(), outcome: finished ? OUTCOME.finished : OUTCOME.notFound, photos }
    await visit(errand)
    safe.push(errand)
    phone.nudge()
  }
  proxy.set({})
  await phone.syncUntilDone()

  await server.kill()
  const { lost, doubled } = await findWrong(server, safe)
  const { cuts, delays, doubles, portals } = proxy.done
  console.log(`chaos: ${safe.length} visits, ${cuts} cuts, ${delays} delays, ${doubles} sent twice, ${portals} hotspot pages, ${seen.workerKills} worker kills, `
    + `${seen.pageCloses} pages closed, ${seen.batteries} empty batteries, ${seen.serverKills} server kills, ${seen.brokenOff} visits broken off: ${lost.length} lost, ${doubled.length} doubled`)
  assert.equal({ visits: safe.length, lost, doubled }, { visits: VISITS, lost: [], doubled: [] })
})

chaos.run()
