import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { listInView, readMap, wholeView, type Asked } from '#app/map/map.ts'
import { CELL_SHIFT } from '#app/map/placing.ts'
import { project, zoomed, type View } from '#app/map/projection.ts'
import { randomFrom } from '#db/seeds/random.ts'
import type { Actor } from '#app/users/actor.ts'
import { MapPart } from '#views/map/map.tsx'
import { freshDatabase, rina, mega, budi, siti } from '#test/support/world.ts'

// How long the server works on one page of the map, drawing included, where so many households have a point. Most live in
// towns and along roads, as people do. Prints JSON lines; `node --import tsx test/bench/map.ts [households]`.
async function benchMap(households: number) {
  const db = freshDatabase()
  const placed = performance.now()
  place(db.$client, households)
  const placing = (performance.now() - placed) / households
  const times: number[] = []
  let marks = 0
  for (let turn = 0; turn < 12; turn += 1) for (const actor of [rina, mega, budi, siti]) for (const view of viewsOf(db, actor)) for (const colour of ['stage', 'desil'] as const) {
    const began = performance.now()
    const asked: Asked & { colour: 'stage' | 'desil' } = { region: '', seen: turn % 3 === 0 ? 'visited' : 'all', colour }
    const picture = readMap(db, actor, view, asked)
    const near = picture.total.n <= 30 ? listInView(db, actor, view, asked, 30) : []
    await MapPart({ asked, view, picture, near })!.toString()
    times.push(performance.now() - began)
    marks = Math.max(marks, picture.marks.length)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))]! * 10) / 10
  console.log(JSON.stringify({ name: 'map_250k_ms', value: at(0.95), unit: 'ms', n: times.length, households, p50: at(0.5), p99: at(0.99), max: at(1), marks, cores: availableParallelism() }))
  console.log(JSON.stringify({ name: 'map_placing_ms', value: Math.round(placing * 1000) / 1000, unit: 'ms', n: households }))
}

// The country at first, then closer in five steps onto the town.
const viewsOf = (db: ReturnType<typeof freshDatabase>, actor: Actor): View[] => {
  const whole = wholeView(db, actor, { region: '', seen: 'all', colour: 'stage' })!
  const town = { latitude: -7.9, longitude: 110.33, zoom: whole.zoom }
  return [whole, ...[9, 11, 13, 14, 16, 18].map((zoom) => zoomed(town, zoom))]
}

function place(client: ReturnType<typeof freshDatabase>['$client'], households: number) {
  const random = randomFrom(7)
  const next = () => random.below(1_000_000) / 1_000_000
  const normal = () => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next())
  client.pragma('foreign_keys = OFF')
  const add = client.prepare('INSERT INTO map_points VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  client.transaction(() => {
    for (let i = 0; i < households; i += 1) {
      const village = Math.floor(next() ** 1.5 * 500)
      const [latitude, longitude] = [-7.9 + (village % 22 - 11) / 60 + normal() / 150, 110.33 + (Math.floor(village / 22) - 11) / 60 + normal() / 150]
      const { x, y } = project({ latitude, longitude })
      const region = `34.02.${String(1 + Math.floor(village / 30)).padStart(2, '0')}.2${String(1 + village % 30).padStart(3, '0')}`
      const stage = random.below(6)
      add.run(`h${i}`, region, x, y, x >> CELL_SHIFT, y >> CELL_SHIFT, stage > 0 ? 1 : 0, stage, random.chance(0.1) ? 1 : 0, random.chance(0.8) ? random.between(1, 10) : null, random.chance(0.2) ? 1 : 0, random.chance(0.3) ? 1 : 0, random.chance(0.4) ? 1 : 0)
    }
  })()
}

await benchMap(Number(process.argv[2] ?? 250_000))
