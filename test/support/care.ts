import { recordService } from '#app/ppks/serving.ts'
import { addPsks } from '#app/psks/psks.ts'
import type { Db } from '#db/connection.ts'
import { addRecipient } from '#test/support/participants.ts'
import { as, PONCOSARI, rina } from '#test/support/world.ts'

// A participant of PBI-JK, somebody in PPKS with a service, and one of the PSKS register: what their routes are asked about.
export function addCare(db: Db) {
  addRecipient(db, { id: 'participant', programme: 'pbi', state: 'active', name: 'Wati Suryani', number: '0001234567890', data: { segment: 'pbi' } })
  addRecipient(db, { id: 'ppks', programme: 'ppks', variant: '9', state: 'registered', name: 'Asep Suryana' })
  as(db, rina, (tx) => {
    recordService(tx, { key: 'service', recipientId: 'ppks', mode: 'given', kind: 'therapy', servedOn: '2026-02-20', givenBy: 'TKSK Srandakan', psksId: null, institution: '', result: '', note: '' })
    addPsks(tx, { key: 'psks', kind: 'lks', regionCode: PONCOSARI, name: 'LKS Kasih Ibu', contactName: 'Sri', phone: '081234567890', address: '', certificate: '', activeFrom: '2024-01-01', note: '' })
  })
}
