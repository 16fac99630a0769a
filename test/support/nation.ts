import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import yazl from 'yazl'
import { stringify } from 'csv-stringify/sync'
import { BDT_HOUSEHOLD_COLUMNS, toBdtHousehold } from '#app/assignments/bdt-profile.ts'
import { canonicalJson, hashPlan, hashRecord, manifestText } from '#app/ratification/manifest.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { attachments, batches } from '#db/schema/index.ts'
import { openNation, type Nation } from '#db/postgres/connection.ts'
import { prepareNation } from '#db/postgres/migrate.ts'
import { startPostgres, type Cluster } from '#test/support/postgres.ts'
import { freshApp, freshDatabase, mega, PONCOSARI } from '#test/support/world.ts'

let cluster: Promise<Cluster> | undefined
const open: Nation[] = []

// A ministry's server over an empty PostgreSQL of its own.
export async function ministry(how: { synced?: boolean } = {}) {
  cluster ??= startPostgres(how)
  const nation = openNation(await (await cluster).freshDatabase())
  open.push(nation)
  await prepareNation(nation)
  const world = freshApp(freshDatabase(), { nation })
  const rows = async (sql: string, values: unknown[] = []) => (await nation.pool.query(sql, values)).rows as Record<string, unknown>[]
  return {
    ...world, nation, rows, country: { nation, db: world.db, dataDirectory: world.dataDirectory },
    upload: (bytes: Buffer, id = randomUUID()) => world.as(mega).post('/national/arrivals', { id, package: new File([bytes as never], 'arsip.zip') }),
  }
}
export type Ministry = Awaited<ReturnType<typeof ministry>>

export async function endOfAll() {
  for (const nation of open) await nation.close()
  ;(await cluster)?.stop()
}

type Sending = { id: string, record: HouseholdRecord, village?: string }
type Made = { regionCode?: string, title?: string, proposals?: { proposalId: string, plan: unknown }[] }
// What somebody changed on the way, for the archive that must be refused.
export type Tampering = (files: Map<string, string>) => void

// A batch's archive as ratification/dispatch.ts writes it, without a kabupaten around it.
export async function archiveOf(households: Sending[], { regionCode = '34.02', title = 'Pengesahan Maret', proposals = [] }: Made = {}, tamper: Tampering = () => undefined): Promise<Buffer> {
  const items = households.map(({ id, record }) => ({ householdId: id, visitId: `visit-${id}`, record }))
  const manifest = manifestText(items.map((item) => ({ ...item, recordHash: hashRecord(item) })), proposals.map((one) => ({ ...one, recordHash: hashPlan(one) })))
  const rootHash = createHash('sha256').update(manifest).digest('hex')
  const table = households.map(({ id, record, village = PONCOSARI }) => {
    const row: Record<string, unknown> = toBdtHousehold(record, { regionCode: village, prelistId: `99${id}` })
    return BDT_HOUSEHOLD_COLUMNS.map((column) => row[column] ?? '')
  })
  const files = new Map([
    ['berkas.json', JSON.stringify({ batchId: `batch-${title}`, regionCode, title, letterNumber: '460/1', letterDate: '2026-03-05', signatory: 'Bupati', rootHash })],
    ['records.jsonl', items.map((item) => `${canonicalJson(item)}\n`).join('')],
    ['rumah-tangga.csv', stringify([[...BDT_HOUSEHOLD_COLUMNS], ...table])],
    ['usulan.jsonl', proposals.map((one) => `${canonicalJson(one)}\n`).join('')],
    ['manifest.txt', manifest], ['root.txt', `${rootHash}  manifest.txt\n`],
  ])
  tamper(files)
  const zip = new yazl.ZipFile()
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return Buffer.concat(await (zip.outputStream as unknown as NodeJS.ReadableStream & { toArray: () => Promise<Buffer[]> }).toArray())
}

// The archive a kabupaten's own server made when it dispatched.
export async function archiveFrom({ db, as: by }: ReturnType<typeof freshApp>, batchId: string): Promise<Buffer> {
  const found = db.select().from(attachments).where(eq(attachments.kind, 'package')).all().find(({ subject }) => subject === `batch:${batchId}`)!
  return Buffer.from(await (await by(mega).get(`/files/attachments/${found.id}`)).arrayBuffer())
}

export const rootOfBatch = ({ db }: Pick<ReturnType<typeof freshApp>, 'db'>, id: string) => db.select().from(batches).where(eq(batches.id, id)).get()!.rootHash!
