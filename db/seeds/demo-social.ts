import { asc, eq } from 'drizzle-orm'
import { recordResult, recordService, type NewService } from '#app/ppks/serving.ts'
import { setSetting } from '#app/programmes/configuring.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { addPsks } from '#app/psks/psks.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { recipients } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

// place: a desa by its turn, the first kecamatan, or the whole kabupaten.
const PSKS: { kind: string, name: string, place: number | 'district' | 'regency', contactName?: string, certificate?: string }[] = [
  { kind: 'tksk', name: 'Sulastri, S.Sos', place: 'district', certificate: 'SK Kemensos 14/2023' }, { kind: 'psm', name: 'Suyatno', place: 0, certificate: 'SK Lurah 7/2024' },
  { kind: 'psm', name: 'Endang Susilowati', place: 1, certificate: 'SK Lurah 3/2024' }, { kind: 'tagana', name: 'Joko Pramono', place: 'regency', certificate: 'Tagana 3402-118' },
  { kind: 'karang_taruna', name: 'Karang Taruna Bina Remaja', place: 0, contactName: 'Yoga' }, { kind: 'karang_taruna', name: 'Karang Taruna Tunas Muda', place: 1, contactName: 'Ratih' },
  { kind: 'lks', name: 'LKS Kasih Ibu', place: 'regency', contactName: 'Sri Mulyani', certificate: 'Terakreditasi B, 2024' }, { kind: 'lks', name: 'Panti Wreda Budi Dharma', place: 'regency', contactName: 'Hartono', certificate: 'Terakreditasi A, 2023' },
  { kind: 'lk3', name: 'LK3 Kabupaten', place: 'regency', contactName: 'Wahyu' }, { kind: 'wksbm', name: 'WKSBM Guyub Rukun', place: 2, contactName: 'Sarjono' },
  { kind: 'penyuluh_sosial', name: 'Dwi Astuti', place: 'district' }, { kind: 'forum_csr', name: 'Forum CSR Kesejahteraan Sosial', place: 'regency', contactName: 'Bambang' },
  { kind: 'dunia_usaha', name: 'Koperasi Tani Makmur', place: 'district', contactName: 'Slamet' }, { kind: 'family_care_unit', name: 'Family Care Unit Srandakan', place: 'district', contactName: 'Nur' },
]

// The register of who serves, what was done for those in need, and a quota of PBI-JK with a little room.
export function tellSocial(demo: Demo) {
  const random = randomFrom(2718)
  const keys = addRegister(demo, random.uuid)
  tellServices(demo, random.uuid, keys.get('LKS Kasih Ibu')!)
  const { db, people, villages, daysAgo } = demo
  const inPbi = db.select({ id: recipients.id }).from(recipients).where(eq(recipients.programme, 'pbi')).all().length
  transact(db, people.pusdatin!, (tx) => setSetting(tx, {
    programme: 'pbi', key: 'quota', regionCode: regencyOf(villages[0]!), validFrom: daysAgo(0).toISOString().slice(0, 10), value: inPbi + 3, source: 'Contoh: keputusan kuota PBI-JK',
  }), daysAgo(0))
}

function addRegister({ db, people: { dinsos }, villages, daysAgo }: Demo, uuid: () => string): Map<string, string> {
  const [first] = villages
  return transact(db, dinsos!, (tx) => new Map(PSKS.map(({ kind, name, place, contactName = '', certificate = '' }, n) => {
    const regionCode = place === 'regency' ? regencyOf(first!) : place === 'district' ? first!.slice(0, 8) : villages[place]!
    const { id } = addPsks(tx, { key: uuid(), kind, name, regionCode, contactName, certificate, phone: `08120000${String(1001 + n)}`, address: '', activeFrom: '2024-01-02', note: '' })
    return [name, id]
  })), daysAgo(38))
}

function tellServices({ db, people: { dinsos, korcam }, daysAgo }: Demo, uuid: () => string, psksId: string) {
  const day = (days: number) => daysAgo(days).toISOString().slice(0, 10)
  const inPpks = db.select().from(recipients).where(eq(recipients.programme, 'ppks')).orderBy(asc(recipients.createdAt), asc(recipients.id)).all()
  const given = ({ id: recipientId }: Recipient, days: number, more: Partial<NewService>): NewService =>
    ({ key: uuid(), recipientId, mode: 'given', kind: 'social_assistance', servedOn: day(days), givenBy: 'Dinas Sosial', psksId: null, institution: '', result: '', note: '', ...more })
  inPpks.filter(({ state }) => state === 'served').forEach((one, n) => transact(db, dinsos!, (tx) => recordService(tx, given(one, 30 - n, { result: n === 0 ? 'Kebutuhan pokok terpenuhi tiga bulan' : '' })), daysAgo(30 - n)))
  const [referred, treated] = inPpks.filter(({ state, sensitive, regionCode }) => state === 'registered' && !sensitive && korcam!.regions.some((code) => regionCode.startsWith(code)))
  if (referred) transact(db, korcam!, (tx) => recordService(tx, given(referred, 11, { mode: 'referred', kind: 'care', givenBy: '', psksId })), daysAgo(11))
  if (!treated) return
  const service = transact(db, korcam!, (tx) => recordService(tx, given(treated, 16, { mode: 'referred', kind: 'therapy', givenBy: '', institution: 'RSUD Panembahan Senopati' })), daysAgo(16))
  transact(db, korcam!, (tx) => recordResult(tx, service.id, { key: uuid(), result: 'Sudah menjalani dua kali terapi' }), daysAgo(8))
}
