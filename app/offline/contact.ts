import type { AskedPhoto } from '#app/deliveries/format.ts'
import type { Range } from '#app/devices/gaps.ts'
import type { DeviceUser, UserDb, VaultSettings } from '#app/offline/database.ts'
import { haltOf, type Halt } from '#app/offline/halts.ts'
import { ask, readJson, serverTime, type Failure, type Line } from '#app/offline/line.ts'
import { keepContact } from '#app/offline/vault.ts'

// The first step of every round, and of preparing a phone: is it still allowed, who is signed in, what are the rules.

// lost: photos of its visits that the server had and has no more. missing: of the numbers this phone has given to visits, those the server does not have.
export type Registration = {
  id: string, secret: string, receiptKey: JsonWebKey, recipient: string, expiryDays: number, idleMinutes: number, keepDays: number, user: DeviceUser
  missing?: Range[]
  lost?: AskedPhoto[]
}
// at: the server's clock.
export type Contact = Registration & { at: string | null }

export async function register(line: Line, label: string) {
  const answer = await ask(line, '/devices', async (response) => asRegistration(await readJson(response), line.deviceId), {
    method: 'POST', body: JSON.stringify({ id: line.deviceId, label, made: line.made }), headers: { 'Content-Type': 'application/json' },
  })
  return answer.kind === 'given' ? { contact: { ...answer.value, at: serverTime(answer.response) } } : { failure: answer }
}

export type Contacted = { contact: Contact } | { halt: Halt, failure?: Failure }

// The key the phone was prepared with is the only one whose receipts it believes; another key is a question for a person.
export async function makeContact(line: Line, db: UserDb, settings: VaultSettings, label: string, now: Date): Promise<Contacted> {
  const { contact, failure } = await register(line, label)
  if (failure) return { halt: haltOf(failure) ?? (failure.kind === 'refused' ? 'refused' : 'broken'), failure }
  if (contact.user.id !== line.userId) return { halt: 'wrong_user' }
  if (contact.receiptKey.x !== settings.receiptKey.x || contact.receiptKey.y !== settings.receiptKey.y) return { halt: 'key_changed' }
  const { user, recipient, expiryDays, idleMinutes, keepDays } = contact
  await keepContact(db, { user, recipient, expiryDays, idleMinutes, keepDays }, now)
  return { contact }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isLimit = (value: unknown) => typeof value === 'number' && value > 0

function asRegistration(body: unknown, deviceId: string): Registration | undefined {
  const told = body as Partial<Registration> | null | undefined
  const whole = told?.id === deviceId && isText(told.secret) && isText(told.receiptKey?.x) && isText(told.receiptKey?.y) && isText(told.recipient)
    && isText(told.user?.id) && (told.missing === undefined || Array.isArray(told.missing)) && (told.lost === undefined || Array.isArray(told.lost)) && [told.expiryDays, told.idleMinutes, told.keepDays].every(isLimit)
  return whole ? told as Registration : undefined
}
