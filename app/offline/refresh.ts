import { haltOf, type Halt } from '#app/offline/halts.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import { ask, readJson, type Line } from '#app/offline/line.ts'
import { unzip } from '#app/offline/zip.ts'
import { PACK_SCHEMA, type PackChanges } from '#app/packs/schema.ts'

// Brings the officer's tasks up to date: what changed since, or a whole new pack where changes would not do.

export type SomeChanges = Extract<PackChanges, { full: false }>
export type FetchedPack = { bytes: Bytes, sequence: number, schema: number }
// The pack as it lies on the phone. replace happens only with a pack that came whole.
export type PackShelf = {
  sequence: () => Promise<number | null>
  apply: (changes: SomeChanges) => Promise<void>
  replace: (pack: FetchedPack) => Promise<void>
}

// stuck: this phone cannot lay in what it was given.
export type Refreshed = { halt: Halt | null, changed: number, removed: number, stuck: boolean }
const NOTHING: Refreshed = { halt: null, changed: 0, removed: 0, stuck: false }

export async function refreshPack(line: Line, shelf: PackShelf): Promise<Refreshed> {
  const since = await shelf.sequence()
  if (since === null) return NOTHING
  const answer = await ask(line, `/packs/changes?device=${line.deviceId}&since=${since}&schema=${PACK_SCHEMA}`, async (response) => asChanges(await readJson(response)))
  if (answer.kind !== 'given') return { ...NOTHING, halt: haltOf(answer) }
  const changes = answer.value
  // Changes that cannot be laid into this pack: a new one heals it.
  if (changes.full || !await shelf.apply(changes).then(() => true, () => false)) return replacePack(line, shelf)
  return { ...NOTHING, changed: changes.tasks.length, removed: changes.removed.length }
}

async function replacePack(line: Line, shelf: PackShelf): Promise<Refreshed> {
  const answer = await fetchPack(line)
  if (answer.kind !== 'given') return { ...NOTHING, halt: haltOf(answer) }
  const stuck = await shelf.replace(answer.value).then(() => false, () => true)
  return { ...NOTHING, stuck }
}

const EXPECTED_BYTES = 300_000

export const fetchPack = (line: Line) => ask(line, `/packs/current?device=${line.deviceId}`, readPack, { bytes: EXPECTED_BYTES })

// A browser has unpacked it on the way; where something took the header off, it comes as it was packed. Whatever a network
// puts in its place does not begin like a database.
async function readPack(response: Response): Promise<FetchedPack | undefined> {
  const [sequence, schema] = [Number(response.headers.get('Siks-Sequence') ?? Number.NaN), Number(response.headers.get('Siks-Schema'))]
  const bytes = await unzip(new Uint8Array(await response.arrayBuffer()))
  const whole = Number.isSafeInteger(sequence) && schema === PACK_SCHEMA && new TextDecoder('latin1').decode(bytes.subarray(0, 15)) === 'SQLite format 3'
  return whole ? { bytes, sequence, schema } : undefined
}

function asChanges(body: unknown): PackChanges | undefined {
  const told = body as Partial<SomeChanges> | { full?: true, sequence?: number } | null | undefined
  if (!told || !Number.isSafeInteger(told.sequence)) return undefined
  if (told.full === true) return { sequence: told.sequence!, full: true }
  const lists = [told as SomeChanges].flatMap(({ tasks, removed, directory, directoryRemoved }) => [tasks, removed, directory, directoryRemoved])
  return told.full === false && lists.every(Array.isArray) ? told as SomeChanges : undefined
}
