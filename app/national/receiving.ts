import { letOthers, oneAtATime } from '#app/background.ts'
import { readKept } from '#app/files/opened.ts'
import { pathOf, recordFile, type StoredFile } from '#app/files/store.ts'
import { act, type Country } from '#app/national/acting.ts'
import { unreadable } from '#app/national/archive.ts'
import { judgeRecord } from '#app/national/judging.ts'
import { openPackage, type Package } from '#app/national/package.ts'
import { ensurePartitions, findDoubles, storeProposals, storeRecords, updateStanding, type Judged, type Where } from '#app/national/storing.ts'
import { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegion } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { rowOf, type PgClient } from '#db/postgres/connection.ts'
import { transact } from '#db/transaction.ts'

export type Named = StoredFile & { name: string }
// id: of a user, or key:<id>. regencyCode: whose key it is; only its own batches come by it.
export type Sender = { id: string, actor: Actor, regencyCode?: string }
export type Arrival = { id: string, outcome: 'taken' | 'repeated' | 'refused', problem: string, regencyCode: string | null, root: string | null }
type Taken = Omit<Arrival, 'id' | 'problem'>

const CHUNK = 250
const MORE_MS = 20
const queue = oneAtATime()

// One archive, from its file to the records of the nation: whole, or nothing of it. The attempt itself is kept either way. id: from
// the form or the letterbox; one that was sent again finds what became of it.
export async function receive(country: Country, sender: Sender, file: Named, id: string, now = new Date()): Promise<Arrival> {
  const known = await rowOf<Arrival>(country.nation.pool, 'SELECT id, outcome, problem, regency_code AS "regencyCode", root FROM nation.arrivals WHERE id = $1', [id])
  if (known) return known
  return new Promise((resolve, reject) => queue.add(country.db, () => attempt(country, sender, file, id, now).then(resolve, reject)))
}

async function attempt(country: Country, sender: Sender, file: Named, id: string, now: Date): Promise<Arrival> {
  const begun = Date.now()
  const note = (client: PgClient, { outcome, regencyCode, root }: Taken, problem = '') => client.query(`INSERT INTO nation.arrivals
    (id, arrived_at, sender, name, bytes, sha256, outcome, problem, regency_code, root, took_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
  [id, now, sender.id, file.name.slice(0, 200), file.bytes, file.sha256, outcome, problem, regencyCode, root, Date.now() - begun])
  try {
    return { id, problem: '', ...await take(country, sender, file, { id, now, note }) }
  } catch (error) {
    const problem = wordsOf(error)
    if (!problem) throw error
    const refused = { outcome: 'refused' as const, regencyCode: sender.regencyCode ?? null, root: null }
    await note(country.nation.pool, refused, problem)
    transact(country.db, sender.actor, (tx) => tx.audit('national.refused', `arrival:${id}`, { sender: sender.id, sha256: file.sha256 }), now)
    return { id, problem, ...refused }
  }
}

// PostgreSQL's own refusal of a value (class 22): a letter or a number no record may hold.
function wordsOf(error: unknown): string | undefined {
  const told = (error as { code?: string } | undefined)?.code?.startsWith('22') ? unreadable('ada isian yang tidak dapat disimpan') : error
  return told instanceof Problem && told.code === 'invalid' ? told.fields.package ?? told.message : undefined
}

type Attempt = { id: string, now: Date, note: (client: PgClient, taken: Taken) => Promise<unknown> }

async function take(country: Country, sender: Sender, file: Named, { id, now, note }: Attempt): Promise<Taken> {
  const { nation, db, dataDirectory } = country
  const parcel = await openPackage(await readKept(dataDirectory, pathOf(dataDirectory, file)))
  const { regionCode: regencyCode, batchId } = parcel.about
  demandPlace(db, sender, regencyCode)
  await ensurePartitions(nation, regencyCode)
  return act(country, sender.actor, async ({ client, audit, also }): Promise<Taken> => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [regencyCode])
    const taken = { regencyCode, root: parcel.root }
    const repeated = await rowOf(client, 'SELECT 1 FROM nation.batches WHERE root = $1', [parcel.root])
    const outcome = repeated ? 'repeated' as const : 'taken' as const
    if (!repeated) await store(client, parcel, { ...taken, today: dayOf(now.toISOString()) }, { id, file, now })
    await note(client, { outcome, ...taken })
    if (!repeated) also((tx) => recordFile(tx, file))
    audit(`national.${outcome}`, `batch:${batchId}`, { regionCode: regencyCode, rootHash: parcel.root, sender: sender.id, households: parcel.households, proposals: parcel.proposals, sha256: file.sha256 })
    return { outcome, ...taken }
  }, now).finally(parcel.close)
}

function demandPlace(db: Db, { actor, regencyCode }: Sender, from: string) {
  if (findRegion(db, from)?.level !== 2) throw unreadable(`kabupaten/kota ${from} tidak dikenal`)
  if (regencyCode && regencyCode !== from) throw unreadable(`kunci ini milik ${regencyCode}, sedangkan berkasnya dari ${from}`)
  if (!isWithin(from, actor)) throw unreadable(`berkas dari ${from} berada di luar wilayah Anda`)
}

type Arrived = { id: string, file: Named, now: Date }

async function store(client: Parameters<typeof storeRecords>[0], parcel: Package, where: Where, { id, file, now }: Arrived) {
  const { about: { batchId, title, letterNumber, letterDate, signatory }, root, proposals } = parcel
  const touched = new Set<string>()
  const sums = { members: 0, faulty: 0 }
  const put = async (records: Judged[]) => {
    const { members, faulty } = await storeRecords(client, where, records, touched)
    sums.members += members
    sums.faulty += faulty
  }
  const some: Judged[] = []
  let since = Date.now()
  for await (const sent of parcel.records()) {
    some.push({ ...sent, faults: judgeRecord(sent.record, where.today) })
    if (some.length >= CHUNK) await put(some.splice(0))
    if (Date.now() - since < MORE_MS) continue
    await letOthers()
    since = Date.now()
  }
  if (some.length > 0) await put(some)
  const changes = []
  for await (const change of parcel.changes()) changes.push(change)
  await storeProposals(client, where, changes)
  await client.query(`INSERT INTO nation.batches (root, regency_code, batch_id, title, letter_number, letter_date, signatory, sha256, bytes, mime, arrival_id, arrived_at, households, members, proposals, faulty)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
  [root, where.regencyCode, batchId, title, letterNumber, letterDate, signatory, file.sha256, file.bytes, file.mime, id, now, parcel.households, sums.members, proposals, sums.faulty])
  await findDoubles(client, touched, now.toISOString())
  await updateStanding(client, where.regencyCode, now.toISOString())
}

