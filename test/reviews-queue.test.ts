import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { approveTogether, returnVisit } from '#app/reviews/decisions.ts'
import { countWaiting, listWaiting, nextWaiting, readQueue } from '#app/reviews/queue.ts'
import type { Actor } from '#app/users/actor.ts'
import { reviews } from '#db/schema/index.ts'
import { markKnown } from '#test/support/matching.ts'
import { addWaiting } from '#test/support/waiting.ts'
import { as, BALECATUR, budi, dewi, eko, freshApp, freshDatabase, GADINGSARI, PONCOSARI, rina, siti, SRANDAKAN, stageOf, tono, TRIMURTI, wawan } from '#test/support/world.ts'

const KEY = '6d9e2c0e-0b1c-4f6e-9a43-0f6b1f0c0003'
const day = (number: number) => `2026-03-0${number}T02:00:00.000Z`

// Srandakan: four wait, oldest first asep, bayu, cici, dodi. One in Sanden, one in Sleman are not Budi's.
function busyDatabase() {
  const db = freshDatabase()
  addWaiting(db, 'cici', siti, { at: day(3), head: 'Cici Paramida', flags: ['duration_short', 'far_away'] })
  addWaiting(db, 'asep', siti, { at: day(1) })
  addWaiting(db, 'bayu', tono, { at: day(2), head: 'Bayu Aji', regionCode: TRIMURTI })
  addWaiting(db, 'dodi', tono, { at: day(4), head: 'Dodi Kusuma', outcome: 2 })
  addWaiting(db, 'gita', siti, { at: day(1), head: 'Gita Wulan', regionCode: GADINGSARI })
  addWaiting(db, 'slamet', dewi, { at: day(1), head: 'Slamet Riyadi', regionCode: BALECATUR })
  return db
}

const idsOf = (db: ReturnType<typeof freshDatabase>, ...rest: Parameters<typeof listWaiting> extends [unknown, ...infer R] ? R : never) =>
  listWaiting(db, ...rest).cases.map(({ householdId }) => householdId)

const queue = suite('the queue')

queue('is refused to an officer', async () => {
  assert.is((await freshApp().as(siti).get('/reviews')).status, 403)
  assert.is((await freshApp().as(siti).get('/reviews/next')).status, 403)
})

queue('is counted beforehand exactly as it stands, whatever happens in whatever order', () => {
  const db = busyDatabase()
  const counted = () => db.$client.prepare('SELECT stage, region_code, officer_id, flagged, n FROM household_counts WHERE n <> 0 ORDER BY 1, 2, 3, 4').raw().all()
  const standing = () => db.$client.prepare(`SELECT stage, region_code, coalesce(officer_id, ''), flag_count > 0, count(*)
    FROM households GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`).raw().all()
  assert.equal(counted(), standing())
  const change = fc.record({
    id: fc.constantFrom('cici', 'asep', 'bayu', 'gita'), stage: fc.constantFrom('submitted', 'checked', 'recheck', 'listed'),
    region: fc.constantFrom(TRIMURTI, GADINGSARI, BALECATUR), officer: fc.constantFrom(siti.id, tono.id, null), flags: fc.nat(2),
  })
  fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
    for (const { id, stage, region, officer, flags } of changes) {
      db.$client.prepare('UPDATE households SET stage = ?, region_code = ?, officer_id = ?, flag_count = ? WHERE id = ?').run(stage, region, officer, flags, id)
    }
    assert.equal(counted(), standing())
  }), { numRuns: 60 })
})

queue('has the cases of my region, oldest first, and no other', () => {
  const db = busyDatabase()
  assert.equal(idsOf(db, budi), ['asep', 'bayu', 'cici', 'dodi'])
  assert.equal(idsOf(db, eko), ['slamet'])
  assert.equal(idsOf(db, rina), [])
})

queue('is narrowed by village, officer, outcome and flags', () => {
  const db = busyDatabase()
  assert.equal(idsOf(db, budi, { village: TRIMURTI }), ['bayu'])
  assert.equal(idsOf(db, budi, { officer: 'tono' }), ['bayu', 'dodi'])
  assert.equal(idsOf(db, budi, { outcome: 2 }), ['dodi'])
  assert.equal(idsOf(db, budi, { flags: 'yes' }), ['cici'])
  assert.equal(idsOf(db, budi, { village: GADINGSARI }), [])
})

queue('goes on after a place and counts what waits', () => {
  const db = busyDatabase()
  const [, bayu] = listWaiting(db, budi).cases
  assert.equal(idsOf(db, budi, {}, bayu), ['cici', 'dodi'])
  const { counts, choices } = readQueue(db, budi)
  assert.equal(counts, { waiting: 4, flagged: 1, rechecks: 0, oldest: day(1) })
  assert.equal(choices.officers!.map(({ id, waiting }) => [id, waiting]), [['siti', 2], ['tono', 2]])
  assert.equal(choices.villages.map(({ code, waiting }) => [code, waiting]), [[PONCOSARI, 3], [TRIMURTI, 1]])
})

queue('counts exactly what it lists, however it is narrowed', () => {
  const db = busyDatabase()
  db.$client.exec("UPDATE households SET stage = 'recheck' WHERE id IN ('bayu', 'cici')")
  for (const village of [undefined, TRIMURTI, PONCOSARI, SRANDAKAN]) for (const officer of [undefined, 'tono', 'siti']) for (const flags of [undefined, 'yes', 'no'] as const) for (const outcome of [undefined, 2]) {
    const { cases, counts } = readQueue(db, budi, { village, officer, flags, outcome })
    const of = (wanted: (one: typeof cases[number]) => boolean) => cases.filter(wanted).length
    assert.equal(counts, {
      waiting: cases.length, flagged: of(({ flagCount }) => flagCount > 0), rechecks: of(({ stage }) => stage === 'recheck'), oldest: cases[0]?.stageAt ?? null,
    }, JSON.stringify({ village, officer, flags, outcome }))
  }
})

queue('finds the next case by an index, whatever its length', () => {
  const db = busyDatabase()
  const plan = db.$client.prepare(`EXPLAIN QUERY PLAN SELECT stage_at, number FROM households INDEXED BY households_by_stage
    WHERE stage = 'submitted' AND region_code = 'x' AND (stage_at, number) > ('', 0) AND officer_id IS NOT 'x' ORDER BY stage_at, number LIMIT 1`).all()
  assert.match(JSON.stringify(plan), 'SEARCH households USING COVERING INDEX households_by_stage (stage=? AND region_code=? AND stage_at>?)')
  assert.not.match(JSON.stringify(plan), 'TEMP B-TREE')
  assert.is(nextWaiting(db, budi)?.householdId, 'asep')
})

// Seventy wait for Dinsos in three desa of Bantul, one in Sleman that came before them all, and two of them at the same moment.
function checkedDatabase() {
  const db = freshDatabase()
  const villages = [GADINGSARI, TRIMURTI, PONCOSARI]
  Array.from({ length: 70 }, (_, i) => addWaiting(db, `h${i}`, i % 5 ? siti : tono, {
    at: new Date(Date.UTC(2026, 2, 1) + (i === 41 ? 40 : i) * 3_600_000).toISOString(), regionCode: villages[i % 3]!, flags: i % 7 ? [] : ['duration_short'],
  }))
  addWaiting(db, 'slamet', dewi, { at: '2026-01-01T00:00:00.000Z', regionCode: BALECATUR })
  db.$client.exec("UPDATE households SET stage = 'checked'")
  return db
}

queue('of a whole kabupaten is in the same order as that of its desa together, page after page', () => {
  const db = checkedDatabase()
  const all = (filter = {}) => {
    const [found, pages]: [string[], number[]] = [[], []]
    for (let after: { stageAt: string, number: number } | undefined; ;) {
      const { cases, next } = listWaiting(db, rina, filter, after)
      found.push(...cases.map(({ householdId }) => householdId))
      pages.push(cases.length)
      if (!next) return { found, pages }
      after = next
    }
  }
  assert.equal(all(), { found: Array.from({ length: 70 }, (_, i) => `h${i}`), pages: [50, 20] })
  assert.equal(all({ village: TRIMURTI }).found, Array.from({ length: 70 }, (_, i) => i).filter((i) => i % 3 === 1).map((i) => `h${i}`))
  assert.is(readQueue(db, rina).counts.oldest, '2026-03-01T00:00:00.000Z')
  assert.equal(all({ flags: 'yes' }).found, Array.from({ length: 10 }, (_, i) => `h${i * 7}`))
  assert.is(listWaiting(db, { ...rina, id: 'siti' }).cases.length, 14)
})

type Standing = { id: string, region: string, at: string, number: number, flags: number, weight: number, outcome: number, officer: string }

queue('by weight, by flags and by outcome is the same for a whole kabupaten, for two, and for its desa one by one', () => {
  const db = checkedDatabase()
  db.$client.exec("UPDATE households SET flag_weight = flag_count * (1 + number % 3), outcome = 1 + number % 2")
  const standing = db.$client.prepare('SELECT id, region_code AS region, stage_at AS at, number, flag_count AS flags, flag_weight AS weight, outcome, officer_id AS officer FROM households').all() as Standing[]
  const byHand = (regions: string[], { order, flags, outcome, village, officer }: Parameters<typeof listWaiting>[2] & object) => standing
    .filter((one) => regions.some((code) => one.region.startsWith(code)) && (!flags || one.flags > 0 === (flags === 'yes')) && (!outcome || one.outcome === outcome) && (!village || one.region === village) && (!officer || one.officer === officer))
    .sort((one, other) => (order === 'weight' ? other.weight - one.weight : 0) || (one.at < other.at ? -1 : one.at > other.at ? 1 : 0) || one.number - other.number).map(({ id }) => id)
  const all = (actor: Actor, filter: Parameters<typeof listWaiting>[2]) => {
    const { cases, next } = listWaiting(db, actor, filter)
    return [...cases, ...next ? listWaiting(db, actor, filter, next).cases : []].map(({ householdId }) => householdId)
  }
  for (const [regions, order, flags, outcome] of [[['34.02']], [['34.02', '34.04']], [['34.02.01', '34.02.02']], [[TRIMURTI]]].flatMap(([regions]) =>
    [undefined, 'weight' as const].flatMap((order) => [undefined, 'yes' as const, 'no' as const].flatMap((flags) => [undefined, 2].map((outcome) => [regions!, order, flags, outcome] as const))))) {
    for (const filter of [{ order, flags, outcome }, { order, flags, outcome, officer: 'siti' }, { order, flags, outcome, village: TRIMURTI }]) {
      assert.equal(all({ ...rina, regions }, filter), byHand(regions, filter), JSON.stringify([regions, filter]))
    }
  }
})

queue('of a kabupaten with many desa asks for the desa before it offers officers', async () => {
  const db = freshDatabase()
  const codes = Array.from({ length: 31 }, (_, i) => `34.02.99.${2001 + i}`)
  for (const code of codes) db.$client.prepare("INSERT INTO regions (code, name, level, parent_code, valid_from) VALUES (?, ?, 4, '34.02.01', '2020-01-01')").run(code, `Desa ${code}`)
  codes.forEach((regionCode, i) => addWaiting(db, `h${i}`, i ? siti : tono, { at: day(1), regionCode }))
  db.$client.exec("UPDATE households SET stage = 'checked'")
  const chosen = async (query: string) => {
    const page = await (await freshApp(db).as(rina).get(`/reviews${query}`)).text()
    return { asked: page.includes('Pilih satu desa untuk dapat memilih petugasnya.'), siti: page.includes('value="siti"'), tono: page.includes('value="tono"') }
  }
  assert.equal(await chosen(''), { asked: true, siti: false, tono: false })
  assert.equal(await chosen(`?village=${codes[0]}`), { asked: false, siti: false, tono: true })
  assert.equal(await chosen('?officer=siti'), { asked: false, siti: true, tono: false })
})

queue('puts what Dinsos sent back into the first queue, and nobody\'s own work', () => {
  const db = busyDatabase()
  assert.equal(idsOf(db, { ...budi, id: 'siti' }), ['bayu', 'dodi'])
  db.$client.prepare("UPDATE households SET stage = 'checked' WHERE id = 'bayu'").run()
  as(db, rina, (tx) => returnVisit(tx, 'visit-bayu', { key: KEY, revision: 1, note: 'x', documents: {}, remarks: {} }, 'checker'), day(9))
  assert.equal(idsOf(db, budi), ['asep', 'cici', 'dodi', 'bayu'])
  assert.is(countWaiting(db, budi).rechecks, 1)
})

queue('shows a masked NIK and starts with the oldest case', async () => {
  const { as: signedIn } = freshApp(busyDatabase())
  const page = await (await signedIn(budi).get('/reviews?flags=yes')).text()
  assert.match(page, 'Cici Paramida')
  assert.match(page, /99\*{10}\d{4}/)
  assert.is((await signedIn(budi).get('/reviews/next?officer=tono')).headers.get('Location'), '/reviews/visit-bayu?officer=tono')
})

queue.run()

const going = suite('going on to the next case')
const approval = { key: KEY, revision: '1', 'documents.1': '1' }
const after = `after=${encodeURIComponent(`${day(2)}~3`)}`

going('leads to the one after in the same queue, and at its end back to the list', async () => {
  const { as: signedIn } = freshApp(busyDatabase())
  const first = await signedIn(budi).post(`/reviews/visit-bayu/approval?officer=tono&${after}`, approval)
  assert.is(first.headers.get('Location'), '/reviews/visit-dodi?officer=tono')
  const last = await signedIn(budi).post('/reviews/visit-dodi/approval?officer=tono', { ...approval, key: crypto.randomUUID() })
  assert.is(last.headers.get('Location'), '/reviews?officer=tono')
  assert.match(decodeURIComponent(last.headers.get('Set-Cookie') ?? ''), 'Antrean selesai')
})

going('swaps in the next case for htmx, with its address', async () => {
  const { htmx } = freshApp(busyDatabase())
  const answer = await htmx(budi).post('/reviews/visit-asep/approval', approval)
  const part = await answer.text()
  assert.is(answer.status, 200)
  assert.is(answer.headers.get('HX-Push-Url'), '/reviews/visit-bayu')
  assert.match(part, 'Bayu Aji')
  assert.match(part, 'Asep Suryana: disetujui.')
  assert.not.match(part, '<body')
})

going.run()

const together = suite('approving together')
const approveAll = (db: ReturnType<typeof freshDatabase>, who: Actor, ...ids: string[]) =>
  as(db, who, (tx) => approveTogether(tx, KEY, ids.map((id) => ({ visitId: `visit-${id}`, revision: 1 }))))

together('is refused to an officer', () => {
  const db = busyDatabase()
  assert.throws(() => approveAll(db, siti, 'asep'), /tidak berwenang/)
})

together('approves what has no flag and tells the rest with the reason, once', () => {
  const db = busyDatabase()
  for (const id of ['asep', 'bayu', 'dodi']) markKnown(db, id)
  const told = [1, 2].map(() => approveAll(db, budi, 'asep', 'bayu', 'cici', 'dodi', 'slamet'))
  assert.match(told[0]!.get('visit-cici')!, /ada tanda/)
  assert.match(told[0]!.get('visit-dodi')!, /hasil kunjungan bukan/)
  assert.ok(told[0]!.has('visit-slamet'))
  assert.equal(told.map((skipped) => skipped.has('visit-asep')), [false, false])
  assert.equal(['asep', 'bayu', 'cici', 'dodi', 'slamet'].map((id) => stageOf(db, id)), ['checked', 'checked', 'submitted', 'submitted', 'submitted'])
  assert.equal(db.select().from(reviews).all().map(({ bulk, level }) => [bulk, level]), [[true, 1], [true, 1]])
})

together('says who was faster', async () => {
  const db = busyDatabase()
  await freshApp(db).as(wawan).post('/reviews/visit-asep/approval', { ...approval, key: crypto.randomUUID() })
  assert.match(approveAll(db, budi, 'asep').get('visit-asep')!, /sudah disetujui oleh Wawan Hidayat/)
})

together.run()
