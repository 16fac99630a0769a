import { parse } from 'csv-parse'
import { Readable } from 'node:stream'
import * as z from 'zod'
import { openArchive, sha256, unreadable, type Archive } from '#app/national/archive.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'

// What a kabupaten dispatches (ratification/dispatch.ts), read by the office that receives it: nothing is believed that its
// root does not bind, and every line is hashed again.
const About = z.object({
  batchId: z.string().max(64), regionCode: z.string().regex(/^\d\d\.\d\d$/), title: z.string().max(200),
  letterNumber: z.string().max(200), letterDate: z.string().max(40), signatory: z.string().max(200), rootHash: z.string(),
})
export type About = z.output<typeof About>

export type SentRecord = { position: number, householdId: string, visitId: string, record: HouseholdRecord, hash: string, villageCode: string, prelistId: string }
export type SentProposal = { position: number, proposalId: string, plan: unknown, hash: string }
type Leaf = { hash: string, id: string }
export type Package = { about: About, root: string, households: number, proposals: number, records: () => AsyncGenerator<SentRecord>, changes: () => AsyncGenerator<SentProposal>, close: () => void }

const USULAN = 'usulan-'
const MANIFEST_BYTES = 20 * 2 ** 20

export async function openPackage(bytes: Buffer): Promise<Package> {
  const archive = await openArchive(bytes)
  const manifest = await archive.text('manifest.txt', MANIFEST_BYTES)
  const root = sha256(manifest)
  const about = readAbout(await archive.text('berkas.json', 20_000).catch(() => { throw unreadable('arsip ini dari SIKS versi lama; minta kabupaten/kota mengirim ulang dari versi terbaru') }))
  const told = (await archive.text('root.txt', 200)).split(' ')[0]
  if (told !== root || about.rootHash !== root) throw unreadable('akar manifes tidak cocok dengan isinya')
  const leaves = manifest.split('\n').filter(Boolean).map(readLeaf)
  if (new Set(leaves.map(({ id }) => id)).size !== leaves.length) throw unreadable('manifes menyebut data yang sama dua kali')
  const ofProposals = leaves.filter(({ id }) => id.startsWith(USULAN))
  const ofHouseholds = leaves.slice(0, leaves.length - ofProposals.length)
  if (leaves.length === 0 || ofHouseholds.some(({ id }) => id.startsWith(USULAN))) throw unreadable('manifesnya kosong atau tidak berurutan')
  return {
    about, root, households: ofHouseholds.length, proposals: ofProposals.length, close: archive.close,
    records: () => recordsOf(archive, about, ofHouseholds), changes: () => changesOf(archive, ofProposals),
  }
}

function readAbout(text: string): About {
  const parsed = About.safeParse(jsonOf(text))
  if (!parsed.success) throw unreadable('keterangan berkasnya tidak lengkap')
  return parsed.data
}

function readLeaf(line: string): Leaf {
  const [, hash, id] = /^([0-9a-f]{64}) {2}(\S{1,80})$/.exec(line) ?? []
  if (!hash || !id) throw unreadable('manifesnya tidak terbaca')
  return { hash, id }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('ada baris yang tidak terbaca')
  }
}

const rows = z.array(z.record(z.string(), z.unknown())).max(200)
const Sent = z.object({ householdId: z.string().max(64), visitId: z.string().max(64), record: z.object({ household: z.record(z.string(), z.unknown()), families: rows, members: rows, children: rows, businesses: rows }) })
const SentPlan = z.object({ proposalId: z.string().max(64), plan: z.record(z.string(), z.unknown()) })

// In the order of the manifest, each with the desa and IDBDT its row of the table names.
async function* recordsOf(archive: Archive, { regionCode }: About, leaves: Leaf[]): AsyncGenerator<SentRecord> {
  const places = placesOf(archive)
  let position = 0
  for await (const line of archive.lines('records.jsonl')) {
    const leaf = leaves[position++]
    if (!leaf || sha256(line) !== leaf.hash) throw unreadable(`data ke-${position} tidak cocok dengan manifes`)
    const parsed = Sent.safeParse(jsonOf(line))
    if (!parsed.success || parsed.data.householdId !== leaf.id) throw unreadable(`data ke-${position} tidak berbentuk data rumah tangga`)
    const { value: place } = await places.next() as { value: { villageCode: string, prelistId: string } | undefined }
    if (!place?.villageCode.startsWith(`${regionCode}.`)) throw unreadable(`data ke-${position} bukan dari ${regionCode}`)
    yield { position, householdId: leaf.id, visitId: parsed.data.visitId, record: parsed.data.record as HouseholdRecord, hash: leaf.hash, ...place }
  }
  if (position !== leaves.length) throw unreadable(`hanya ${position} dari ${leaves.length} data yang ada di dalamnya`)
}

async function* placesOf(archive: Archive) {
  const parser = Readable.from(terminated(archive.lines('rumah-tangga.csv'))).pipe(parse({ columns: true, relax_column_count: true, max_record_size: 2 ** 20 }))
  try {
    for await (const row of parser as AsyncIterable<Record<string, string>>) yield { villageCode: row.KODE_KEMENDAGRI ?? '', prelistId: row.IDBDT ?? '' }
  } catch {
    throw unreadable('tabel rumah-tangga.csv tidak terbaca')
  }
}

async function* terminated(lines: AsyncGenerator<string>) {
  for await (const line of lines) yield `${line}\n`
}

async function* changesOf(archive: Archive, leaves: Leaf[]): AsyncGenerator<SentProposal> {
  let position = 0
  for await (const line of archive.lines('usulan.jsonl')) {
    const leaf = leaves[position++]
    if (!leaf || sha256(line) !== leaf.hash) throw unreadable(`usulan ke-${position} tidak cocok dengan manifes`)
    const parsed = SentPlan.safeParse(jsonOf(line))
    if (!parsed.success || `${USULAN}${parsed.data.proposalId}` !== leaf.id) throw unreadable(`usulan ke-${position} tidak berbentuk usulan`)
    yield { position, proposalId: parsed.data.proposalId, plan: parsed.data.plan, hash: leaf.hash }
  }
  if (position !== leaves.length) throw unreadable(`hanya ${position} dari ${leaves.length} usulan yang ada di dalamnya`)
}
