import { desc, eq } from 'drizzle-orm'
import { benefitOf, type Counted } from '#app/pkh/benefit.ts'
import { membersOf } from '#app/pkh/families.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { ageOn } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { pkhMembers } from '#db/schema/index.ts'

export type PkhMember = Counted & { name: string, nik: string | null, age: number | null, number: string | null }
export type PkhFamily = { found: boolean, members: PkhMember[], perYear: number, perPayment: number, paymentsPerYear: number, mostMembers: number }

const MOST = 99

// The family of a recipient as the registry has it on a day, with what each member is worth and the No. ART he was given.
export function familyOfRecipient(db: Db, { id, householdId, familySeq, regionCode }: Pick<Recipient, 'id' | 'householdId' | 'familySeq' | 'regionCode'>, day: string): PkhFamily {
  const rules = rulesOn(db, day, regencyOf(regionCode))
  const people = householdId === null || familySeq === null ? [] : membersOf(db, householdId, familySeq)
  const { members, perYear, perPayment } = benefitOf(people, day, rules)
  const numbers = db.select().from(pkhMembers).where(eq(pkhMembers.recipientId, id)).orderBy(desc(pkhMembers.recordedAt)).limit(MOST).all()
  return {
    found: people.length > 0, perYear, perPayment, paymentsPerYear: rules.paymentsPerYear, mostMembers: rules.mostMembers,
    members: members.map((one) => {
      const { name, nik, birthDate } = people.find(({ seq }) => seq === one.seq)!
      const known = (nik === null ? undefined : numbers.find((row) => row.nik === nik)) ?? numbers.find((row) => row.memberSeq === one.seq && (row.nik === null || nik === null))
      return { ...one, name, nik, age: birthDate === null ? null : ageOn(birthDate, day) ?? null, number: known?.number ?? null }
    }),
  }
}
