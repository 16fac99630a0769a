import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eq } from 'drizzle-orm'
import { judgeFamily, type Person, type Rules } from '#app/eligibility/judging.ts'
import { inOrder, withinQuotas, type Candidate } from '#app/eligibility/choosing.ts'
import { rulesFor } from '#app/eligibility/rules.ts'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import { askForRun, cancelRun, resumeRun } from '#app/eligibility/runs.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import type { Db } from '#db/connection.ts'
import { eligibilityRows, eligibilityRuns, eligibilityVillages, programmeWords, recipientChanges } from '#db/schema/index.ts'
import { setLimit } from '#test/support/crosschecks.ts'
import { addCouple, addPkh, runRules, setQuota } from '#test/support/eligibility.ts'
import { actions, addHousehold, as, BANTUL, freshApp, freshDatabase, GADINGSARI, mega, nia, oki, PONCOSARI, rina, siti, TRIMURTI } from '#test/support/world.ts'

const DAY = '2026-03-02'
const KEY = '00000000-0000-4000-8000-0000000000e1'

const rowsOf = (db: Db, id: string) => db.select().from(eligibilityRows).where(eq(eligibilityRows.runId, id)).all()
  .map(({ kind, householdId, regionCode, reasons, components, perYear }) => [kind, householdId, regionCode, reasons, components, perYear])
const without = <T extends object, K extends keyof T>(row: T, key: K) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key)) as Omit<T, K>
const villagesOf = (db: Db, id: string) => db.select().from(eligibilityVillages).where(eq(eligibilityVillages.runId, id)).all().map((village) => without(village, 'runId'))
const entriesOf = (db: Db, id: string) => rowsOf(db, id).filter(([kind]) => kind === 'entry').map(([, household]) => household)

// Two desa with families of every sort: some receive already, some rightly.
function furnished(): Db {
  const db = freshDatabase()
  addCouple(db, 'poor', { desil: 1 })
  addCouple(db, 'near', { desil: 4 })
  addCouple(db, 'above', { desil: 5 })
  addCouple(db, 'unknown', { desil: null })
  addCouple(db, 'childless', { desil: 1, wife: { pregnant: false } })
  addCouple(db, 'servant', { desil: 1, husband: { employmentStatus: 5 } })
  addCouple(db, 'trimurti', { desil: 2, region: TRIMURTI })
  addCouple(db, 'rich', { desil: 9, region: TRIMURTI })
  addPkh(db, 'rightly', 'poor')
  addPkh(db, 'wrongly', 'rich', 'active', TRIMURTI)
  addPkh(db, 'lost', null)
  return db
}

const judging = suite('judging a family')
const adult = (more: Partial<Person> = {}): Person =>
  ({ seq: 1, birthDate: '1985-06-15', present: true, pregnant: true, disability: 0, schooling: 2, education: 4, employment: 1, relation: 1, ...more })
const db = freshDatabase()
const rules = (more: Partial<Rules> = {}): Rules => ({ ...rulesFor(db, 'pkh', DAY, BANTUL), ...more })
const failing = (person: Person, more: Partial<Rules> = {}, family: { desil?: number | null, contradicting?: string[] } = {}) =>
  judgeFamily({ desil: 1, contradicting: [], members: [person], ...family }, rules(more), rulesOn(db, DAY, '')).checks.filter(({ passed }) => !passed).map(({ rule }) => rule)

judging('asks each rule that is set, on its exact edge', () => {
  assert.equal(failing(adult()), [])
  assert.equal(failing(adult(), {}, { desil: 4 }), [])
  assert.equal(failing(adult(), {}, { desil: 5 }), ['desil'])
  assert.equal(failing(adult(), {}, { desil: null }), ['desil'])
  assert.equal(failing(adult(), { desilMax: null }, { desil: null }), [])
  assert.equal(failing(adult({ pregnant: false })), ['component'])
  assert.equal(failing(adult({ employment: 5 })), ['occupation'])
  assert.equal(failing(adult(), { contradicts: ['sembako'] }, { contradicting: ['sembako'] }), ['contradicting'])
  assert.equal(failing(adult({ birthDate: '1966-03-02' }), { ageMin: 60 }), [])
  assert.equal(failing(adult({ birthDate: '1966-03-03' }), { ageMin: 60 }), ['age'])
  assert.equal(failing(adult({ present: false })), ['present', 'component'])
})

judging('of a programme of persons means those of the right age', () => {
  const people = [adult(), adult({ seq: 2, birthDate: '2024-01-01' }), adult({ seq: 3, birthDate: null })]
  const verdict = judgeFamily({ desil: 1, contradicting: [], members: people }, rules({ unit: 'person', ageMax: 5, monthly: 42_000 }), rulesOn(db, DAY, ''))
  assert.equal([verdict.eligible, verdict.persons, verdict.perYear], [true, [2], 504_000])
})

judging('fills a quota by desil, then components, then id, desa and kabupaten at once', () => {
  const one = (householdId: string, regionCode: string, desil: number | null, components: number): Candidate => ({ householdId, regionCode, desil, components, familySeq: 1, memberSeq: null, perYear: 0 })
  const all = [one('e', PONCOSARI, null, 4), one('d', TRIMURTI, 2, 1), one('c', PONCOSARI, 1, 1), one('b', PONCOSARI, 1, 2), one('a', PONCOSARI, 1, 1)].sort(inOrder)
  assert.equal(all.map(({ householdId }) => householdId).join(''), 'bacde')
  const chosen = (quotas: Record<string, number>, each = { regency: null as number | null, village: null as number | null }) => withinQuotas(all, { quotas, quotaEach: each }).chosen.map(({ householdId }) => householdId).join('')
  assert.is(chosen({}), 'bacde')
  assert.is(chosen({ [PONCOSARI]: 2 }), 'bad')
  assert.is(chosen({ [BANTUL]: 3, [PONCOSARI]: 2 }), 'bad')
  assert.is(chosen({ [BANTUL]: 2 }), 'ba')
  assert.is(chosen({ [PONCOSARI]: 4 }, { regency: null, village: 1 }), 'bd')
  assert.is(chosen({ [BANTUL]: 0 }), '')
})
judging.run()

const running = suite('running the rules over a kabupaten')

running('tells per desa who receives, who may, who would come and go, and what it costs', async () => {
  const world = furnished()
  const id = await runRules(world)
  assert.is(world.select().from(eligibilityRuns).get()!.status, 'ready')
  assert.equal(villagesOf(world, id), [
    { regionCode: PONCOSARI, families: 6, receiving: 2, eligible: 2, chosen: 2, entries: 1, exits: 1, costNow: 3_000_000, costThen: 6_000_000, held: 0 },
    { regionCode: TRIMURTI, families: 2, receiving: 1, eligible: 1, chosen: 1, entries: 1, exits: 1, costNow: 3_000_000, costThen: 3_000_000, held: 0 },
  ])
  assert.equal(rowsOf(world, id).sort(), [
    ['entry', 'near', PONCOSARI, '', 1, 3_000_000], ['entry', 'trimurti', TRIMURTI, '', 1, 3_000_000],
    ['exit', null, PONCOSARI, 'not_found', 0, 0], ['exit', 'rich', TRIMURTI, 'desil', 1, 3_000_000],
  ].sort())
})

running('what-if with the present settings is the real run', async () => {
  const world = furnished()
  setQuota(world, PONCOSARI, 1)
  const { desilMax, needsComponent, ageMin, ageMax } = rulesFor(world, 'pkh', DAY, BANTUL)
  const [real, trial, alike] = [await runRules(world), await runRules(world, { trial: { desilMax, needsComponent, ageMin, ageMax, excludesOccupations: true } }), await runRules(world, { trial: {} })]
  for (const tried of [trial, alike]) {
    assert.equal(rowsOf(world, tried), rowsOf(world, real))
    assert.equal(villagesOf(world, tried), villagesOf(world, real))
  }
  assert.equal(entriesOf(world, real), ['trimurti'])
})

running('what-if moves the threshold and the quota without touching anybody', async () => {
  const world = furnished()
  const before = world.select().from(recipientChanges).all()
  assert.equal(entriesOf(world, await runRules(world, { trial: { desilMax: 5 } })), ['above', 'near', 'trimurti'].sort((a, b) => a === 'near' ? -1 : b === 'near' ? 1 : a < b ? -1 : 1))
  assert.equal(entriesOf(world, await runRules(world, { trial: { desilMax: 1, quotaRegency: 0 } })), [])
  const strict = await runRules(world, { trial: { desilMax: 10, quotaVillage: 0 } })
  assert.equal(rowsOf(world, strict).filter(([kind]) => kind === 'exit').map(([, , , reason]) => reason).sort(), ['not_found', 'quota', 'quota'])
  assert.equal(world.select().from(recipientChanges).all(), before)
})

running('passes over the inactive, and keeps apart who receives what does not go together', async () => {
  const world = furnished()
  world.$client.prepare("INSERT INTO inactive_households (household_id, reason, since, cause) VALUES ('poor', 'pindah', '2026-01-01', 'test')").run()
  world.insert(programmeWords).values({ programme: 'pkh', list: 'contradicts', code: 'sembako', label: 'Sembako', validFrom: '2026-01-01', source: 'uji' }).run()
  world.$client.prepare(`INSERT INTO recipients (id, programme, region_code, household_id, family_seq, name, state, phase, state_at, created_at, data)
    VALUES ('rival', 'sembako', ?, 'near', 1, 'near', 'active', 'receiving', '2026-01-01', '2026-01-01', '{}')`).run(PONCOSARI)
  const id = await runRules(world)
  assert.equal(entriesOf(world, id), ['trimurti'])
  assert.equal(rowsOf(world, id).filter(([kind]) => kind === 'exit').map(([, household, , reason]) => [household, reason]).sort(), [[null, 'not_found'], ['poor', 'not_found'], ['rich', 'desil']])
})

running('can be stopped and goes on; twice the same form is one run', async () => {
  const world = furnished()
  const ask = () => as(world, rina, (tx) => askForRun(tx, { id: 'once', programme: 'pkh', region: BANTUL, name: 'Uji' }))
  ask(); ask()
  as(world, rina, (tx) => cancelRun(tx, 'once'))
  workOnRuns(world)
  await runsDone(world)
  assert.equal(villagesOf(world, 'once'), [])
  as(world, rina, (tx) => resumeRun(tx, 'once'))
  workOnRuns(world)
  await runsDone(world)
  assert.is(villagesOf(world, 'once').length, 2)
  assert.throws(() => as(world, rina, (tx) => cancelRun(tx, 'once')), /sudah berakhir/)
  assert.equal(actions(world).filter((action) => action.startsWith('eligibility.')), ['eligibility.run_asked', 'eligibility.run_cancelled', 'eligibility.run_resumed', 'eligibility.run_finished'])
  assert.throws(() => as(world, rina, (tx) => askForRun(tx, { id: 'small', programme: 'pkh', region: PONCOSARI, name: 'Uji' })), /Periksa/)
  assert.throws(() => as(world, rina, (tx) => askForRun(tx, { id: 'else', programme: 'pkh', region: '34.04', name: 'Uji' })), /tidak ditemukan/)
})
running.run()

const screens = suite('the screens of eligibility')

screens('ask and show, and of the neighbour nothing is found', async () => {
  const world = freshApp(furnished())
  const form = { key: KEY, programme: 'pkh', name: 'Desil sampai lima', mode: 'trial', desilMax: '5', needsComponent: '1', excludesOccupations: '1' }
  assert.is((await world.as(rina).post('/eligibility/runs', { ...form, desilMax: '11' })).status, 422)
  const asked = await world.as(rina).post('/eligibility/runs', form)
  assert.is(asked.headers.get('Location'), `/eligibility/runs/${KEY}`)
  await runsDone(world.db)
  assert.match(await (await world.as(rina).get(`/eligibility/runs/${KEY}`)).text(), /Poncosari[\s\S]*Trimurti/)
  assert.match(await (await world.as(rina).get(`/eligibility/runs/${KEY}/rows?kind=entry&region=${PONCOSARI}`)).text(), /above/)
  assert.is((await world.as(nia).get(`/eligibility/runs/${KEY}`)).status, 404)
  assert.is((await world.as(oki).get(`/eligibility/runs/${KEY}`)).status, 403)
})

screens('explain every rule of every programme with its numbers', async () => {
  const world = freshApp(furnished())
  const text = await (await world.as(oki).get('/eligibility/families/above/1')).text()
  assert.match(text, /Desil keluarga 5; syaratnya desil 1–4/)
  assert.match(text, /1 anggota dihitung dalam komponen PKH/)
  assert.is((await world.as(nia).get('/eligibility/families/above/1')).status, 404)
  assert.is((await world.as(oki).get('/eligibility/families/above/7')).status, 404)
  assert.match(await (await world.as(oki).get('/households/above')).text(), 'Kelayakan program</h3><ul><li><a href="/eligibility/families/above/1">Keluarga above</a>')
  assert.not.match(await (await world.as(siti).get('/households/above')).text(), 'Kelayakan program')
  addHousehold(world.db, 'far', { regionCode: GADINGSARI })
  assert.is((await world.as(oki).get('/eligibility/families/far/1')).status, 404)
})

screens('keep rules as dated data: set from a day on, with a source', async () => {
  const world = freshApp()
  const rule = { programme: 'sembako', key: 'quota', value: '120', validFrom: '2026-04-01', regionCode: PONCOSARI, source: 'Surat 1/2026' }
  assert.is((await world.as(mega).post('/eligibility/rules', { ...rule, source: '' })).status, 422)
  assert.is((await world.as(mega).post('/eligibility/rules', rule)).status, 303)
  assert.equal(rulesFor(world.db, 'sembako', '2026-03-31', BANTUL).quotas, {})
  assert.equal(rulesFor(world.db, 'sembako', '2026-04-01', BANTUL).quotas, { [PONCOSARI]: 120 })
  assert.is((await world.as(mega).post('/eligibility/rules/words', { programme: 'pkh', barrier: 'excluded_employment:4', validFrom: '2026-04-01', source: 'Surat 2/2026' })).status, 303)
  assert.equal(rulesFor(world.db, 'pkh', '2026-04-01', BANTUL).occupations, [5, 4])
})

screens('and a rule holds in the kabupaten it is set for, where the country has another', () => {
  const db = freshDatabase()
  setLimit(db, 'sembako', 2)
  assert.equal([BANTUL, '34.04', ''].map((place) => rulesFor(db, 'sembako', DAY, place).desilMax), [2, 4, 4])
})

screens('and refuse one for a place where none is looked for', async () => {
  const { as } = freshApp()
  const set = async (key: string, regionCode: string) => (await as(mega).post('/eligibility/rules', { programme: 'sembako', key, regionCode, value: '3', validFrom: '2026-04-01', source: 'Surat 1/2026' })).status
  assert.equal([await set('quota', PONCOSARI), await set('desil.max', BANTUL), await set('desil.max', PONCOSARI)], [303, 303, 422])
})
screens.run()
