import type { AskedPhoto, ReturnedPhoto } from '#app/deliveries/format.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import type { OutboxRow, UserDb, WantedPhoto } from '#app/offline/database.ts'
import { haltOf, type Halt } from '#app/offline/halts.ts'
import { note, tellAsked, tellCopiesGone, tellNotTaken, tellReturned } from '#app/offline/journal.ts'
import { ask, readJson, type Answer } from '#app/offline/line.ts'
import { bytesLeft, readOutbox, updateRow, wantedOf } from '#app/offline/outbox.ts'
import { afterCut, afterPiece } from '#app/offline/pace.ts'
import { isUnknown, lineHeaders, MOST_MISSES, readPhoto, waitOut, type Round } from '#app/offline/round.ts'

// Photos that had arrived, and that the server's disk has lost: those still kept here go once more. What is sent is marked in
// the outbox, so nothing of it is cleared before; what the server asks for no longer is marked no longer.

// lost: as the server said at this contact. Returns those this phone keeps no more.
export async function markLost(db: UserDb, lost: readonly AskedPhoto[], now: Date): Promise<AskedPhoto[]> {
  const rows = await readOutbox(db)
  const [wanted, gone]: [Map<string, WantedPhoto[]>, AskedPhoto[]] = [new Map(), []]
  for (const asked of lost) {
    const row = rows.filter(({ visitId }) => visitId === asked.visitId).pop()
    const photo = row && await db.get('photos', [asked.visitId, asked.kind])
    if (photo?.sha256 !== asked.sha256) gone.push(asked)
    else wanted.set(row!.id, [...wanted.get(row!.id) ?? [], { kind: asked.kind, sha256: asked.sha256, left: photo.bytes }])
  }
  for (const row of rows) await mark(db, row, wanted.get(row.id) ?? [], now)
  return gone
}

async function mark(db: UserDb, row: OutboxRow, wanted: WantedPhoto[], now: Date) {
  const before = wantedOf(row)
  const isOld = ({ sha256 }: WantedPhoto) => before.some((one) => one.sha256 === sha256)
  if (before.length === wanted.length && wanted.every(isOld)) return
  await updateRow(db, row.id, () => ({ wanted }))
  const fresh = wanted.filter((one) => !isOld(one)).length
  if (fresh > 0) await note(db, tellAsked(fresh), now, row.id)
}

export async function sendLost(round: Round, gone: AskedPhoto[]): Promise<Halt | null> {
  const halt = gone.length > 0 ? await tellGone(round, gone) : null
  if (halt) return halt
  for (const row of await readOutbox(round.db)) {
    for (const photo of wantedOf(row)) {
      const stopped = await sendOne(round, row, photo)
      if (stopped) return stopped
    }
  }
  return null
}

async function tellGone(round: Round, gone: AskedPhoto[]): Promise<Halt | null> {
  const answer = await ask(round.line, '/deliveries/lost', async (response) => isGone(await readJson(response)) || undefined, {
    method: 'POST', body: JSON.stringify({ photos: gone.map(({ sha256 }) => sha256) }), headers: { 'Content-Type': 'application/json', ...lineHeaders(round) },
  })
  if (answer.kind !== 'given') return haltOf(answer)
  await note(round.db, tellCopiesGone(gone.length), round.now())
  return null
}

// Until the server says it has the photo, or too much came to nothing. Each doubtful end begins with the question where it stands.
async function sendOne(round: Round, row: OutboxRow, { kind, sha256 }: WantedPhoto): Promise<Halt | null> {
  const bytes = await readPhoto(round, row, kind)
  if (!bytes) return drop(round, row, sha256)
  for (let [offset, misses]: [number | undefined, number] = [undefined, 0]; ;) {
    const answer = await askPhoto(round, sha256, bytes, offset)
    if (answer.kind === 'given') {
      const { value } = answer
      if (value.stored) return arrived(round, row, sha256)
      await keepLeft(round, row, sha256, bytes.length - value.offset)
      misses = offset === undefined || value.offset > offset ? misses : misses + 1
      offset = value.offset
    } else if (answer.kind === 'silent' || (answer.kind === 'refused' && answer.status === 409)) {
      await waitOut(round, ++misses)
      offset = undefined
    } else {
      const halt = haltOf(answer)
      if (!halt && !isUnknown(answer)) await note(round.db, tellNotTaken(answer.kind === 'refused' ? answer.message : 'server sedang tidak bisa menerima.'), round.now(), row.id)
      return halt ?? drop(round, row, sha256)
    }
    if (misses >= MOST_MISSES) return 'silent'
  }
}

async function askPhoto(round: Round, sha256: string, bytes: Bytes, offset: number | undefined): Promise<Answer<ReturnedPhoto>> {
  const read = async (response: Response) => asReturned(await readJson(response), sha256, bytes.length)
  const headers = lineHeaders(round)
  if (offset === undefined) return ask(round.line, `/deliveries/lost/${sha256}`, read, { headers })
  const [piece, began] = [bytes.subarray(offset, offset + round.pace.piece), performance.now()]
  const answer = await ask(round.line, `/deliveries/lost/${sha256}`, read, {
    method: 'PATCH', body: piece, bytes: piece.length, headers: { ...headers, 'Upload-Offset': String(offset), 'Content-Type': 'application/octet-stream' },
  })
  if (answer.kind === 'given') round.pace = afterPiece(round.pace, piece.length, performance.now() - began)
  if (answer.kind === 'silent') round.pace = afterCut(round.pace, piece.length, 0)
  return answer
}

const change = async (round: Round, { id }: OutboxRow, how: (wanted: WantedPhoto[]) => WantedPhoto[]) => {
  const before = (await round.db.get('outbox', id))!
  const after = await updateRow(round.db, id, (row) => ({ wanted: how(wantedOf(row)) }))
  round.report(Math.max(0, bytesLeft(before) - bytesLeft(after)))
  return after
}

const keepLeft = (round: Round, row: OutboxRow, sha256: string, left: number) =>
  change(round, row, (wanted) => wanted.map((one) => one.sha256 === sha256 ? { ...one, left } : one))

// What the server still lacks it asks for again at the next contact.
async function drop(round: Round, row: OutboxRow, sha256: string): Promise<null> {
  await change(round, row, (wanted) => wanted.filter((one) => one.sha256 !== sha256))
  return null
}

async function arrived(round: Round, row: OutboxRow, sha256: string): Promise<null> {
  const after = await change(round, row, (wanted) => wanted.filter((one) => one.sha256 !== sha256))
  if (wantedOf(after).length === 0) await note(round.db, tellReturned(), round.now(), row.id)
  return null
}

const isGone = (body: unknown) => typeof (body as { gone?: unknown } | undefined)?.gone === 'number'

function asReturned(body: unknown, sha256: string, most: number): ReturnedPhoto | undefined {
  const told = body as Partial<ReturnedPhoto> | undefined
  const whole = told?.sha256 === sha256 && typeof told.stored === 'boolean' && Number.isSafeInteger(told.offset) && told.offset! >= 0 && told.offset! <= most
  return whole ? told as ReturnedPhoto : undefined
}
