import { bearerOf, getCertificate, whyNotNow } from '#app/certificates/certificates.ts'
import { onPaper, stateOf } from '#app/certificates/letters.ts'
import { conflict } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Tx } from '#db/transaction.ts'

// The letter with whole NIK and No KK, as its reader needs them. Each printing is on record; one that is taken back, or no longer true, is not printed.
export function printCertificate(tx: Tx, id: string) {
  const found = getCertificate(tx, id)
  const today = dayOf(tx.now, zoneOf(found.regionCode))
  if (stateOf(found, today) === 'revoked') throw conflict('Surat keterangan ini sudah dicabut, jadi tidak dicetak lagi.')
  const whyNot = whyNotNow(tx.db, found)
  if (whyNot) throw conflict(whyNot)
  tx.audit('certificate.printed', id, { region: found.regionCode, letterNumber: found.letterNumber, people: 1 })
  return { found, bearer: bearerOf(tx.db, found), ...onPaper(tx.db, found) }
}
export type CertificatePaper = ReturnType<typeof printCertificate>
