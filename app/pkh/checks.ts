import { benefitOn, membersOf } from '#app/pkh/families.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import type { Proposed, Settings } from '#app/programmes/programme.ts'
import { isTaken, type RecipientChange } from '#app/programmes/recipients.ts'
import { conflict, invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'

const hasComponent = (db: Db, householdId: string, familySeq: number, regionCode: string, now: string) =>
  benefitOn(db, householdId, familySeq, dayOf(now), rulesOn(db, dayOf(now), regencyOf(regionCode))).members.some(({ components }) => components.length > 0)

export function demandComponent(db: Db, { householdId, familySeq, regionCode }: Proposed, now: string) {
  if (householdId === null || familySeq === null) throw conflict('Keluarga ini tidak ditemukan di registri, jadi komponennya tidak dapat dihitung.')
  if (!hasComponent(db, householdId, familySeq, regionCode, now)) throw conflict('Tidak ada anggota keluarga ini yang memenuhi komponen PKH. Catat sebagai tidak memenuhi syarat, atau perbaiki dahulu data anggotanya.')
}

// Of a family the registry does not know nothing can be said: it leaves by another way.
export function refuseComponentLeft(db: Db, { householdId, familySeq, regionCode }: Proposed, now: string) {
  if (householdId === null || familySeq === null || membersOf(db, householdId, familySeq).length === 0) throw conflict('Keluarga ini tidak ditemukan di registri. Keluarkan dengan alasan yang sesuai.')
  if (hasComponent(db, householdId, familySeq, regionCode, now)) throw conflict('Masih ada anggota yang memenuhi komponen PKH, jadi belum graduasi alamiah. Lihat rincian komponennya di halaman penerima.')
}

export function refuseTakenNumber(db: Db, { recipientId, data }: Proposed) {
  const number = String(data.number ?? '')
  if (!/^\d{10,20}$/.test(number)) throw invalid({ number: 'No. Peserta PKH terdiri atas 10 sampai 20 angka.' })
  if (isTaken(db, 'pkh', number, recipientId)) throw invalid({ number: 'No. Peserta ini sudah tercatat pada keluarga lain.' })
}

// The number stands in the recipient itself, where lists and imports look for it.
export const participantNumber = ({ data }: Pick<RecipientChange, 'data'>): Settings => ({ number: String(data.number) })
