import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followSome, readProgress } from '#app/prints/following.ts'
import { printVisit } from '#app/prints/printing.ts'
import { photoFacts, printsPending, reusedPhotos } from '#app/prints/prints.ts'
import { photoBands, photoPrints, visitPhotos } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { disguised, KIND_OF, MOTIFS, photograph, type Motif } from '#test/support/photographs.ts'
import { addPhotosTo, printAll, show, type Shown } from '#test/support/shown.ts'
import { dewi, freshApp, siti, tono } from '#test/support/world.ts'

const prints = suite('prints of photos')
const LATER = '2026-03-02T02:30:00.000Z'

const taken = async (motif: Motif, seed: number): Promise<Shown> => ({ kind: KIND_OF[motif], bytes: await photograph(motif, seed, { width: 640, height: 480 }) })
const house = await taken('house', 1)
const again = async ({ kind, bytes }: Shown, disguise: Parameters<typeof disguised>[2], seed = 1): Promise<Shown> => ({ kind, bytes: await disguised(bytes, seed, disguise) })

prints('a photo of another house is recognised after it was made smaller, cut, saved anew or made darker', async () => {
  for (const disguise of [{ smallest: 0.5 }, { cut: 0.12 }, { quality: [35, 40] as [number, number] }, { light: 0.25 }]) {
    const world = freshApp()
    const first = await show(world, siti, [house])
    const second = await show(world, tono, [await again(house, disguise)], { at: LATER })
    await printAll(world)

    const [found, ...more] = reusedPhotos(world.db, second)
    assert.equal({ ...found, distance: 0, otherHeadName: '', otherHouseholdId: '', otherRegionCode: '' }, { kind: 'F-RUMAH', otherVisitId: first, otherKind: 'F-RUMAH', otherHouseholdId: '', otherRegionCode: '', otherHeadName: '', otherOfficerId: 'siti', otherSentAt: '2026-03-01T02:30:00.000Z', distance: 0, exact: false }, JSON.stringify(disguise))
    assert.ok(found!.distance < 50 && found!.otherHeadName.length > 0)
    assert.is(more.length, 0)
    assert.equal(reusedPhotos(world.db, first), [], 'the first to show it repeats nobody')
  }
})

prints('the very same file is named as such, also of a wall that has nothing on it', async () => {
  const world = freshApp()
  const blank = { kind: 'F-DINDING', bytes: makeJpeg({ width: 320, height: 240, seed: 4 }) }
  const first = await show(world, siti, [house, blank])
  const second = await show(world, dewi, [house, blank], { at: LATER })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, second).map(({ kind, otherVisitId, exact, distance }) => [kind, otherVisitId, exact, distance]),
    [['F-DINDING', first, true, 0], ['F-RUMAH', first, true, 0]])
})

prints('a whole photo is recognised under another kind too', async () => {
  const world = freshApp()
  await show(world, siti, [house])
  const second = await show(world, tono, [{ ...await again(house, {}), kind: 'F-ATAP' }], { at: LATER })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, second).map(({ kind, otherKind }) => [kind, otherKind]), [['F-ATAP', 'F-RUMAH']])
})

prints('the same household may show its card again', async () => {
  const world = freshApp()
  const photos = [house, await taken('card', 2)]
  const { id: household } = world.db.$client.prepare('SELECT household_id AS id FROM visits WHERE id = ?').get(await show(world, siti, photos)) as { id: string }
  const revisit = await show(world, tono, [await taken('house', 78), await again(photos[1]!, {})], { household, at: LATER })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, revisit), [])
})

prints('sixteen houses, roofs, walls and cards that look alike are sixteen', async () => {
  const world = freshApp()
  const visits: string[] = []
  for (const seed of [11, 12]) for (const motif of MOTIFS) visits.push(await show(world, siti, [await taken(motif, seed)]))
  await printAll(world)
  assert.equal(visits.flatMap((visit) => reusedPhotos(world.db, visit)), [])
})

prints('a blank wall and a dark room are never held against anybody, and their look is known', async () => {
  const world = freshApp()
  const empty = (grey: number) => sharp({ create: { width: 640, height: 480, channels: 3, background: { r: grey, g: grey, b: grey } } }).jpeg().toBuffer()
  await show(world, siti, [{ kind: 'F-DINDING', bytes: await empty(180) }, { kind: 'F-DAPUR', bytes: await empty(12) }])
  const second = await show(world, tono, [{ kind: 'F-DINDING', bytes: await empty(181) }, { kind: 'F-DAPUR', bytes: await empty(13) }], { at: LATER })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, second), [])
  const facts = photoFacts(world.db, second)
  assert.equal(facts.map(({ kind, sharpness, brightness, dark }) => [kind, sharpness, Math.round(brightness! / 5), dark]), [['F-DAPUR', null, 3, 100], ['F-DINDING', null, 36, 0]])
})

prints('whichever is looked at first, the later photo repeats the earlier', async () => {
  const world = freshApp()
  const copy = await again(house, { cut: 0.08 })
  const late = await show(world, siti, [copy], { at: LATER })
  await printAll(world)
  const early = await show(world, tono, [house])
  await printAll(world)
  assert.equal(reusedPhotos(world.db, early), [])
  assert.equal(reusedPhotos(world.db, late).map(({ otherVisitId }) => otherVisitId), [early])
})

prints('a copy needs no place in the index, and takes the place of the first when that is taken anew', async () => {
  const world = freshApp()
  const first = await show(world, siti, [house])
  const second = await show(world, tono, [await again(house, { smallest: 0.7 }, 2)], { at: LATER })
  const third = await show(world, dewi, [await again(house, { smallest: 0.7 }, 3)], { at: '2026-03-02T05:00:00.000Z' })
  await printAll(world)
  assert.is(world.db.select().from(photoBands).all().length, 3)
  assert.equal([second, third].map((visit) => reusedPhotos(world.db, visit).map(({ otherVisitId }) => otherVisitId)), [[first], [first]])

  await addPhotosTo(world, siti, first, [await taken('house', 77)], '2026-03-03T02:30:00.000Z')
  assert.ok(printsPending(world.db, first))
  await printAll(world)
  assert.equal([first, second, third].map((visit) => reusedPhotos(world.db, visit).map(({ otherVisitId }) => otherVisitId)), [[], [], [second]])

  const fourth = await show(world, siti, [await again(house, { light: 0.1 }, 4)], { at: '2026-03-04T02:30:00.000Z' })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, fourth).map(({ otherVisitId }) => otherVisitId), [second])
})

prints('a visit waits for its prints until each photo that is here has been looked at', async () => {
  const world = freshApp()
  const visit = await show(world, siti, [house, await taken('card', 5)])
  assert.ok(printsPending(world.db, visit))
  await printAll(world)
  assert.not(printsPending(world.db, visit))
  assert.equal(world.db.$client.prepare('SELECT visit_id FROM evidence_queue').pluck().all(), [visit], 'and is judged again')

  await addPhotosTo(world, siti, visit, [await taken('card', 6)], LATER)
  world.db.$client.prepare("UPDATE files SET stored_at = '' WHERE sha256 = (SELECT sha256 FROM visit_photos WHERE visit_id = ? AND kind = 'F-KTP')").run(visit)
  assert.not(printsPending(world.db, visit), 'a photo that lies at another office is not waited for')
})

prints('what is no picture any more holds up nobody', async () => {
  const world = freshApp()
  const broken = Buffer.concat([house.bytes.subarray(0, 700), Buffer.alloc(3000, 7), Buffer.from([0xff, 0xd9])])
  const visit = await show(world, siti, [{ kind: 'F-RUMAH', bytes: broken }, await taken('roof', 3)])
  world.db.$client.prepare("UPDATE files SET pack = 'gone', pack_offset = 0 WHERE sha256 = (SELECT sha256 FROM visit_photos WHERE visit_id = ? AND kind = 'F-RUMAH')").run(visit)
  await printAll(world)
  assert.not(printsPending(world.db, visit))
  assert.equal(world.db.select({ kind: photoPrints.kind, has: photoPrints.sharpness }).from(photoPrints).all().map(({ kind, has }) => [kind, has !== null]), [['F-ATAP', true], ['F-RUMAH', false]])
})

prints('photos that were here before the upgrade are looked at too, household by household, from where it stopped', async () => {
  const world = freshApp()
  const [one, two] = [await show(world, siti, [house]), await show(world, tono, [await again(house, { cut: 0.1 })], { at: LATER })]
  const print = (visitId: string) => printVisit(world.db, world.dataDirectory, visitId)
  assert.ok(await followSome(world.db, print, LATER))
  assert.equal([readProgress(world.db)!.done, readProgress(world.db)!.total], [2, 2])
  assert.not(await followSome(world.db, print, LATER))
  assert.is(readProgress(world.db)!.finishedAt, LATER)
  assert.equal([one, two].map((visit) => reusedPhotos(world.db, visit).length), [0, 1])
  assert.is(world.db.select().from(visitPhotos).where(eq(visitPhotos.visitId, one)).all().length, 1)
})

prints.run()
