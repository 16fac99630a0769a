import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { keepPrints } from '#app/prints/keeping.ts'
import { printVisit } from '#app/prints/printing.ts'
import { reusedPhotos } from '#app/prints/prints.ts'
import { disguised, KIND_OF, MOTIFS, photograph, type Disguise, type Motif } from '#test/support/photographs.ts'
import { show, type Shown } from '#test/support/shown.ts'
import { dewi, freshApp, siti } from '#test/support/world.ts'

// How surely a photo that was shown before is recognised, and how rarely a new one is taken for an old one. All photos are
// made from seeds; those of one kind look alike as houses do. `node --import tsx test/bench/prints.ts [stored] [new] [disguised]`
// A thousand new ones against a thousand stored are what the bar of one in a thousand asks for; it takes some minutes.
const [STORED, NEW, DISGUISED] = [1_000, 1_000, 240]
const SIZE = { width: 640, height: 480 }

const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Math.round(value * 10_000) / 10_000, unit, ...more }))

const DISGUISES: Record<string, Disguise> = {
  resized: { smallest: 0.45 }, saved_again: { quality: [30, 60] }, lighter_or_darker: { light: 0.25 }, cut_10: { cut: 0.1 }, cut_15: { cut: 0.15 },
  all_of_it: { cut: 0.15, smallest: 0.5, light: 0.2, quality: [35, 70] },
}

type World = ReturnType<typeof freshApp>

// One visit of one photo, looked at as soon as it has come. Returns what it is said to repeat.
async function look(world: World, officer: typeof siti, photo: Shown, times?: number[]) {
  const visitId = await show(world, officer, [photo])
  const begun = performance.now()
  const printed = await printVisit(world.db, world.dataDirectory, visitId)
  times?.push(performance.now() - begun)
  world.db.$client.transaction(() => keepPrints(world.db, visitId, printed))()
  return { visitId, plain: printed.every(({ print }) => print === null), reused: reusedPhotos(world.db, visitId) }
}

const photoOf = async (number: number): Promise<Shown & { motif: Motif, seed: number }> => {
  const [motif, seed] = [MOTIFS[number % MOTIFS.length]!, 1 + Math.floor(number / MOTIFS.length)]
  return { motif, seed, kind: KIND_OF[motif], bytes: await photograph(motif, seed, SIZE) }
}

export async function measurePrints({ stored = STORED, fresh = NEW, repeated = DISGUISED } = {}) {
  const world = freshApp()
  const visits = new Map<number, string>()
  const times: number[] = []
  let [plain, early, late] = [0, 0, 0]
  let next = photoOf(0)
  for (let number = 0; number < stored + fresh; number += 1) {
    const photo = await next
    // The next one is drawn meanwhile, on the other core.
    next = photoOf(number + 1)
    const seen = await look(world, siti, photo, number < stored ? undefined : times)
    if (seen.plain) plain += 1
    else visits.set(number, seen.visitId)
    if (seen.reused.length > 0 && number < stored) early += 1
    if (seen.reused.length > 0 && number >= stored) late += 1
  }
  say('photo_reuse_false_alarm', late / fresh, 'share', { n: fresh, per: 'photo', stored, among_the_stored: early, plain, bar: '<= 0.001' })
  await measureRecall(world, visits, repeated)
  times.sort((one, other) => one - other)
  say('photo_print_ms', times[times.length >> 1]!, 'ms', { n: times.length, p95_ms: Math.round(times[Math.floor(times.length * 0.95)]!), stored, visit_of_9_ms: Math.round(9 * times.reduce((sum, ms) => sum + ms, 0) / times.length) })
}

// Each photo is shown once more in a neighbouring kabupaten, by another officer, in one disguise.
async function measureRecall(world: World, visits: Map<number, string>, repeated: number) {
  const numbers = [...visits.keys()]
  const names = Object.keys(DISGUISES)
  const found = Object.fromEntries(names.map((name) => [name, { n: 0, found: 0 }]))
  for (let turn = 0; turn < repeated; turn += 1) {
    const number = numbers[Math.floor(turn * numbers.length / repeated)]!
    const name = names[turn % names.length]!
    const { kind, bytes } = await photoOf(number)
    const { reused } = await look(world, dewi, { kind, bytes: await disguised(bytes, turn, DISGUISES[name]!) })
    found[name]!.n += 1
    if (reused.some(({ otherVisitId }) => otherVisitId === visits.get(number))) found[name]!.found += 1
  }
  const all = Object.values(found).reduce((sum, one) => sum + one.found, 0)
  const each = Object.fromEntries(Object.entries(found).map(([name, one]) => [name, Math.round(1000 * one.found / Math.max(one.n, 1)) / 1000]))
  say('photo_reuse_recall', all / repeated, 'share', { n: repeated, ...each, bar: '>= 0.95' })
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const [stored, fresh, repeated] = process.argv.slice(2).map(Number)
  await measurePrints({ stored, fresh, repeated })
}
