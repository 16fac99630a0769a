import { and, asc, eq } from 'drizzle-orm'
import { reviseHousehold, type Household } from '#app/households/records.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import { households } from '#db/schema/index.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

const IDENTITY = ['name', 'nik', 'sex', 'birthDate', 'birthPlace', 'age', 'motherMaidenName', 'maritalStatus', 'pregnant'] as const

// What a second entry of one person gets wrong, as an office would.
const SLIPS: ((member: Answers) => Answers)[] = [
  (member) => ({ ...member, nik: slip(String(member.nik), 13) }),
  (member) => ({ ...member, name: `Hj. ${member.name}`, nik: null }),
  (member) => ({ ...member, name: String(member.name).toUpperCase().replace('Y', 'I') }),
  (member) => ({ ...member, name: String(member.name).split(' ').reverse().join(' '), nik: slip(String(member.nik), 14) }),
]
const slip = (nik: string, at: number) => nik.slice(0, at) + String((Number(nik[at]) + 3) % 10) + nik.slice(at + 1)

// Some wives of one desa are on the prelist of another too, and one household is there twice altogether.
export function tellDuplicates({ db, villages, daysAgo }: Demo, ago: number) {
  const couplesOf = (regionCode: string) => db.select().from(households)
    .where(and(eq(households.regionCode, regionCode), eq(households.stage, regionCode === villages[0] ? 'published' : 'listed'))).orderBy(asc(households.number)).limit(60).all()
    .filter(({ record }) => record.members[1]?.relationToHead === 2 && record.families.length === 1)
  const [sources, targets] = [couplesOf(villages[0]!), couplesOf(villages[4]!)]
  transact(db, system, (tx) => {
    SLIPS.forEach((slipped, i) => revise(sources[i], targets[i], (record, source) => ({ ...record, members: record.members.map((member, at) => at === 1 ? { ...member, ...identity(slipped(source.members[1]!)) } : member) })))
    revise(sources[SLIPS.length], targets[SLIPS.length], (record, source) => ({ ...source, household: { ...source.household, prelistOrderNo: record.household.prelistOrderNo } }))

    function revise(source: Household | undefined, target: Household | undefined, change: (record: HouseholdRecord, source: HouseholdRecord) => HouseholdRecord) {
      if (source && target) reviseHousehold(tx, target, target.version, change(target.record, source.record), 'prelist:contoh')
    }
  }, daysAgo(ago))
}

const identity = (member: Answers): Answers => Object.fromEntries(IDENTITY.map((key) => [key, member[key]]))
