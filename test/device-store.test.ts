import { randomUUID } from 'node:crypto'
import { mock } from 'node:test'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverStore } from '#app/field/server-store.ts'
import { moveStage } from '#app/households/moves.ts'
import type { SomeChanges } from '#app/offline/pack.ts'
import { forgetPack, shelfOf } from '#app/offline/pack-shelf.ts'
import { changesSince } from '#app/packs/changes.ts'
import { system } from '#app/users/actor.ts'
import { beginVisit } from '#app/visits/drafts.ts'
import { saveSection } from '#app/visits/sections.ts'
import { files, questionnaireExtensions, visitPhotos } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { aVillage, hashOf, jpeg, pagesOver } from '#test/support/field.ts'
import { aPocket, wasm } from '#test/support/pocket.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, BANTUL, siti } from '#test/support/world.ts'

const BEGIN = Date.parse('2026-03-02T03:00:00.000Z')
const ID = '6f1de0a2-5a53-4f0e-9d5e-1c7a1c1b2a30'
const BASE = `/field/asep/visits/${ID}`

type Side = { get: (path: string) => Promise<string>, post: (path: string, fields?: Record<string, string>) => Promise<string> }
const sideOf = (pages: ReturnType<typeof pagesOver>): Side => {
  const told = async (answer: Response) =>
    [answer.status, answer.headers.get('location'), answer.headers.get('set-cookie'), normal(await answer.text())].join('\n')
  return {
    get: async (path) => told(await pages.request(path)),
    post: async (path, fields = {}) => told(await pages.request(path, { method: 'POST', body: new URLSearchParams(fields) })),
  }
}
// A new visit's number is drawn anew each time its button is shown.
const normal = (html: string) => html.replace(/(name="id" value=")[0-9a-f-]{36}/g, '$1')

async function bothSides() {
  mock.timers.enable({ apis: ['Date'], now: BEGIN })
  const server = aVillage({ more: 45 })
  const pocket = await aPocket(server, siti, { at: new Date(BEGIN) })
  const [online, offline] = [sideOf(pagesOver(() => serverStore(server, siti))), sideOf(pagesOver(() => pocket.store))]
  const pass = (ms: number) => {
    pocket.clock.count += ms
    pocket.clock.at = new Date(pocket.clock.at.getTime() + ms)
    mock.timers.setTime(pocket.clock.at.getTime())
  }
  const same = (one: string, other: string, what: string) => {
    if (one !== other) throw new Error(`${what}: ${firstDifference(one, other)}`)
  }
  let revision = 1
  const post = async (path: string, fields: Record<string, string> = {}) => {
    pass(60_000)
    const all = { revision: String(revision), activeMs: '45000', ...fields }
    const [one, other] = [await online.post(path, all), await offline.post(path, all)]
    same(one, other, `POST ${path}`)
    if (one.startsWith('303') && !path.endsWith('/visits')) revision++
    return one
  }
  const photograph = async (kinds: readonly string[]) => {
    for (const [i, kind] of kinds.entries()) {
      const bytes = jpeg(i + 1)
      server.insert(files).values({ sha256: hashOf(bytes), mime: 'image/jpeg', bytes: bytes.length, storedAt: new Date().toISOString() }).onConflictDoNothing().run()
      server.insert(visitPhotos).values({ visitId: ID, kind, sha256: hashOf(bytes), addedAt: new Date().toISOString() }).run()
    }
    await pocket.store.addPhotos({ householdId: 'asep', visitId: ID }, kinds.map((kind, i) => ({ kind, bytes: jpeg(i + 1), takenAt: null })))
  }
  const look = async (paths: string[]) => {
    for (const path of paths) same(await online.get(path), await offline.get(path), path)
  }
  return { server, pocket, post, look, pass, photograph, end: () => mock.timers.reset() }
}

function firstDifference(one: string, other: string) {
  const at = [...one].findIndex((letter, i) => letter !== other[i])
  return `\n  server: …${one.slice(Math.max(0, at - 120), at + 160)}\n  phone:  …${other.slice(Math.max(0, at - 120), at + 160)}`
}

const LISTS = ['/field', '/field?tab=returned', '/field?tab=waiting', '/field?tab=sent', '/field?tab=waiting&after=42', '/field?tab=waiting&q=UJANG',
  '/field?tab=waiting&q=mawar', '/field?tab=waiting&q=100%25', '/field?tab=waiting&q=warga&after=20', '/field?tab=lain&after=x', '/field?q=tidak+ada']
const TASKS = ['/field/asep', '/field/ujang', '/field/dede', '/field/cecep', '/field/euis', '/field/tetangga', '/field/tidak-ada']
const SECTIONS = ['respondent', 'place', 'families', 'housing', 'members', 'members/0', 'members/1', 'members/7', 'children', 'assets', 'businesses',
  'photos', 'review', 'musdes', 'lain']
const pagesOf = (base: string) => ['', ...SECTIONS.map((section) => `/${section}`)].map((path) => base + path)

const pages = suite('the same pages from both stores')

pages('are equal byte for byte before, between and after every kind of save', async () => {
  const { post, look, photograph, end } = await bothSides()
  try {
    await look([...LISTS, ...TASKS, ...pagesOf('/field/euis/visits/visit-euis'), `${BASE}/review`])
    await post('/field/asep/visits', { id: ID })
    await post('/field/asep/visits', { id: randomUUID() })
    await look([...LISTS, ...TASKS, ...pagesOf(BASE)])
    await post(`${BASE}/respondent`, { 'household.hasilVerivali': '9' })
    await post(`${BASE}/respondent`, { 'household.hasilVerivali': '1' })
    await post(`${BASE}/housing`, { 'household.floorType': '2', 'household.bedroomCount': '' })
    await post(`${BASE}/housing`, { 'household.bedroomCount': 'tiga' })
    await post(`${BASE}/housing`, { revision: '1', 'household.floorType': '9' })
    await post(`${BASE}/members/rows`)
    await post(`${BASE}/members/2`, { 'members.2.name': 'Bayi Asep', 'members.2.birthDate': '2025-12-01', next: 'stay' })
    await post(`${BASE}/members/50`, { 'members.50.name': 'Siapa' })
    await look([...pagesOf(BASE), `${BASE}/members/2`])
    await post(`${BASE}/members/rows/0/removal`)
    await post(`${BASE}/members/rows/2/removal`)
    await post(`${BASE}/families/rows`)
    await post(`${BASE}/lain/rows`)
    await post(`${BASE}/families/rows/1/removal`)
    await post(`${BASE}/location`, { latitude: '52.5', longitude: '110,2217', accuracy: '12' })
    await post(`${BASE}/location`, { latitude: 'di sini', longitude: '', accuracy: '' })
    await post(`${BASE}/location`, { latitude: '-7,9713', longitude: '110.2217', accuracy: '12', locatedAt: '2026-03-01T02:00:00.000Z' })
    await photograph(['F-KTP', 'F-RUMAH'])
    await look([...LISTS, ...pagesOf(BASE)])
    assert.match(await post(`${BASE}/submission`), /^422[^]*Belum bisa dikirim/)
  } finally {
    end()
  }
})

pages('of a visit that came back are equal while it is mended', async () => {
  const { post, look, end } = await bothSides()
  const base = '/field/euis/visits/visit-euis'
  try {
    await post('/field/euis/visits', { id: ID })
    await post(`${base}/housing`, { 'household.floorType': '9' })
    await look([...LISTS, '/field/euis', ...pagesOf(base)])
  } finally {
    end()
  }
})

pages('of a visit begun on the server are equal, and go on from there', async () => {
  const { post, look, end } = await bothSides()
  const base = '/field/lilis/visits/visit-lilis'
  try {
    await look(['/field/lilis', ...pagesOf(base)])
    await post('/field/lilis/visits', { id: ID })
    await post(`${base}/respondent`, { 'household.hasilVerivali': '2' })
    await look([...LISTS, '/field/lilis', ...pagesOf(base)])
  } finally {
    end()
  }
})

pages('ask the optional questions on both sides, on the days they are asked', async () => {
  const { server, pocket, post, look, pass, end } = await bothSides()
  try {
    const day = '2026-03-02'
    server.insert(questionnaireExtensions).values({
      id: randomUUID(), extension: 'dtsen', regionCode: BANTUL, validFrom: day, validTo: day, source: 'Surat Pusdatin', setBy: 'agus', setAt: '2026-03-01T00:00:00.000Z',
    }).run()
    await pocket.renew()
    await post('/field/asep/visits', { id: ID })
    await post(`${BASE}/respondent`, { 'household.hasilVerivali': '1' })
    await look([...pagesOf(BASE), `${BASE}/dtsen`])
    pass(86_400_000)
    const later = randomUUID()
    await post('/field/ujang/visits', { id: later })
    await look([`/field/ujang/visits/${later}/dtsen`])
    const versionOf = async (householdId: string, visitId: string) => (await pocket.store.getVisit({ householdId, visitId })).questionnaireVersion
    assert.equal([await versionOf('asep', ID), await versionOf('ujang', later)], ['2026-dtsen', '2026'])
  } finally {
    end()
  }
})

pages('are equal again once the phone has heard what changed', async () => {
  const { server, pocket, look, end } = await bothSides()
  try {
    transact(server, siti, (tx) => beginVisit(tx, 'ujang', ID))
    transact(server, siti, (tx) => saveSection(tx, 'lilis', 'visit-lilis', { revision: 1, section: 'respondent', fields: { 'household.hasilVerivali': '1' } }))
    transact(server, system, (tx) => moveStage(tx, { id: 'asep', stage: null }, 'published', { subject: 'revoked:siti', set: { officerId: null } }))
    addHousehold(server, 'baru', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Tugas Baru', serial: 5 }) })
    const shelf = shelfOf(pocket.db, pocket.key, wasm)
    const changes = changesSince(server, siti, (await shelf.sequence())!)
    assert.is(changes.full, false)
    await shelf.apply(changes as SomeChanges)
    await look([...LISTS, '/field/asep', '/field/ujang', '/field/baru', ...pagesOf('/field/lilis/visits/visit-lilis'), ...pagesOf(`/field/ujang/visits/${ID}`)])
    forgetPack()
    await look([...LISTS, '/field/baru'])
  } finally {
    end()
  }
})

pages.run()
