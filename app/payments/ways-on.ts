import type { FailedPayment, NextStep } from '#app/payments/lines.ts'
import type { Payment } from '#app/payments/payments.ts'
import { kindsFor } from '#app/programmes/recipient-page.ts'
import { recipientOf, type Recipient } from '#app/programmes/recipients.ts'
import { openChangesOf } from '#app/programmes/steps.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type WayOn = { href: string, label: string }
type Failed = Pick<Payment, 'id' | 'programme' | 'recipientId'> & { next: NextStep }

// What of a programme's own changes may follow. PKH has no replacement: its family is held back while its data or account
// is mended, goes out, or graduates.
const CHANGES: Record<string, Partial<Record<NextStep, readonly string[]>>> = {
  pkh: { account: ['suspension'], family: ['suspension'], leave: ['suspension', 'exit'], graduate: ['graduation_independent', 'exit'] },
  sembako: { leave: ['suspension', 'removal'] },
}
const LOOKS_HOME: readonly NextStep[] = ['family', 'leave']
const ACCOUNT_WORDS = 'Periksa rekening atau kartunya'

// Where to go on with a payment that failed, the most fitting first. The caller has found it in the reader's scope.
export function waysOn(db: Db, actor: Actor, { id, programme, recipientId, next }: Failed): WayOn[] {
  if (next === 'retry') return [{ href: `/payments/${id}#hasil`, label: 'Salurkan lagi pada jadwal berikutnya' }]
  if (next === 'reason') return [{ href: `/payments/${id}#hasil`, label: 'Catat dahulu alasan gagalnya' }]
  const recipient = recipientOf(db, recipientId)!
  const account = next === 'account' ? [{ href: `/payments/${id}#rekening`, label: ACCOUNT_WORDS }] : []
  const home = LOOKS_HOME.includes(next) && seesHome(db, actor, recipient) ? [{ href: `/households/${recipient.householdId}`, label: next === 'family' ? 'Perbaiki data keluarga di registri' : 'Periksa keluarga di registri' }] : []
  const ways = [...account, ...home, ...proposals(db, actor, recipient, next)]
  return ways.length > 0 ? ways : [{ href: `/programmes/${programme}/recipients/${recipientId}`, label: 'Buka data penerima' }]
}

const regionOf = statement<[string], string>('SELECT region_code FROM households WHERE id = ?')

function seesHome(db: Db, actor: Actor, { householdId }: Recipient): boolean {
  const code = householdId === null ? undefined : regionOf(db).pluck().get(householdId) as string | undefined
  return code !== undefined && isWithin(code, actor) && can(actor, 'household.read')
}

// One that is under way is what comes next; a second could not be proposed.
function proposals(db: Db, actor: Actor, recipient: Recipient, next: NextStep): WayOn[] {
  const [open] = openChangesOf(db, actor, recipient)
  if (open) return [{ href: `/programmes/changes/${open.id}`, label: 'Lihat usulan yang sedang berjalan' }]
  if (!can(actor, 'programme.propose')) return []
  const { programme, id } = recipient
  if (next === 'replace') return [{ href: `/programmes/${programme}/changes/new?kind=replacement&replaced=${encodeURIComponent(id)}`, label: 'Usulkan pengganti' }]
  const wanted = CHANGES[programme]?.[next] ?? []
  return kindsFor(recipient).filter(({ code }) => wanted.includes(code)).map(({ code, label }) => ({ href: `/programmes/${programme}/changes/new?kind=${code}&recipient=${encodeURIComponent(id)}`, label }))
}

export const withWays = (db: Db, actor: Actor, rows: FailedPayment[]) => rows.map((row) => ({ ...row, ways: waysOn(db, actor, row) }))
export type FailedWork = ReturnType<typeof withWays>[number]
