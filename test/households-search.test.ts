import fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listHouseholds, type Filter } from '#app/households/households.ts'
import { placesInOrder, START, type Narrowing } from '#app/households/name-order.ts'
import { gatherSome } from '#app/households/words-gathering.ts'
import { readSearch } from '#app/households/search.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { households, inactiveHouseholds } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, BALECATUR, BANTUL, budi, dewi, freshApp, freshDatabase, GADINGSARI, mega, nia, PONCOSARI, prita, rina, siti, SRANDAKAN, tono, TRIMURTI, wawan } from '#test/support/world.ts'

const ALL: Filter = { q: '', region: '' }
const names = (db: Db, actor: Actor, filter: Partial<Filter> = {}) => listHouseholds(db, actor, { ...ALL, ...filter }).households.map(({ headName }) => headName)

function village() {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 801, household: { progPkh: true, progKks: true } }), stage: 'assigned', officer: siti })
  addHousehold(db, 'bejo', { head: 'Bejo Widodo', regionCode: TRIMURTI, stage: 'submitted', officer: tono })
  addHousehold(db, 'cahya', { record: aRecord({ head: 'Cahya Nugroho', address: 'Babakan RT 03', household: { progPkh: true } }), regionCode: GADINGSARI })
  addHousehold(db, 'dirjo', { head: 'Dirjo Sleman', regionCode: BALECATUR })
  db.update(households).set({ outcome: 2, flagCount: 3 }).where(eq(households.id, 'bejo')).run()
  return db
}

const scope = suite('the list of households')

scope('is that of the own region, by name', () => {
  const db = village()
  assert.equal(names(db, siti), ['Asep Suryana'])
  assert.equal(names(db, wawan), ['Asep Suryana', 'Bejo Widodo'])
  assert.equal(names(db, budi), ['Asep Suryana', 'Bejo Widodo'])
  assert.equal(names(db, rina), ['Asep Suryana', 'Bejo Widodo', 'Cahya Nugroho'])
  assert.equal(names(db, nia), ['Dirjo Sleman'])
  assert.equal(names(db, mega), ['Asep Suryana', 'Bejo Widodo', 'Cahya Nugroho', 'Dirjo Sleman'])
})

scope('never crosses into the neighbour, whatever is searched', () => {
  const db = village()
  const nik = String(db.select().from(households).where(eq(households.id, 'asep')).get()!.record.members[1]!.nik)
  for (const q of ['asep', nik, '9902011503100801', 'r3402', 'OR', 'region : r34', '"asep" OR names : asep', 'asep*']) {
    assert.equal(names(db, nia, { q }), [], q)
    assert.equal(names(db, dewi, { q }).filter((name) => name !== 'Dirjo Sleman'), [], q)
  }
  assert.throws(() => names(db, nia, { region: BANTUL }), /Wilayah tidak ditemukan/)
})

scope('shows no whole NIK, in the page or in the part', async () => {
  const { db, as: on, htmx } = freshApp()
  addHousehold(db, 'asep', { record: aRecord({ serial: 801 }) })
  for (const client of [on(budi), htmx(budi)]) {
    const body = await (await client.get('/households')).text()
    assert.ok(body.includes('Asep Suryana'))
    assert.not(/\b\d{16}\b/.test(body))
  }
  assert.not((await (await htmx(budi).get('/households?q=ase')).text()).includes('<html'))
  assert.is((await on(nia).get('/households?region=34.02')).status, 404)
})

scope('takes an unknown choice in an old bookmark for none', async () => {
  const { as: on } = freshApp()
  for (const query of ['stage=bogus', 'outcome=9', 'programme=x', 'after=abc', 'before=-1', 'flags=1', 'q=%22%27*(']) {
    assert.is((await on(budi).get(`/households?${query}`)).status, 200, query)
  }
})

scope.run()

const searching = suite('searching households')

searching('finds names of anybody in the house by how they begin, addresses, and words in any order', () => {
  const db = village()
  assert.equal(names(db, rina, { q: 'ase' }), ['Asep Suryana'])
  assert.equal(names(db, rina, { q: 'SURYANA asep' }), ['Asep Suryana'])
  assert.equal(names(db, rina, { q: 'wati' }), ['Asep Suryana', 'Bejo Widodo', 'Cahya Nugroho'])
  assert.equal(names(db, rina, { q: 'babakan 03' }), ['Cahya Nugroho'])
  assert.equal(names(db, rina, { q: 'cahya bejo' }), [])
})

searching('finds a card by its 16 digits, however they are spaced', () => {
  const db = village()
  const { members, families } = db.select().from(households).where(eq(households.id, 'asep')).get()!.record
  for (const { nik } of members) assert.equal(names(db, rina, { q: String(nik) }), ['Asep Suryana'])
  assert.equal(names(db, rina, { q: String(families[0]!.kkNumber).replace(/(.{4})/g, '$1 ') }), ['Asep Suryana'])
  assert.equal(names(db, rina, { q: '9999999999999999' }), [])
})

searching('finds a name that was mistyped, or is written in another way, when nothing is written as typed', () => {
  const db = village()
  addHousehold(db, 'esti', { record: aRecord({ head: 'Esti Wahyuni', address: 'Jl. Kenanga 4' }), regionCode: TRIMURTI })
  addHousehold(db, 'karno', { record: aRecord({ head: 'Soekarno Hadi' }), regionCode: TRIMURTI })
  for (const q of ['wahyumi', 'whyuni', 'wahyunni', 'wahyuin', 'esti wahyumi', 'Kenangga']) assert.equal(names(db, rina, { q }), ['Esti Wahyuni'], q)
  assert.equal(names(db, rina, { q: 'sukarno' }), ['Soekarno Hadi'])
  assert.equal(names(db, rina, { q: 'esti sukarno' }), [])
})

searching('shows what is written as typed alone, until what is like it is asked for', () => {
  const db = village()
  addHousehold(db, 'karno', { record: aRecord({ head: 'Soekarno' }), regionCode: TRIMURTI })
  addHousehold(db, 'sukarno', { record: aRecord({ head: 'Sukarno' }), regionCode: TRIMURTI })
  assert.equal(names(db, rina, { q: 'sukarno' }), ['Sukarno'])
  assert.equal(names(db, rina, { q: 'sukarno', alike: 'yes' }), ['Soekarno', 'Sukarno'])
})

searching('finds nobody of elsewhere by a name that is only like theirs', () => {
  const db = village()
  addHousehold(db, 'esti', { record: aRecord({ head: 'Esti Wahyuni' }), regionCode: BALECATUR })
  assert.equal(names(db, rina, { q: 'wahyumi' }), [])
  assert.equal(names(db, nia, { q: 'wahyumi' }), ['Esti Wahyuni'])
})

searching('says that names are only alike, and keeps to it on the next page', async () => {
  const { db, as: on } = freshApp()
  for (let i = 0; i < 51; i += 1) addHousehold(db, `w${i}`, { record: aRecord({ head: `Wahyuni ${'abcdefghij'[i % 10]}${'klmnop'[Math.floor(i / 10)]}`, serial: 100 + i }) })
  const page = await (await on(budi).get('/households?q=wahyumi')).text()
  assert.match(page, /ejaannya mirip “wahyumi”/)
  const next = /href="(\/households\?[^"]*after=[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  assert.match(next, /alike=yes/)
  assert.match(await (await on(budi).get(next)).text(), /Wahyuni/)
})

searching('learns the words of records that were there before', () => {
  const db = village()
  addHousehold(db, 'esti', { record: aRecord({ head: 'Esti Wahyuni' }), regionCode: TRIMURTI })
  db.$client.exec('DELETE FROM search_words')
  assert.equal(names(db, rina, { q: 'wahyumi' }), [])
  while (gatherSome(db, '2026-03-02T00:00:00.000Z'));
  assert.equal(names(db, rina, { q: 'wahyumi' }), ['Esti Wahyuni'])
})

searching('narrows by place, stage, outcome, officer, programme and flags, and by all together', () => {
  const db = village()
  assert.equal(names(db, rina, { region: SRANDAKAN }), ['Asep Suryana', 'Bejo Widodo'])
  assert.equal(names(db, prita, { region: GADINGSARI }), ['Cahya Nugroho'])
  assert.equal(names(db, wawan, { region: SRANDAKAN }), ['Asep Suryana', 'Bejo Widodo'])
  assert.equal(names(db, rina, { stage: 'assigned' }), ['Asep Suryana'])
  assert.equal(names(db, rina, { outcome: 2 }), ['Bejo Widodo'])
  assert.equal(names(db, rina, { officer: 'siti' }), ['Asep Suryana'])
  assert.equal(names(db, rina, { programme: 'pkh' }), ['Asep Suryana', 'Cahya Nugroho'])
  assert.equal(names(db, rina, { programme: 'kks' }), ['Asep Suryana'])
  assert.equal(names(db, rina, { flags: 'yes' }), ['Bejo Widodo'])
  assert.equal(names(db, wawan, { flags: 'yes', outcome: 2, stage: 'submitted', officer: 'tono', region: TRIMURTI, q: 'bejo' }), ['Bejo Widodo'])
  assert.equal(names(db, rina, { flags: 'yes', stage: 'assigned' }), [])
})

searching('counts what it can count cheaply', () => {
  const db = village()
  assert.is(listHouseholds(db, rina, ALL).total, 3)
  assert.is(listHouseholds(db, rina, { ...ALL, q: 'wati' }).total, 3)
})

searching('never breaks on anything that is typed', () => {
  const db = village()
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (q) => { names(db, rina, { q }) }), { numRuns: 200 })
})

searching.run()

const paging = suite('paging through households')
const STAGE = ['published', 'assigned', 'submitted'] as const

// Rows that are their columns only: paging reads nothing else.
function crowd(people: { name: string, village: number, stage: number }[]) {
  const db = freshDatabase()
  const insert = db.$client.prepare(`INSERT INTO households (id, region_code, origin, head_name, address, member_count, record, version, stage, stage_at, flag_count, created_at)
    VALUES (?, ?, 'prelist', ?, '', 0, '{}', 1, ?, '', ?, '')`)
  const villages = [PONCOSARI, TRIMURTI, GADINGSARI, BALECATUR]
  db.$client.transaction(() => people.forEach(({ name, village, stage }, i) => insert.run(`h${i}`, villages[village], name, STAGE[stage], stage)))()
  return db
}

paging('meets every row of the scope exactly once, forward and back', () => {
  const person = fc.record({ name: fc.constantFrom('Siti', 'Sri', 'siti', 'Ámir', 'Zul', 'Bejo'), village: fc.nat(3), stage: fc.nat(2) })
  fc.assert(fc.property(fc.array(person, { minLength: 100, maxLength: 180 }), fc.constantFrom(siti, wawan, rina, mega), fc.constantFrom<Partial<Filter>>({}, { stage: 'assigned' }, { flags: 'yes' }), (people, reader, narrowing) => {
    const db = crowd(people)
    const filter = { ...ALL, ...narrowing }
    const forward: number[][] = []
    for (let after: number | undefined, turn = 0; turn < 10; turn += 1) {
      const { households: rows, next } = listHouseholds(db, reader, filter, { after })
      forward.push(rows.map(({ number }) => number))
      if (!(after = next)) break
    }
    const expected = db.select().from(households).all().filter(({ regionCode, stage, flagCount }) =>
      reader.regions.some((code) => regionCode.startsWith(code)) && (!narrowing.stage || stage === narrowing.stage) && (!narrowing.flags || flagCount > 0))
    assert.equal(forward.flat().sort((a, b) => a - b), expected.map(({ number }) => number))

    const back: number[][] = []
    for (let before = forward.at(-1)![0]; before !== undefined && back.length < 10;) {
      const { households: rows, previous } = listHouseholds(db, reader, filter, { before })
      if (rows.length > 0) back.unshift(rows.map(({ number }) => number))
      before = previous!
    }
    assert.equal(back, forward.slice(0, -1))
  }), { numRuns: 12 })
})

paging('gives the same rows whether few are gathered or many are walked along', () => {
  const db = village()
  db.insert(inactiveHouseholds).values({ householdId: 'cahya', reason: 'pindah', since: '2026-02-01', cause: 'test' }).run()
  const places = (narrowing: Narrowing, how: { few?: number, steps?: number, desa?: number }, limit: number, backward = false) =>
    placesInOrder(db, narrowing, { from: backward ? { headName: 'Zzz', number: 9 } : START, backward, limit }, how)
  const wanted = fc.record({
    regions: fc.constantFrom<string[]>([PONCOSARI], [PONCOSARI, TRIMURTI], [BANTUL], ['']), search: fc.constantFrom(undefined, readSearch('wati'), readSearch('su')),
    stage: fc.constantFrom(undefined, 'assigned' as const, 'submitted' as const), outcome: fc.constantFrom(undefined, 2), officer: fc.constantFrom(undefined, 'siti', 'tono'),
    programme: fc.constantFrom(undefined, 'pkh'), flagged: fc.boolean(), active: fc.constantFrom(undefined, 'no' as const), desil: fc.constantFrom(undefined, 'none' as const),
  })
  fc.assert(fc.property(wanted, fc.constantFrom(1, 2, 51), (narrowing, limit) => {
    for (const backward of [false, true]) {
      const few = places(narrowing, {}, limit, backward)
      for (const steps of [1, 2, 1000]) for (const desa of [0, 60]) assert.equal(places(narrowing, { few: 0, steps, desa }, limit, backward), few)
    }
  }), { numRuns: 150 })
})

paging('begins anew at a number from elsewhere, which tells nothing of its name', () => {
  const db = crowd([{ name: 'Aminah', village: 0, stage: 0 }, { name: 'Munir', village: 3, stage: 0 }, { name: 'Zulaikha', village: 0, stage: 0 }])
  assert.equal(listHouseholds(db, siti, ALL, { after: 2 }).households.map(({ headName }) => headName), ['Aminah', 'Zulaikha'])
})

paging('has an index for every way of asking', () => {
  const db = village()
  const seen = new Map<string, unknown[]>()
  const prepare = db.$client.prepare.bind(db.$client)
  db.$client.prepare = ((sql: string) => { seen.set(sql, []); return prepare(sql) }) as typeof prepare
  const filters: Partial<Filter>[] = [{}, { q: 'asep' }, { q: '9902011503100801' }, { stage: 'assigned' }, { outcome: 2 }, { officer: 'siti' }, { programme: 'pkh' }, { flags: 'yes' }, { flags: 'yes', stage: 'submitted', outcome: 2 }]
  for (const reader of [siti, wawan, budi, rina, prita, mega]) {
    for (const filter of filters) for (const turn of [{}, { after: 1 }, { before: 1 }]) listHouseholds(db, reader, { ...ALL, ...filter }, turn)
  }
  const scans = [...seen.keys()].filter((sql) => /households/.test(sql)).flatMap((sql) => {
    const values = Array.from(sql.matchAll(/\?/g), () => 0)
    const named = Object.fromEntries(Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => [name, '1']))
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.includes('@') ? [named] : values)) as { detail: string }[]
    return plan.filter(({ detail }) => detail.startsWith('SCAN households')).map(({ detail }) => `${detail}: ${sql}`)
  })
  assert.ok(seen.size > 10)
  assert.equal(scans, [])
})

paging.run()
