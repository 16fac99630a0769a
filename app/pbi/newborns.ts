import { familyOf, isChild, isParent, type Person } from '#app/programmes/people.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { settingOn } from '#app/programmes/settings.ts'
import { invalid } from '#app/problems.ts'
import { addMonths, dayOf, isDate } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

const BABY_MONTHS = 12

// Not yet so many months old on this day.
export function isNewborn(db: Db, birthDate: string | null, day: string, regionCode: string): boolean {
  if (birthDate === null || !isDate(birthDate) || birthDate > day) return false
  return day < addMonths(birthDate, settingOn(db, 'pbi', 'newborn.months', day, regencyOf(regionCode)) ?? BABY_MONTHS)
}

const active = statement<[string, number, string], { id: string, name: string }>(`SELECT id, name FROM recipients
  WHERE programme = 'pbi' AND state = 'active' AND ((household_id = ? AND member_seq = ?) OR nik = ?) LIMIT 1`)

// The mother, or the head of the family, who is an active participant: because of her the child may be added.
export function parentInPbi(db: Db, child: Pick<Person, 'householdId' | 'familySeq'>) {
  const parents = familyOf(db, child).filter(isParent).sort((one, other) => (other.sex ?? 0) - (one.sex ?? 0))
  return parents.map((parent) => active(db).get(parent.householdId, parent.seq, parent.nik ?? '-')).find((found) => found !== undefined)
}

const standing = statement<[string, number, string], { id: string }>(`SELECT id FROM recipients
  WHERE programme = 'pbi' AND phase <> 'ended' AND ((household_id = ? AND member_seq = ?) OR nik = ?) LIMIT 1`)
const proposed = statement<[string, number], { id: string }>(`SELECT id FROM recipient_changes WHERE household_id = ? AND member_seq = ? AND programme = 'pbi'
  AND status IN ('submitted', 'checked', 'verified', 'batched', 'returned') LIMIT 1`)

export type Baby = Pick<Person, 'householdId' | 'familySeq' | 'seq' | 'name' | 'birthDate'> & { state: 'stands' | 'proposed' | 'free' }

// The children under one in the family of a participant: which are in the programme, which could be.
export function babiesOf(db: Db, recipient: Recipient, day: string): Baby[] {
  return familyOf(db, recipient).filter((one) => one.present && isChild(one) && isNewborn(db, one.birthDate, day, recipient.regionCode)).map((one) => ({
    householdId: one.householdId, familySeq: one.familySeq, seq: one.seq, name: one.name, birthDate: one.birthDate,
    state: standing(db).get(one.householdId, one.seq, one.nik ?? '-') ? 'stands' : proposed(db).get(one.householdId, one.seq) ? 'proposed' : 'free',
  }))
}

export type Asked = { name: string, birthDate: string }

// A child by name and birth date: already in the registry, or to be proposed as a birth first.
export function newbornPage({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string, asked: Asked, now: string) {
  demand(actor, 'programme.propose')
  const mother = getRecipient({ db, actor }, id)
  const today = dayOf(now)
  const babies = mother.programme === 'pbi' ? babiesOf(db, mother, today) : []
  const complete = asked.name !== '' && asked.birthDate !== ''
  const errors = asked.name || asked.birthDate ? mistakes(db, asked, today, mother.regionCode) : {}
  const words = plain(asked.name)
  const known = complete ? babies.find(({ name, birthDate }) => plain(name) === words || birthDate === asked.birthDate) : undefined
  return { mother, babies, asked, errors, known, unknown: complete && !known && Object.keys(errors).length === 0, active: mother.programme === 'pbi' && mother.state === 'active' }
}

export type NewbornPage = ReturnType<typeof newbornPage>

const plain = (name: string) => name.trim().toLowerCase().replace(/\s+/g, ' ')

function mistakes(db: Db, { name, birthDate }: Asked, today: string, regionCode: string): Record<string, string> {
  return {
    ...(name ? {} : { name: 'Isi nama bayi.' }),
    ...(isDate(birthDate) ? birthDate > today ? { birthDate: 'Tanggal lahir belum tiba.' } : isNewborn(db, birthDate, today, regionCode) ? {} : { birthDate: 'Anak ini bukan bayi lagi. Usulkan sebagai penambahan biasa.' }
      : { birthDate: 'Isi tanggal lahir.' }),
  }
}

// What stands against adding this person as the newborn of a participant.
export function refuseNoNewborn(db: Db, person: Person, day: string, regionCode: string) {
  if (!isChild(person)) throw invalid({ memberSeq: 'Yang dipilih bukan anak dalam keluarga ini menurut registri.' })
  if (!isNewborn(db, person.birthDate, day, regionCode)) throw invalid({ memberSeq: 'Yang dipilih bukan bayi menurut tanggal lahirnya di registri. Usulkan sebagai penambahan biasa.' })
  if (!parentInPbi(db, person)) throw invalid({ memberSeq: 'Ibu atau kepala keluarganya bukan peserta PBI-JK yang aktif. Usulkan sebagai penambahan biasa.' })
}
