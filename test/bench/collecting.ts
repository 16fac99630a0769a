import { createHash, randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { createApp } from '#app/app.tsx'
import { asIncoming, keep } from '#app/files/store.ts'
import { receive } from '#app/national/receiving.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { regions } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { endOfAll, archiveOf, ministry } from '#test/support/nation.ts'
import { mega } from '#test/support/world.ts'

// The ministry's side: one batch of each of the 514 kabupaten, taken in one after another, then asked about over HTTP. PostgreSQL as
// the tests start it, but with every write synced. SIKS_COLLECTING: households of each kabupaten.
const EACH = Number(process.env.SIKS_COLLECTING ?? 100)
const ASKED = 200
const say = (name: string, value: number, unit: string, n: number, more: Record<string, unknown> = {}) => console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, n, ...more }))

const { nation, db, country } = await ministry({ synced: true })
// The whole country instead of the small named world.
db.$client.exec('PRAGMA foreign_keys = OFF; DELETE FROM regions')
loadRegions(db)
const places = db.select({ code: regions.code }).from(regions).where(eq(regions.level, 2)).orderBy(regions.code).all().map(({ code }) => ({
  code, villages: db.$client.prepare('SELECT code FROM regions WHERE level = 4 AND code > ? AND code < ? ORDER BY code LIMIT 20').pluck().all(code, `${code}:`) as string[],
})).filter(({ villages }) => villages.length > 0)

const random = randomFrom(8)
const today = '2026-11-01'
const sample: { nik: string, kk: string, name: string, regency: string, id: string, root: string }[] = []
let [spent, taken, biggest] = [0, 0, 0]
let moved = 1
for (const { code, villages } of places) {
  const households = Array.from({ length: EACH }, (_, i) => ({ id: randomUUID(), village: villages[i % villages.length]!, record: makeHousehold(random, { regionCode: villages[i % villages.length]!, serial: i + 1, today }) }))
  // NIK of seeds repeat between kabupaten by their making; here each is its own but for one in two hundred.
  for (const { record } of households) for (const member of record.members) member.nik = random.chance(0.995) || moved < 100 ? `99${String(moved += 1).padStart(10, '0')}${String(random.between(1, 9998)).padStart(4, '0')}` : `99${String(random.below(moved)).padStart(10, '0')}0001`
  const bytes = await archiveOf(households, { regionCode: code, title: `Pengesahan ${code}` })
  const file = await keep(country.dataDirectory, asIncoming([bytes], createHash('sha256').update(bytes).digest('hex')), { mime: 'application/zip' })
  const [before, begun] = [process.cpuUsage(), performance.now()]
  const { outcome, problem, root } = await receive(country, { id: mega.id, actor: mega }, { ...file, name: `${code}.zip` }, randomUUID())
  if (outcome !== 'taken') throw new Error(`${code}: ${problem}`)
  const cpu = process.cpuUsage(before)
  spent += (cpu.user + cpu.system) / 1e6
  taken += performance.now() - begun
  biggest = Math.max(biggest, performance.now() - begun)
  const { id, record } = households[0]!
  sample.push({ nik: String(record.members[0]!.nik), kk: String(record.families[0]!.kkNumber), name: String(record.members[0]!.name), regency: code, id, root: root! })
}
const total = places.length * EACH
await nation.pool.query('ANALYZE')
const [{ bytes, people, doubles }] = (await nation.pool.query(`SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'nation'::regnamespace AND relkind = 'r') AS bytes,
  (SELECT count(*) FROM nation.people) AS people, (SELECT count(*) FROM nation.doubles) AS doubles`)).rows as [{ bytes: number, people: number, doubles: number }]
say('collecting_records', total / (taken / 1000), 'records/s', total, { kabupaten: places.length, people, doubles, cpuMsPerRecord: Math.round(spent / total * 1e6) / 1000, longestBatchMs: Math.round(biggest) })
say('collecting_bytes_per_household', bytes / total, 'bytes', total)

const app = createApp({ db, dataDirectory: country.dataDirectory, trustProxy: false, nation })
const { server, port } = await new Promise<{ server: ReturnType<typeof serve>, port: number }>((resolve) => {
  const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve({ server: started, port: info.port }))
})
const cookie = `siks_session=${await startSession(db, mega.id, 'bench')}`
const slip = (name: string) => name.replace(/[aeiou]/i, (letter) => letter === 'a' ? 'e' : 'a')
const PAGES: Record<string, (one: typeof sample[number]) => string> = {
  overview: () => '/national', province: ({ regency }) => `/national?region=${regency.slice(0, 2)}`, batches: () => '/national/batches', arrivals: () => '/national/arrivals',
  batch: ({ root }) => `/national/batches/${root}`, records: ({ root }) => `/national/batches/${root}/records`, double_records: ({ root }) => `/national/batches/${root}/records?show=double`,
  nik: ({ nik }) => `/national/search?q=${nik}`, kk: ({ kk }) => `/national/search?q=${kk}`, name: ({ name }) => `/national/search?q=${encodeURIComponent(name)}`,
  name_with_slip: ({ name }) => `/national/search?q=${encodeURIComponent(slip(name))}`, name_in_kabupaten: ({ name, regency }) => `/national/search?region=${regency}&q=${encodeURIComponent(name)}`,
  doubles: () => '/national/doubles', household: ({ regency, id }) => `/national/households/${regency}/${id}`,
}
for (const [name, page] of Object.entries(PAGES)) {
  const times: number[] = []
  for (let i = 0; i < ASKED + 10; i += 1) {
    const begun = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}${page(sample[(i * 37) % sample.length]!)}`, { headers: { Cookie: cookie } })
    await answer.text()
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
    if (i >= 10) times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  say(`collecting_${name}_p95`, times[Math.floor(times.length * 0.95)]!, 'ms', times.length, { p50: Math.round(times[times.length >> 1]! * 10) / 10 })
}
server.close()
await endOfAll()
