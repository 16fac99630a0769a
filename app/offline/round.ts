import { BREAKING, LINE_HEADER, type DeliveryState } from '#app/deliveries/format.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { haltOf, type Halt } from '#app/offline/halts.ts'
import { note, tellConflict, tellDelivery, tellHeldUp, tellRefused } from '#app/offline/journal.ts'
import { ask, readJson, serverTime, type Answer, type Asking, type Failure, type Line } from '#app/offline/line.ts'
import { bytesLeft, postponed, refused, updateRow, withState } from '#app/offline/outbox.ts'
import { isCalm, type Pace } from '#app/offline/pace.ts'
import { believe, isOfAnotherText } from '#app/offline/receipt.ts'
import { open } from '#app/offline/vault.ts'

// One round of sending: what every step of it needs, and the two ways a step can end for a delivery.
export type Round = {
  db: UserDb, line: Line, dataKey: CryptoKey, receiptKey: CryptoKey, pace: Pace, good: boolean
  now: () => Date, pause: (ms: number) => Promise<void>, report: (bytes: number) => void
  // Deliveries whose state the server has told in this round; of the others the phone's own offsets may be behind.
  known: Set<string>
  // Deliveries the server has forgotten, to be sent once more in this round.
  again: Set<string>
}

// A line that breaks again and again without a byte of progress is no line; between tries it gets time to come back.
export const MOST_MISSES = 4
export const waitOut = (round: Round, misses: number) => round.pause(1000 * 2 ** Math.max(0, misses - 1))

// Asks about a delivery. An answer that no genuine receipt vouches for is somebody else's, whatever its status.
export async function askState(round: Round, row: OutboxRow, path = '', asking?: Asking): Promise<Answer<DeliveryState>> {
  const read = async (response: Response) => {
    const body = await readJson(response)
    return await believe(body, row, round.receiptKey) ?? (await isOfAnotherText(body, row, round.receiptKey) ? OTHER : undefined)
  }
  const answer = await ask(round.line, `/deliveries/${row.id}${path}`, read, { ...asking, headers: { ...asking?.headers, ...lineHeaders(round) } })
  return answer.kind === 'given' && answer.value === OTHER ? CONFLICT : answer as Answer<DeliveryState>
}
// On a connection it has used before, a browser sends a request that was cut once more from its beginning, and tells
// nobody. Where lines break, every request therefore asks for a connection of its own: then the cut is seen, and the rest
// goes on from what has arrived.
const ANEW = { [LINE_HEADER]: BREAKING }
export const lineHeaders = ({ pace }: Round): Record<string, string> => isCalm(pace) ? {} : ANEW
const OTHER = 'other'
const CONFLICT: Failure = { kind: 'refused', status: 409, code: 'conflict', message: 'Nomor kiriman ini sudah dipakai untuk isi yang berbeda.', body: null }

export const believed = (round: Round, row: OutboxRow, body: unknown) => believe(body, row, round.receiptKey)

export const isUnknown = (answer: Answer<unknown>) => answer.kind === 'refused' && answer.code === 'not_found'

export const takeAnswer = (round: Round, row: OutboxRow, { value, response }: Extract<Answer<DeliveryState>, { kind: 'given' }>) =>
  takeState(round, row, value, serverTime(response))

export async function takeState(round: Round, before: OutboxRow, state: DeliveryState, at: string | null): Promise<OutboxRow> {
  const row = await updateRow(round.db, before.id, (known) => withState(known, state, at))
  round.known.add(row.id)
  round.report(Math.max(0, bytesLeft(before) - bytesLeft(row)))
  if (row.state !== before.state) await note(round.db, tellDelivery(row), round.now(), row.id)
  return row
}

export async function readPhoto({ db, dataKey }: Round, row: OutboxRow, kind: string): Promise<Bytes | undefined> {
  const photo = await db.get('photos', [row.visitId, kind])
  return photo && photo.sha256 === row.photos.find((one) => one.kind === kind)?.sha256 ? open(dataKey, photo) : undefined
}

// What became of a delivery that was not taken: a halt ends the round for all; otherwise only this one waits.
export async function setAside(round: Round, row: OutboxRow, failure: Failure): Promise<Halt | null> {
  const halt = haltOf(failure)
  if (halt && !await isAlone(round, row, failure)) return halt
  if (halt) await note(round.db, tellHeldUp(), round.now(), row.id)
  if (failure.kind !== 'refused') return putOff(round, row)
  await refuse(round, row, failure.message, failure.code)
  return null
}

// Somebody on the way, or a gateway, turned this one down: what it carries may be why. A short question tells whether the
// server can be reached all the same.
async function isAlone(round: Round, row: OutboxRow, { kind }: Failure): Promise<boolean> {
  if (kind !== 'foreign' && kind !== 'broken') return false
  const answer = await askState(round, row)
  return answer.kind === 'given' || (answer.kind === 'refused' && haltOf(answer) === null)
}

// The line is there, yet this one does not get through: the others shall not wait for it.
export async function putOff(round: Round, { id }: OutboxRow): Promise<null> {
  await updateRow(round.db, id, (known) => postponed(known, round.now()))
  return null
}

export async function refuse(round: Round, { id }: OutboxRow, message: string, code: string): Promise<OutboxRow> {
  await note(round.db, code === 'conflict' ? tellConflict(message) : tellRefused(message), round.now(), id)
  return updateRow(round.db, id, (known) => refused(known, message, code, round.now()))
}
