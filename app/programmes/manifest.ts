import { createHash } from 'node:crypto'
import { kindOf } from '#app/programmes/judging.ts'
import type { RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { canonicalJson } from '#app/ratification/manifest.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

// Exactly what the change will write. Whom an entry makes is not yet anybody when it is frozen.
export function hashChange(change: RecipientChange): string {
  const { id, programme, kind, variant, regionCode, recipientId, replacedId, householdId, familySeq, memberSeq, name, reasonCode, note, minutesNumber, minutesDate, basis, revision, data } = change
  const isEntry = kindOf(programmeOf(programme), kind).from === 'nobody'
  return sha256(canonicalJson({
    id, programme, kind, variant, regionCode, recipientId: isEntry ? null : recipientId, replacedId, householdId, familySeq, memberSeq, name, reasonCode, note, minutesNumber, minutesDate, basis, revision, data,
  }))
}

// In the form `sha256sum` prints; its own SHA-256 is the root that stands in the letter.
export const manifestText = (changes: RecipientChange[]): string => changes.map((change) => `${hashChange(change)}  penerima-${change.id}\n`).join('')
export const rootOf = (changes: RecipientChange[]): string => sha256(manifestText(changes))
