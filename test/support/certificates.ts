import { issueCertificate, type NewCertificate } from '#app/certificates/certificates.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, oki } from '#test/support/world.ts'

export const CERTIFICATE = '5a5a5a5a-0000-4000-8000-00000000c001'
export const letter = (more: Partial<NewCertificate> = {}): NewCertificate => ({
  id: CERTIFICATE, householdId: 'registered', memberSeq: 2, purpose: 'school', purposeNote: 'SMA 1 Bantul', days: 90, signatoryName: 'Supardi', signatoryPosition: 'Lurah Poncosari', signatoryNip: '', ...more,
})

// A household the ministry has determined.
export function addRegistered(db: Db, id = 'registered', serial = 931) {
  addHousehold(db, id, { record: aRecord({ head: 'Rejo Utomo', spouse: 'Sri Mulyati', serial, household: { progPkh: true } }), stage: 'determined' })
}

export const issue = (db: Db, actor: Actor, more: Partial<NewCertificate> = {}, at?: string) => as(db, actor, (tx) => issueCertificate(tx, letter(more)), at)

// One letter of the desa.
export function addCertificate(db: Db) {
  addRegistered(db)
  issue(db, oki)
}
