import { issueAbsence, type NewAbsence } from '#app/certificates/absences.ts'
import { issueCertificate, type NewCertificate } from '#app/certificates/certificates.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, oki, PONCOSARI } from '#test/support/world.ts'

export const CERTIFICATE = '5a5a5a5a-0000-4000-8000-00000000c001'
export const letter = (more: Partial<NewCertificate> = {}): NewCertificate => ({
  id: CERTIFICATE, householdId: 'registered', memberSeq: 2, purpose: 'school', purposeNote: 'SMA 1 Bantul', days: 90, signatoryName: 'Supardi', signatoryPosition: 'Lurah Poncosari', signatoryNip: '', ...more,
})

// A household the ministry has determined.
export function addRegistered(db: Db, id = 'registered', serial = 931) {
  addHousehold(db, id, { record: aRecord({ head: 'Rejo Utomo', spouse: 'Sri Mulyati', serial, household: { progPkh: true } }), stage: 'determined' })
}

export const issue = (db: Db, actor: Actor, more: Partial<NewCertificate> = {}, at?: string) => as(db, actor, (tx) => issueCertificate(tx, letter(more)), at)

export const ABSENCE = '5a5a5a5a-0000-4000-8000-00000000d001'
// Somebody whom no record has.
export const absence = (more: Partial<NewAbsence> = {}): NewAbsence => ({
  id: ABSENCE, regionCode: PONCOSARI, nik: '9902014507880077', name: 'Wahyu Purnomo', birthPlace: 'Bantul', birthDate: '1988-07-05', sex: 1, address: 'Dusun Jopaten RT 3', ruledOutNote: '', seen: '',
  purpose: 'legal', purposeNote: '', days: 30, signatoryName: 'Supardi', signatoryPosition: 'Lurah Poncosari', signatoryNip: '', ...more,
})
export const deny = (db: Db, actor: Actor, more: Partial<NewAbsence> = {}, at?: string) => as(db, actor, (tx) => issueAbsence(tx, absence(more)), at)

// One letter of the desa, and one of the other kind.
export function addCertificate(db: Db) {
  addRegistered(db)
  issue(db, oki)
  deny(db, oki)
}
