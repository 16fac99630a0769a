import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgeVisit } from '#app/evidence/judging.ts'
import { readEvidence } from '#app/evidence/panel.ts'
import { reusedPhotos } from '#app/prints/prints.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { readVisit } from '#app/visits/visits.ts'
import { disguised, KIND_OF, photograph, type Motif } from '#test/support/photographs.ts'
import { printAll, show, type Shown } from '#test/support/shown.ts'
import { dewi, freshApp, rina, siti, tono } from '#test/support/world.ts'

// What somebody does with an old photo who has not been there.
const hidden = suite('photos shown again by whoever hides it')
const LATER = '2026-09-02T02:30:00.000Z'

const taken = async (motif: Motif, seed: number): Promise<Shown> => ({ kind: KIND_OF[motif], bytes: await photograph(motif, seed, { width: 640, height: 480 }) })
const [house, wall] = [await taken('house', 1), await taken('wall', 2)]
type World = ReturnType<typeof freshApp>
const householdOf = ({ db }: World, visit: string) => db.$client.prepare('SELECT household_id FROM visits WHERE id = ?').pluck().get(visit) as string
const said = ({ db }: World, visit: string, code: string) => judgeVisit(db, visit).find((signal) => signal.code === code)!

hidden('a photo in a mirror, on its side or upside down is recognised, also a little smaller and darker', async () => {
  const ways: Record<string, (photo: Buffer) => Promise<Buffer>> = {
    mirrored: (photo) => sharp(photo).flop().jpeg({ quality: 70 }).toBuffer(), upsideDown: (photo) => sharp(photo).rotate(180).jpeg({ quality: 70 }).toBuffer(),
    left: (photo) => sharp(photo).rotate(270).jpeg({ quality: 70 }).toBuffer(), right: (photo) => sharp(photo).rotate(90).jpeg({ quality: 70 }).toBuffer(),
    smallInMirror: (photo) => sharp(photo).flop().resize(500).linear(0.85, 0).jpeg({ quality: 60 }).toBuffer(),
    turnedByItsTag: (photo) => sharp(photo).withMetadata({ orientation: 6 }).toBuffer(),
  }
  for (const [name, way] of Object.entries(ways)) {
    for (const photo of [house, wall]) {
      const world = freshApp()
      const first = await show(world, siti, [photo])
      const second = await show(world, tono, [{ ...photo, bytes: await way(photo.bytes) }], { at: LATER })
      await printAll(world)
      assert.equal(reusedPhotos(world.db, second).map(({ otherVisitId }) => otherVisitId), [first], `${name} ${photo.kind}`)
    }
  }
})

hidden('last year’s photo of the very house, the same file or saved anew, is named with its day', async () => {
  const world = freshApp()
  const first = await show(world, siti, [house, wall])
  const second = await show(world, tono, [house, { ...wall, bytes: await disguised(wall.bytes, 3, { cut: 0.08 }) }], { household: householdOf(world, first), at: LATER })
  await printAll(world)
  assert.is(said(world, second, 'reused_photo').sentence, 'Foto rumah (tampak depan) sama persis dengan foto kunjungan 1 Maret 2026 ke rumah ini.')
  assert.match(said(world, second, 'similar_photo').sentence, /^Gambar dinding sama dengan dinding pada kunjungan 1 Maret 2026 ke rumah ini oleh petugas lain, disimpan ulang\.$/)
  assert.is(said(world, first, 'reused_photo').level, 'fine', 'the first visit repeats nobody')
  const pairs = (actor: typeof rina) => readEvidence({ db: world.db, actor }, readVisit(world.db).get({ id: second })!).pairs
  assert.equal(pairs(rina).map(({ code, words, otherVisitId, otherWords }) => [code, words, otherVisitId === first, otherWords]), [
    ['similar_photo', 'Kunjungan ini: dinding', true, 'Rumah ini, 1 Maret 2026: dinding'], ['reused_photo', 'Kunjungan ini: rumah (tampak depan)', true, 'Rumah ini, 1 Maret 2026: rumah (tampak depan)'],
  ], 'both are shown side by side')
  assert.equal(pairs({ ...rina, regions: ['34.02.02'] }), [], 'to whoever may see the household')
})

hidden('a new photo of the same house, and its card shown again, are nothing', async () => {
  const world = freshApp()
  const card = await taken('card', 2)
  const first = await show(world, siti, [house, wall, card])
  const photos = [await taken('house', 31), await taken('wall', 32), { ...card, bytes: await disguised(card.bytes, 3, { cut: 0.03 }) }]
  const second = await show(world, siti, photos, { household: householdOf(world, first), at: LATER })
  await printAll(world)
  assert.equal(reusedPhotos(world.db, second), [])
  assert.is(said(world, second, 'reused_photo').level, 'fine')
})

hidden('one picture cut for four kinds of one visit weighs like a strong sign', async () => {
  const world = freshApp()
  const cut = async (kind: string, seed: number): Promise<Shown> => ({ kind, bytes: await disguised(house.bytes, seed, { cut: 0.06, quality: [60, 80] }) })
  const visit = await show(world, dewi, [house, await cut('F-ATAP', 2), await cut('F-DINDING', 3), { kind: 'F-DAPUR', bytes: await sharp(house.bytes).flop().toBuffer() }, wall, await taken('floor', 4)]
    .map((photo) => photo === wall ? { ...photo, kind: 'F-JAMBAN' } : photo))
  await printAll(world)
  const signal = said(world, visit, 'same_photo')
  assert.equal([signal.level, signal.weight, signal.sentence], ['look', 3, '3 foto mengulang foto lain dari kunjungan ini: satu gambar untuk beberapa jenis.'])
  assert.equal(judgeVisit(world.db, visit).filter(({ code, level }) => code === 'similar_photo' && level === 'look'), [])
})

hidden('nine photos of nothing are told; a plain wall, a dark kitchen and a white floor are honest', async () => {
  const empty = (kind: string, grey: number): Promise<Shown> => sharp({ create: { width: 320, height: 240, channels: 3, background: { r: grey, g: grey, b: grey } } }).jpeg().toBuffer().then((bytes) => ({ kind, bytes }))
  const world = freshApp()
  const black = await show(world, siti, await Promise.all(PHOTO_KINDS.map(({ code }, i) => empty(code, 3 + i))))
  const honest = await show(world, tono, [house, await taken('card', 9), await taken('person', 9), ...await Promise.all([empty('F-DINDING', 190), empty('F-DAPUR', 12), empty('F-LANTAI', 252)])], { at: LATER })
  assert.equal([said(world, black, 'empty_photo').level, said(world, honest, 'empty_photo').level], ['unknown', 'unknown'], 'until they are looked at')
  await printAll(world)
  assert.match(said(world, black, 'empty_photo').sentence, /^9 dari 9 foto gelap, putih, atau polos seluruhnya: /)
  assert.is(said(world, black, 'empty_photo').weight, 3)
  assert.is(said(world, honest, 'empty_photo').level, 'fine')
})

hidden('a photo first put to the wrong house and taken off before sending is no photo of that house', async () => {
  const world = freshApp()
  const wrong = await show(world, siti, [house])
  world.db.$client.prepare("UPDATE visits SET status = 'draft', submitted_at = NULL WHERE id = ?").run(wrong)
  const right = await show(world, siti, [house], { at: LATER })
  assert.is(said(world, right, 'reused_photo').level, 'look', 'while it stands in both')
  world.db.$client.prepare('DELETE FROM visit_photos WHERE visit_id = ?').run(wrong)
  assert.is(said(world, right, 'reused_photo').level, 'fine')
})

hidden.run()
