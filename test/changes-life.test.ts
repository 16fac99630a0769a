import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '#app/changes/applying.ts'
import { householdsOf, plan, type Change } from '#app/changes/changes.ts'
import { openLife } from '#app/changes/history.ts'
import { hideNumber } from '#app/households/masking.ts'
import { system, type Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { homesIn, recordsIn } from '#test/support/changing.ts'
import { asep, bambang, kkOf } from '#test/support/changes.ts'
import { addHousehold, as, BALECATUR, freshApp, freshDatabase, oki, nia, prita, rina, TRIMURTI } from '#test/support/world.ts'

const on = '2026-03-01'

function village(regionCode = TRIMURTI): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { record: asep() })
  addHousehold(db, 'bambang', { record: bambang(), regionCode })
  return db
}

function happen(db: Db, change: Change, n: number) {
  const homes = homesIn(db)
  const base = Object.fromEntries(householdsOf(change).map((id) => [id, homes.get(id)!.version]))
  as(db, system, (tx) => applyPlan(tx, plan(change, recordsIn(homes)), base, `determination:b${n}`), `2026-03-0${n + 1}T03:00:00.000Z`)
}

const WEDDING: Change = { kind: 'marriage', on, householdId: 'asep', memberSeq: 3, otherId: 'bambang', otherSeq: 3, living: 'with_family', certificate: 1 }
const SPLIT: Change = { kind: 'family_split', on, householdId: 'asep', movers: [{ memberSeq: 4, relationToFamilyHead: 1 }], kkNumber: '9902012802260031' }
const lifeOf = (db: Db, actor: Actor, id = 'asep', member?: number) => as(db, actor, (tx) => openLife(tx, id, member))
const kinds = (life: ReturnType<typeof lifeOf>) => life.items.map(({ events }) => events.map(({ what }) => what))

const life = suite('the life line of a household')

life('tells version by version what happened, newest first', () => {
  const db = village()
  happen(db, WEDDING, 1)
  happen(db, SPLIT, 2)
  happen(db, { kind: 'death', on, householdId: 'asep', memberSeq: 1, succession: { head: 2 } }, 3)
  assert.equal(kinds(lifeOf(db, rina)), [['died', 'widowed', 'head'], ['family_changed', 'card_new'], ['left'], ['began', 'card_new']])
})

life('keeps the old No KK beside the new one when the number changes, both masked', () => {
  const db = village()
  happen(db, { kind: 'household_move', on, householdId: 'asep', from: '34.02.01.2001', to: BALECATUR, address: 'Jl. Gamping 1', kkNumbers: [{ familySeq: 1, kkNumber: '9904012802260031' }] }, 1)
  const [newest, standing] = lifeOf(db, nia).items
  assert.equal(newest!.events[0], { what: 'card_changed', family: 1, kk: '99**********0031', old: hideNumber(kkOf(11)) })
  assert.equal([standing!.standing!.what, standing!.standing!.from, standing!.standing!.to], ['moved', 'Poncosari', 'Balecatur'])
})

life('shows nobody the numbers, the province no more than the kabupaten', () => {
  const db = village()
  for (const reader of [prita, rina]) {
    const [first] = lifeOf(db, reader).items
    assert.match((first!.events[1] as { kk: string }).kk, /^99\*+/)
  }
})

life.run()

life('says in words why a household was taken out', async () => {
  const db = village()
  happen(db, { kind: 'deactivation', on, householdId: 'asep', reason: 'gaji_ump' }, 1)
  const page = await (await freshApp(db).as(rina).get('/households/asep/life')).text()
  assert.match(page, /Dinonaktifkan: Penghasilan di atas upah minimum/)
  assert.not.match(page, /gaji/)
})

const person = suite('the life line of a person')

person('follows the NIK from one household to the other', () => {
  const db = village()
  happen(db, WEDDING, 1)
  const found = lifeOf(db, rina, 'bambang', 4)
  assert.is(found.person!.name, 'Dani Suryana')
  assert.equal(found.items.map(({ householdId, version, events }) => [householdId, version, events[0]!.what]).sort(), [['asep', 1, 'arrived'], ['asep', 2, 'left'], ['bambang', 2, 'arrived']])
  const left = found.items.find(({ householdId, version }) => householdId === 'asep' && version === 2)!.events[0]!
  assert.equal(left.elsewhere, { place: 'Trimurti', id: 'bambang', headName: 'Bambang Riyadi' })
})

person('says of other regions only that and where, without personal data', () => {
  const db = village(BALECATUR)
  happen(db, WEDDING, 1)
  const text = JSON.stringify(lifeOf(db, oki, 'asep', 3).items)
  assert.match(text, /KAB. SLEMAN/)
  assert.not.match(text, /Bambang|bambang|Balecatur/)
})

person('is not found from another kabupaten, nor under a number nobody has', async () => {
  const db = village()
  const { as: client } = freshApp(db)
  assert.is((await client(nia).get('/households/asep/life')).status, 404)
  assert.is((await client(oki).get('/households/asep/life?member=44')).status, 404)
  const page = await client(oki).get('/households/asep/life')
  assert.is(page.status, 200)
  assert.match(await page.text(), /Mulai tercatat dengan 4 anggota/)
})

person.run()
