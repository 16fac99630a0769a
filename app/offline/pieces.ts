import type { DeliveryState } from '#app/deliveries/format.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import type { OutboxPhoto, OutboxRow } from '#app/offline/database.ts'
import { queueAgain } from '#app/offline/forgotten.ts'
import type { Halt } from '#app/offline/halts.ts'
import type { Answer, Failure } from '#app/offline/line.ts'
import { isTroubled } from '#app/offline/outbox.ts'
import { afterCut, afterPiece, trusting } from '#app/offline/pace.ts'
import { askState, believed, isUnknown, MOST_MISSES, putOff, readPhoto, refuse, setAside, takeAnswer, takeState, waitOut, type Round } from '#app/offline/round.ts'

// Photos travel in pieces, each beginning where the server's file ends. After any doubtful end the server is asked
// first: nothing is sent again that it has.

type Step = { row: OutboxRow, halt: Halt | null }
const photoOf = (row: OutboxRow, kind: string): OutboxPhoto => row.photos.find((photo) => photo.kind === kind)!
const isStored = (row: OutboxRow, kind: string) => row.state !== 'waiting_photos' || photoOf(row, kind).stored
// Refused or put off a moment ago: the rest of it can wait as well.
const isAside = (row: OutboxRow) => isTroubled(row) || row.nextAt !== null

export async function sendPhotos(round: Round, given: OutboxRow): Promise<Halt | null> {
  let { row, halt }: Step = round.known.has(given.id) ? { row: given, halt: null } : await askWhereItStands(round, given)
  for (const { kind } of given.photos) {
    if (halt || row.state !== 'waiting_photos' || isAside(row)) break
    if (isStored(row, kind)) continue
    const bytes = await readPhoto(round, row, kind)
    if (bytes) ({ row, halt } = await sendPhoto(round, row, kind, bytes))
    else row = await refuse(round, row, 'Satu foto tidak ada lagi di HP ini.', 'photo_gone')
  }
  return halt
}

// Until the server says it has the photo, or too much came to nothing.
async function sendPhoto(round: Round, given: OutboxRow, kind: string, bytes: Bytes): Promise<Step> {
  let row = given
  for (let misses = 0, spoiled = 0; !isStored(row, kind);) {
    const { offset } = photoOf(row, kind)
    const part = bytes.subarray(offset, offset + round.pace.piece)
    const piece = await sendPiece(round, row, kind, part)
    row = piece.row
    if (piece.failure) {
      // Its bytes arrived, but were not the photo's (422): the server has begun it anew, and so may we, once.
      spoiled += piece.failure.kind === 'silent' ? 0 : 1
      if (spoiled > 1 || !mayPass(piece.failure)) return asStep(round, row, await setAside(round, row, piece.failure))
      const asked = await askWhereItStands(round, row)
      row = asked.row
      if (asked.halt || row.state !== 'waiting_photos' || isAside(row)) return asked
      if (piece.failure.kind === 'silent') round.pace = afterCut(round.pace, part.length, photoOf(row, kind).offset - offset)
    }
    misses = isStored(row, kind) || photoOf(row, kind).offset > offset ? 0 : misses + 1
    if (misses >= MOST_MISSES) return asStep(round, row, await putOff(round, row))
  }
  return { row, halt: null }
}

const asStep = async (round: Round, { id }: OutboxRow, halt: Halt | null): Promise<Step> => ({ row: (await round.db.get('outbox', id))!, halt })
const mayPass = (failure: Failure) => failure.kind === 'silent' || (failure.kind === 'refused' && failure.status === 422)

async function sendPiece(round: Round, row: OutboxRow, kind: string, piece: Bytes): Promise<{ row: OutboxRow, failure?: Failure }> {
  const { offset } = photoOf(row, kind)
  const began = performance.now()
  const answer = await askState(round, row, `/photos/${kind}`, {
    method: 'PATCH', body: piece, bytes: piece.length, headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/octet-stream' },
  })
  if (answer.kind === 'given') {
    round.pace = afterPiece(round.pace, piece.length, performance.now() - began)
    return { row: await takeAnswer(round, row, answer) }
  }
  const elsewhere = await toldOffset(round, row, answer)
  if (!elsewhere) return { row, failure: answer }
  const next = await takeState(round, row, elsewhere, null)
  // What was cut a moment ago had arrived in part after all.
  if (photoOf(next, kind).offset > offset) round.pace = trusting(round.pace)
  return { row: next }
}

// The piece was no continuation of what the server has (409); it says where to go on.
const toldOffset = async (round: Round, row: OutboxRow, answer: Failure): Promise<DeliveryState | undefined> =>
  answer.kind === 'refused' && answer.status === 409 ? believed(round, row, (answer.body as { state?: unknown } | null)?.state) : undefined

// The server is still writing down what came through before the cut.
const SETTLING_MS = 250

// Asks until somebody answers, a few times.
async function askWhereItStands(round: Round, row: OutboxRow): Promise<Step> {
  let answer: Answer<DeliveryState>
  for (let misses = 0; ; await waitOut(round, misses)) {
    if (misses === 0) await round.pause(SETTLING_MS)
    answer = await askState(round, row)
    if (answer.kind !== 'silent' || ++misses >= MOST_MISSES) break
  }
  if (answer.kind === 'given') return { row: await takeAnswer(round, row, answer), halt: null }
  return isUnknown(answer) ? { row: await beginAnew(round, row), halt: null } : asStep(round, row, await setAside(round, row, answer))
}

async function beginAnew(round: Round, { id }: OutboxRow): Promise<OutboxRow> {
  if (!round.known.has(id)) round.again.add(id)
  return queueAgain(round.db, id, round.now())
}
