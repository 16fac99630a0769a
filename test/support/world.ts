import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { createApp } from '#app/app.tsx'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Stage } from '#app/households/stages.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import type { Role } from '#app/users/permissions.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { auditEntries, households, regions, userRegions, users } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { addFactors } from '#test/support/factors.ts'
import { aRecord } from '#test/support/records.ts'

// A small named world. Kabupaten Bantul with two kecamatan; Poncosari and Trimurti lie in Srandakan, Gadingsari in Sanden.
// Sleman is the neighbour: its people may see nothing of Bantul.
export const PONCOSARI = '34.02.01.2001'
export const TRIMURTI = '34.02.01.2002'
export const GADINGSARI = '34.02.02.2001'
export const SRANDAKAN = '34.02.01'
export const BANTUL = '34.02'
export const BALECATUR = '34.04.01.2001'

const REGIONS: [code: string, name: string, bps?: string][] = [
  ['34', 'DAERAH ISTIMEWA YOGYAKARTA', '34'], ['34.02', 'KAB. BANTUL', '3402'], ['34.04', 'KAB. SLEMAN', '3404'],
  ['34.02.01', 'Srandakan', '3402010'], ['34.02.02', 'Sanden', '3402020'], ['34.04.01', 'Gamping', '3404010'],
  [PONCOSARI, 'Poncosari', '3402010001'], [TRIMURTI, 'Trimurti', '3402010002'], [GADINGSARI, 'Gadingsari', '3402020001'],
  [BALECATUR, 'Balecatur', '3404010001'],
]

const person = (id: string, name: string, role: Role, ...places: string[]): Actor => ({ id, name, role, regions: places })

export const siti = person('siti', 'Siti Rahayu', 'enumerator', PONCOSARI)
export const oki = person('oki', 'Oki Prasetyo', 'village_operator', PONCOSARI)
export const tono = person('tono', 'Tono Wibowo', 'enumerator', PONCOSARI)
export const dewi = person('dewi', 'Dewi Lestari', 'enumerator', BALECATUR)
export const wawan = person('wawan', 'Wawan Hidayat', 'supervisor', PONCOSARI, TRIMURTI)
export const budi = person('budi', 'Budi Santoso', 'district_coordinator', SRANDAKAN)
export const rina = person('rina', 'Rina Kartika', 'regency_officer', BANTUL)
export const hadi = person('hadi', 'Hadi Purnomo', 'regency_approver', BANTUL)
export const prita = person('prita', 'Prita Anggraini', 'province_officer', '34')
export const mega = person('mega', 'Mega Puspita', 'ministry_officer', '')
export const agus = person('agus', 'Agus Salim', 'administrator', '')
export const aulia = person('aulia', 'Aulia Rahman', 'auditor', '')
// The neighbours, one for each kind of work: nothing of Bantul is theirs.
export const nia = person('nia', 'Nia Kurnia', 'regency_officer', '34.04')
export const eko = person('eko', 'Eko Nugroho', 'district_coordinator', '34.04.01')
export const joko = person('joko', 'Joko Susilo', 'regency_approver', '34.04')
export const PEOPLE = [siti, oki, tono, dewi, wawan, budi, rina, hadi, prita, mega, agus, aulia, nia, eko, joko]

export const PASSWORD = 'kunci-rahasia-desa'
// argon2id of PASSWORD, made once: hashing for every test would take longer than the tests.
const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$94u1PWDT/rflot2pHOS33A$Ha19XFzLWWRDUtDu7gs4IfklwhJidHINc2u9wz3MA04'

const BORN = '2026-01-05T01:00:00.000Z'
let template: Buffer | undefined

function makeTemplate(): Buffer {
  const db = openDatabase(':memory:')
  migrate(db)
  for (const [code, name, bpsCode] of REGIONS) {
    const parts = code.split('.')
    db.insert(regions).values({ code, name, bpsCode, level: parts.length, parentCode: parts.slice(0, -1).join('.') || null, validFrom: '2020-01-01' }).run()
  }
  for (const { id, name, role, regions: places } of PEOPLE) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: PASSWORD_HASH, status: 'active', createdAt: BORN }).run()
    for (const regionCode of places) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
  addFactors(db, PEOPLE)
  const bytes = db.$client.serialize()
  db.$client.close()
  return bytes
}

// The first process of the suite that needs it makes it for all others.
function readTemplate(): Buffer {
  const shared = process.env.SIKS_TEMPLATE
  if (!shared) return makeTemplate()
  if (!existsSync(shared)) {
    const own = `${shared}-${process.pid}-${threadId}`
    writeFileSync(own, makeTemplate())
    renameSync(own, shared)
  }
  return readFileSync(shared)
}

// Regions and people, no household. A copy from memory: migrating afresh would be most of the suite's time.
export const freshDatabase = (): Db => openDatabase(template ??= readTemplate())

export type Wanted = { regionCode?: string, stage?: Stage, officer?: Actor, head?: string, record?: HouseholdRecord, prelistId?: string | null }

// A household at the stage a test begins from, with the transitions a real one would have had left out.
export function addHousehold(db: Db, id: string, { regionCode = PONCOSARI, stage = 'published', officer, head, record, prelistId = `99${id}` }: Wanted = {}) {
  transact(db, system, (tx) => {
    createHousehold(tx, { id, regionCode, prelistId, origin: 'prelist', record: record ?? aRecord({ head }), cause: 'prelist:test', stage: 'listed' })
    if (stage !== 'listed') moveStage(tx, { id, stage: null }, stage, { set: { officerId: officer?.id ?? null } })
  }, new Date(BORN))
  return id
}

export const as = <T>(db: Db, actor: Actor, work: (tx: Tx) => T, at = '2026-03-02T03:00:00.000Z') => transact(db, actor, work, new Date(at))

export const actions = (db: Db, after = 0) =>
  db.select({ action: auditEntries.action, seq: auditEntries.seq }).from(auditEntries).orderBy(auditEntries.seq).all()
    .filter(({ seq }) => seq > after).map(({ action }) => action)

export const stageOf = (db: Db, id: string) =>
  db.select({ id: households.id, stage: households.stage }).from(households).all().find((row) => row.id === id)?.stage

// Everything a refused post must leave as it was.
export const contentsOf = (db: Db) => db.$client.serialize().toString('base64')

const folders: string[] = []
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

export type Fields = Record<string, string | string[] | Blob>

// The app over a fresh database (or the one given) and a folder of its own. `as(person)` is signed in as that person.
export function freshApp(db = freshDatabase(), more: Partial<Parameters<typeof createApp>[0]> = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'siks-test-'))
  folders.push(dataDirectory)
  const app = createApp({ db, dataDirectory, trustProxy: false, ...more })
  const client = (actor?: Actor, extra: Record<string, string> = {}) => {
    const send = async (path: string, init: RequestInit = {}) => {
      const cookie: Record<string, string> = actor ? { Cookie: `siks_session=${await startSession(db, actor.id, 'test')}` } : {}
      const ask = (at: string) => app.request(at, { redirect: 'manual', ...init, headers: { ...cookie, ...extra, ...(init.headers as Record<string, string>) } })
      const answer = await ask(path)
      // A file is given out at an address of this session only; a browser follows to it.
      return /^\/files\/[^?]*\?s=/.test(answer.headers.get('Location') ?? '') ? ask(answer.headers.get('Location')!) : answer
    }
    return {
      send,
      get: (path: string) => send(path),
      // Blobs make it multipart, as a browser would.
      post: (path: string, fields: Fields = {}) => send(path, { method: 'POST', body: bodyOf(fields) }),
      ask: (method: string, path: string, fields: Fields = {}) => send(path, { method, body: bodyOf(fields) }),
    }
  }
  return {
    db, app, dataDirectory,
    as: (actor: Actor) => client(actor),
    htmx: (actor: Actor) => client(actor, { 'HX-Request': 'true' }),
    anybody: client(),
  }
}

// Every address of the app, as "METHOD /path".
export const routesOf = (app: ReturnType<typeof createApp>) =>
  [...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`))]

function bodyOf(fields: Fields): BodyInit {
  const entries = Object.entries(fields).flatMap(([name, value]): [string, string | Blob][] =>
    Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]])
  if (!entries.some(([, value]) => value instanceof Blob)) return new URLSearchParams(entries as [string, string][])
  const form = new FormData()
  for (const [name, value] of entries) {
    if (value instanceof Blob) form.append(name, value, (value as File).name ?? 'foto.jpg')
    else form.append(name, value)
  }
  return form
}
