import type { Facts, Proposed, Settings } from '#app/programmes/programme.ts'
import { isTaken, recipientOf, type Recipient, type RecipientChange } from '#app/programmes/recipients.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'

function participant(db: Db, id: string | null): Recipient {
  const found = recipientOf(db, id)
  if (!found) throw notFound('Penerima')
  return found
}

export function checkReplacement(db: Db, { replacedId }: Proposed) {
  if (!['active', 'suspended'].includes(participant(db, replacedId).state)) throw conflict('Yang diganti bukan penerima aktif atau ditangguhkan, jadi tidak meninggalkan tempat.')
}

function refuseTaken(db: Db, { cardNumber }: Facts, id: string) {
  if (cardNumber && isTaken(db, 'sembako', String(cardNumber), id)) throw invalid({ cardNumber: 'Nomor KKS ini sudah tercatat pada penerima lain.' })
}

export function checkActivation(db: Db, { recipientId, data }: Proposed) {
  refuseTaken(db, data, participant(db, recipientId).id)
}

export function checkCorrection(db: Db, { recipientId, data }: Proposed) {
  const { id, number, data: had } = participant(db, recipientId)
  const alike = (name: string, value: unknown) => !data[name] || String(data[name]) === String(value ?? '')
  if (alike('cardNumber', number) && alike('bank', had.bank) && alike('accountNumber', had.accountNumber)) throw invalid({ cardNumber: 'Belum ada yang berubah. Isi nomor kartu, bank, atau rekening yang benar.' })
  refuseTaken(db, data, id)
}

export const accountInCheck = (): Settings => ({ data: { accountState: 'checking' } })
export const badAccount = (): Settings => ({ data: { accountState: 'bad' } })

// The card's number stands in the recipient itself, where lists and imports look for it. A new account is to be checked anew.
export function cardAndAccount({ kind, data }: Pick<RecipientChange, 'kind' | 'data'>): Settings {
  const accountState = kind === 'activation' ? 'good' : data.bank || data.accountNumber ? 'unchecked' : undefined
  return { ...(data.cardNumber ? { number: String(data.cardNumber) } : {}), ...(accountState && { data: { accountState } }) }
}
