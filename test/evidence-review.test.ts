import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/evidence/following.ts'
import { approveTogether } from '#app/reviews/decisions.ts'
import { listWaiting, nextWaiting } from '#app/reviews/queue.ts'
import { answerFlag } from '#app/quality/flag-answers.ts'
import { households, visits } from '#db/schema/index.ts'
import { ordinary, visitTo } from '#test/support/evidence.ts'
import { markKnown } from '#test/support/matching.ts'
import { addWaiting } from '#test/support/waiting.ts'
import { as, budi, eko, freshApp, freshDatabase, oki, prita, rina, siti, stageOf, tono, TRIMURTI } from '#test/support/world.ts'

const KEY = '6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0003'
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

// Siti's hurried visit among the ordinary ones of Tono and Oki.
async function hurried() {
  const here = freshApp()
  ordinary(here.db, [tono, oki], 8)
  const visitId = visitTo(here.db, siti, 'asep', { minutes: 6, photoStep: 1000 })
  await catchUp(here.db)
  return { ...here, visitId }
}

const panel = suite('bukti kunjungan on the page of a case')

panel('tells the coordinator what to look at first, with its numbers, and folds away the rest', async () => {
  const { as: signedIn, visitId } = await hurried()
  const page = await (await signedIn(budi).get(`/reviews/${visitId}`)).text()
  const words = textOf(page)
  assert.match(words, /, 12 Mei 1980/)
  assert.match(words, /2 hal perlu dilihat, \d+ wajar, \d+ belum dapat dinilai\. Tanda tidak menolak kunjungan/)
  assert.match(words, /Wawancara 6 menit, jauh lebih singkat: 16 kunjungan oleh 2 petugas lain di desa ini/)
  assert.match(words, '9 foto dibuat dalam 8 detik, dari KTP sampai bagian belakang rumah.')
  assert.match(page, /<svg[^>]+class="band-strip"><title>Lama wawancara ini di antara wawancara petugas lain<\/title><desc>Wawancara ini 6,0 menit/)
  assert.match(page, /<details class="folded"><summary>\d+ wajar<\/summary>/)
  assert.match(words, 'Data induk belum punya titik, jadi jaraknya tidak dapat dihitung.')
  assert.ok(words.indexOf('jauh lebih singkat') < words.indexOf('Koordinat dari GPS.'))
})

panel('shows what the officer said to a flag, beside it', async () => {
  const { db, as: signedIn, visitId } = await hurried()
  as(db, siti, (tx) => answerFlag(tx, { key: KEY, visitId, code: 'duration', text: 'Responden tinggal sendiri dan sudah menyiapkan berkasnya.' }))
  assert.match(textOf(await (await signedIn(budi).get(`/reviews/${visitId}`)).text()), /biasanya .* Responden tinggal sendiri dan sudah menyiapkan berkasnya\. Penjelasan petugas/)
})

panel('says when the visit is still being judged, and is not for a neighbour', async () => {
  const here = freshApp()
  const visitId = visitTo(here.db, siti, 'asep')
  assert.match(await (await here.as(budi).get(`/reviews/${visitId}`)).text(), 'Bukti masih dinilai')
  assert.match(textOf(await (await here.as(budi).get('/reviews')).text()), 'Bukti masih dinilai')
  assert.is((await here.as(eko).get(`/reviews/${visitId}`)).status, 404)
})

panel('is told in sentences on the household page to whoever checks, and counted to the others', async () => {
  const { as: signedIn } = await hurried()
  for (const reader of [budi, rina]) assert.match(textOf(await (await signedIn(reader).get('/households/asep')).text()), 'Lama wawancara dibanding petugas lain. Wawancara 6 menit, jauh lebih singkat')
  for (const reader of [siti, prita]) {
    const words = textOf(await (await signedIn(reader).get('/households/asep')).text())
    assert.match(words, '2 tanda pada kunjungan terakhir')
    assert.not.match(words, 'jauh lebih singkat')
  }
})

panel.run()

const day = (number: number) => `2026-03-0${number}T02:00:00.000Z`
const weigh = (db: ReturnType<typeof freshDatabase>, weights: Record<string, number>) => {
  for (const [id, weight] of Object.entries(weights)) {
    db.$client.prepare('UPDATE households SET flag_weight = ?, flag_count = 1 WHERE id = ?').run(weight, id)
    db.$client.prepare('UPDATE visits SET flag_weight = ?, flag_count = 1 WHERE household_id = ?').run(weight, id)
  }
}

// By time: asep bayu cici dodi euis fani. Weights: cici 3, euis 3, bayu 5.
function weighed() {
  const db = freshDatabase()
  for (const [i, id] of ['asep', 'bayu', 'cici', 'dodi', 'euis', 'fani'].entries()) {
    addWaiting(db, id, i % 2 ? tono : siti, { at: day(i + 1), head: `Warga ${id}`, ...(id === 'bayu' || id === 'dodi' ? { regionCode: TRIMURTI } : {}) })
  }
  weigh(db, { cici: 3, euis: 3, bayu: 5 })
  return db
}
const ids = ({ cases }: { cases: { householdId: string }[] }) => cases.map(({ householdId }) => householdId)

const queue = suite('the queue by weight')

queue('has the heaviest first, those of one weight and those of none by time', () => {
  const db = weighed()
  assert.equal(ids(listWaiting(db, budi)), ['asep', 'bayu', 'cici', 'dodi', 'euis', 'fani'])
  assert.equal(ids(listWaiting(db, budi, { order: 'weight' })), ['bayu', 'cici', 'euis', 'asep', 'dodi', 'fani'])
  assert.equal(ids(listWaiting(db, budi, { order: 'weight', flags: 'yes' })), ['bayu', 'cici', 'euis'])
  assert.equal(ids(listWaiting(db, budi, { order: 'weight', flags: 'no' })), ['asep', 'dodi', 'fani'])
  assert.equal(ids(listWaiting(db, budi, { order: 'weight', village: TRIMURTI, officer: 'tono' })), ['bayu', 'dodi'])
})

queue('goes on from any place to its end, each case once', () => {
  const db = weighed()
  const seen: string[] = []
  for (let place = { stageAt: '', number: 0 } as Parameters<typeof nextWaiting>[3]; ;) {
    const next = nextWaiting(db, budi, { order: 'weight' }, place)
    if (!next) break
    seen.push(next.householdId)
    place = { stageAt: next.stageAt, number: next.number, weight: next.flagWeight }
  }
  assert.equal(seen, ['bayu', 'cici', 'euis', 'asep', 'dodi', 'fani'])
})

queue('keeps its pages apart where more than one page has one weight', () => {
  const db = freshDatabase()
  const all = Array.from({ length: 120 }, (_, i) => `r${i}`)
  for (const id of all) addWaiting(db, id, siti, { at: day(1) })
  weigh(db, Object.fromEntries(all.slice(0, 70).map((id) => [id, 2])))
  const first = listWaiting(db, budi, { order: 'weight' })
  const second = listWaiting(db, budi, { order: 'weight' }, first.next!)
  const third = listWaiting(db, budi, { order: 'weight' }, second.next!)
  assert.equal([...ids(first), ...ids(second), ...ids(third)], all)
  assert.is(third.next, null)
})

queue('is found by an index of the flagged alone', () => {
  const plan = freshDatabase().$client.prepare(`EXPLAIN QUERY PLAN SELECT stage_at, number FROM households INDEXED BY households_by_weight
    WHERE stage = 'submitted' AND region_code = 'x' AND flag_weight > 0 AND flag_weight < 5 ORDER BY flag_weight DESC, stage_at, number LIMIT 1`).all()
  assert.match(JSON.stringify(plan), 'COVERING INDEX households_by_weight (stage=? AND region_code=?')
  assert.not.match(JSON.stringify(plan), 'TEMP B-TREE')
})

queue('is chosen on the page, and each decision leads on in it', async () => {
  const { as: signedIn } = freshApp(weighed())
  const page = await (await signedIn(budi).get('/reviews?order=weight')).text()
  assert.match(page, 'yang tandanya paling berat lebih dahulu')
  assert.match(textOf(page), '1 tanda, bobot 5')
  assert.is((await signedIn(budi).get('/reviews/next?order=weight')).headers.get('Location'), '/reviews/visit-bayu?order=weight')
  const shown = await (await signedIn(budi).get('/reviews/visit-bayu?order=weight')).text()
  const action = /action="(\/reviews\/visit-bayu\/approval[^"]+)"/.exec(shown)![1]!.replaceAll('&amp;', '&')
  const { headers } = await signedIn(budi).post(action, { 'key': KEY, 'revision': '1', 'documents.1': '1' })
  assert.is(headers.get('Location'), '/reviews/visit-cici?order=weight')
  assert.is((await signedIn(budi).get('/reviews?order=bogus')).status, 422)
})

queue.run()

const together = suite('approving together')

together('leaves out a visit whose evidence is not judged or whose photos are not looked at yet, and waits an hour for those', async () => {
  const db = freshDatabase()
  const visitId = visitTo(db, siti, 'asep')
  const approve = (key: string, at?: string) => as(db, budi, (tx) => approveTogether(tx, key, [{ visitId, revision: 1 }]), at)
  markKnown(db, 'asep')
  assert.match(approve(KEY).get(visitId)!, /bukti masih dinilai/)
  assert.is(stageOf(db, 'asep'), 'submitted')
  await catchUp(db)
  const looking = approve('6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0005').get(visitId)
  assert.match(looking!, /fotonya masih diperiksa/)
  assert.is(approve('6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0004', '2026-03-02T05:00:00.000Z').size, 0, 'a store that does not answer holds up nobody for ever')
  assert.equal([stageOf(db, 'asep'), db.select().from(visits).get()!.status, db.select().from(households).get()!.flagWeight], ['checked', 'checked', 0])
})

together.run()
