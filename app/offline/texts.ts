import { bundleHead, type DeliveryText } from '#app/deliveries/format.ts'
import type { Bytes } from '#app/offline/bytes.ts'
import type { OutboxRow } from '#app/offline/database.ts'
import type { Halt } from '#app/offline/halts.ts'
import { afterCut, isCalm } from '#app/offline/pace.ts'
import { askState, isUnknown, MOST_MISSES, putOff, readPhoto, setAside, takeAnswer, waitOut, type Round } from '#app/offline/round.ts'
import { open } from '#app/offline/vault.ts'

const BUNDLE_BYTES = 4 * 1024 * 1024

// Sends what was answered. On a good line the photos go with it in one post; otherwise they follow when all texts are safe.
export async function sendText(round: Round, row: OutboxRow): Promise<Halt | null> {
  const text = await open(round.dataKey, row)
  const bundle = await readBundle(round, row, text)
  if (!bundle) return putText(round, row, text, row.attempts > 0)
  const answer = await askState(round, row, '/bundle', { method: 'POST', body: bundle, bytes: bundle.length, headers: { 'Content-Type': 'application/octet-stream' } })
  if (answer.kind === 'given') {
    await takeAnswer(round, row, answer)
    return null
  }
  // Too large for something on the way, or cut: smaller steps from here on.
  round.pace = afterCut(round.pace, bundle.length, 0)
  return putText(round, row, text, true)
}

// doubtful: it may have arrived before; a short question is cheaper than the text again.
async function putText(round: Round, row: OutboxRow, text: Bytes, doubtful: boolean): Promise<Halt | null> {
  for (let misses = 0; ;) {
    const known = doubtful ? await askState(round, row) : undefined
    const answer = known && !isUnknown(known) ? known
      : await askState(round, row, '', { method: 'PUT', body: text, bytes: text.length, headers: { 'Content-Type': 'application/json' } })
    if (answer.kind === 'given') {
      await takeAnswer(round, row, answer)
      return null
    }
    if (answer.kind !== 'silent') return setAside(round, row, answer)
    if (++misses >= MOST_MISSES) return known && isUnknown(known) ? putOff(round, row) : setAside(round, row, answer)
    doubtful = true
    await waitOut(round, misses)
  }
}

// Undefined: it should not go in one piece. A visit sent before has most of its photos on the server already.
async function readBundle(round: Round, row: OutboxRow, text: Bytes): Promise<Bytes | undefined> {
  const bytes = row.photos.reduce((sum, photo) => sum + photo.bytes, 4 + text.length)
  if (!round.good || !isCalm(round.pace) || row.photos.length === 0 || row.attempts > 0 || bytes > BUNDLE_BYTES) return undefined
  if (await round.db.countFromIndex('outbox', 'visit', row.visitId) > 1) return undefined
  const bundle = new Uint8Array(bytes)
  bundle.set(bundleHead(text))
  bundle.set(text, 4)
  let at = 4 + text.length
  for (const { kind } of (JSON.parse(new TextDecoder().decode(text)) as DeliveryText).photos) {
    const photo = await readPhoto(round, row, kind)
    if (!photo || at + photo.length > bytes) return undefined
    bundle.set(photo, at)
    at += photo.length
  }
  return at === bytes ? bundle : undefined
}
