import { and, eq, or } from 'drizzle-orm'
import { moveRecipient, getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { conflict, invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { payments } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'
import { cardNow, firstWaiting, PAID_PROGRAMMES } from '#app/payments/payments.ts'

export type Account = { bank: string, bankName: string, accountNumber: string, state: string, stateName: string, stateKind: string }

const said = (value: unknown) => value === null || value === undefined ? '' : String(value)

export function accountOf(db: Db, { programme, data }: Pick<Recipient, 'programme' | 'data'>, day: string): Account {
  const [bank, state] = [said(data.bank), said(data.accountState) || 'unchecked']
  return {
    bank, bankName: bank && wordFor(db, programme, 'bank', bank), accountNumber: said(data.accountNumber), state, stateName: wordFor(db, programme, 'account', state),
    stateKind: wordsOn(db, programme, 'account', day).find(({ code }) => code === state)?.kind ?? '',
  }
}

export type AccountCheck = { key: string, seen: number, bank: string, accountNumber: string, state: string, note: string }

// Another number than the one that is known is a change that others check, sign and determine, where the programme has one for it.
const isAnothers = ({ programme, data }: Recipient, accountNumber: string) =>
  said(data.accountNumber) !== '' && accountNumber !== '' && accountNumber !== said(data.accountNumber) && programmeOf(programme).changes.correction !== undefined

// What the bank or Pos said of an account. An empty number keeps the one that is known, so that nobody has to type it again.
export function recordAccount(tx: Tx, recipientId: string, { key, seen, bank, accountNumber, state, note }: AccountCheck): Recipient {
  demand(tx.actor, 'programme.pay')
  const recipient = getRecipient(tx, recipientId)
  if (!isFirstTime(tx, key)) return recipient
  const [day, { programme }] = [dayOf(tx.now), recipient]
  const isOn = (list: string, code: string) => wordsOn(tx.db, programme, list, day).some((word) => word.code === code)
  const wrong: Record<string, string> = {}
  if (!(PAID_PROGRAMMES as readonly string[]).includes(programme) || !isOn('bank', bank)) wrong.bank = 'Pilih bank atau Pos.'
  if (!isOn('account', state)) wrong.state = 'Pilih hasil pemeriksaan.'
  if (accountNumber && !/^\d{5,20}$/.test(accountNumber)) wrong.accountNumber = 'Nomor rekening harus 5 sampai 20 angka.'
  if (isAnothers(recipient, accountNumber)) wrong.accountNumber = `Nomor lain sudah tercatat. Usulkan “${programmeOf(programme).changes.correction!.label}”, agar diperiksa orang lain.`
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  if (recipient.version !== seen) throw conflict('Data penerima ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  const moved = moveRecipient(tx, recipient, recipient.state, { cause: 'payment:account', note: note || 'Pemeriksaan rekening' }, { data: { bank, accountState: state, ...(accountNumber && { accountNumber }) } })
  // Lines that are not with the bank say what was found.
  const notSent = or(eq(payments.kind, 'failed'), eq(payments.status, firstWaiting(tx.db, programme, day)))
  tx.db.update(payments).set(cardNow(tx.db, recipientId)).where(and(eq(payments.recipientId, recipientId), notSent)).run()
  return moved
}
