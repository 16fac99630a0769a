import type { Answers } from '#app/questionnaire/record.ts'
import type { Random } from '#db/seeds/random.ts'

type Person = { age: number, sex: 1 | 2, marital: number, relation: number }

// What somebody of this age and sex answers about documents, health, school and work; only what is asked of them.
export const lifeAt = (random: Random, person: Person): Answers => ({
  identityDocs: documents(random, person),
  ...(person.sex === 2 && person.age >= 10 && person.age <= 49 && person.marital !== 1 ? { pregnant: person.marital === 2 && person.age < 42 && random.chance(0.03) } : {}),
  disabilityType: random.chance(person.age > 65 ? 0.07 : 0.015) ? random.pick([1, 2, 3, 10]) : 0,
  chronicIllness: random.chance(person.age > 55 ? 0.35 : person.age > 35 ? 0.08 : 0.01) ? random.pick([1, 1, 2, 3, 4, 5, 7]) : 0,
  ...(person.age >= 5 ? { ...school(random, person), ...work(random, person) } : {}),
})

const documents = (random: Random, { age }: Person): number[] => {
  if (age < 17) return random.chance(0.94) ? [1] : [0]
  if (age > 60) return [4]
  return random.weighted([[40, [4]], [38, [1, 4]], [22, [1, 4, 8]]] as const).slice()
}

const finished = (level: number, certificate: number): Answers => ({ schooling: 2, educationLevel: level, highestGrade: 8, highestCertificate: certificate })

function school(random: Random, { age }: Person): Answers {
  if (age <= 6) return { schooling: 0 }
  if (age <= 12) return { schooling: 1, educationLevel: random.weighted([[85, 1], [15, 3]] as const), highestGrade: Math.min(6, age - 6), highestCertificate: 0 }
  if (age <= 15) return { schooling: 1, educationLevel: random.weighted([[82, 4], [18, 6]] as const), highestGrade: age - 12, highestCertificate: 1 }
  if (age <= 18 && random.chance(0.86)) return { schooling: 1, educationLevel: random.weighted([[88, 7], [12, 9]] as const), highestGrade: age - 15, highestCertificate: 2 }
  if (age > 60 && random.chance(0.3)) return { schooling: 0 }
  if (age > 60) return random.chance(0.5) ? { schooling: 2, educationLevel: 1, highestGrade: random.between(2, 5), highestCertificate: 0 } : finished(1, 1)
  return random.weighted(age > 40
    ? [[46, finished(1, 1)], [32, finished(4, 2)], [20, finished(7, 3)], [2, finished(10, 5)]] as const
    : [[12, finished(1, 1)], [36, finished(4, 2)], [48, finished(7, 3)], [4, finished(10, 5)]] as const)
}

const NOT_WORKING: Answers = { working: false }

// Industry and standing that go together: the farm hand, the trader, the builder, the tailor.
const JOBS = [
  [26, { industry: 1, employmentStatus: 6 }], [12, { industry: 1, employmentStatus: 1 }], [16, { industry: 11, employmentStatus: 7 }],
  [14, { industry: 12, employmentStatus: 1 }], [12, { industry: 9, employmentStatus: 4 }], [6, { industry: 6, employmentStatus: 1 }],
  [6, { industry: 14, employmentStatus: 7 }], [5, { industry: 13, employmentStatus: 4 }], [3, { industry: 4, employmentStatus: 2 }],
] as const

function work(random: Random, { age, sex, relation }: Person): Answers {
  const able = age < 18 ? 0 : age > 72 ? 0.25 : age > 60 ? 0.6 : sex === 1 ? 0.92 : relation === 1 ? 0.85 : 0.5
  if (!random.chance(able)) return NOT_WORKING
  return { working: true, hoursPerWeek: random.between(14, 56), ...random.weighted<Answers>(JOBS) }
}
