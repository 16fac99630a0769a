import { findKkMistakes } from '#app/questionnaire/kk.ts'
import { findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Gate } from '#app/ratification/gates.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Warning = { gate: Gate, message: string }

const MOST = 20
const SPOKEN_OF = /^(nik|kk)_/

const someRegion = statement<[string], unknown>('SELECT 1 FROM regions WHERE code = ?')

// 990201 is kecamatan 99.02.01. A closed code keeps its row, so an old one is known too. No province is 99: only made-up
// people carry it, and warning of every one of them would help nobody.
const knows = (db: Db) => (code: string) =>
  code.startsWith('99') || someRegion(db).get(`${code.slice(0, 2)}.${code.slice(2, 4)}.${code.slice(4, 6)}`) !== undefined

type Judged = { record: HouseholdRecord, questionnaireVersion: string, today: string }

// What does not keep a record back but asks for a second look: the doubts about NIK and No KK, and those of the questionnaire.
export function findWarnings(db: Db, { record, questionnaireVersion, today }: Judged): Warning[] {
  const questionnaire = questionnaireOf(questionnaireVersion)
  const others = questionnaire ? findMistakes(questionnaire, record, { context: { today } }).filter(({ severity, code }) => severity === 'warning' && !SPOKEN_OF.test(code)) : []
  return [
    ...doubtfulNiks(db, record, today), ...doubtfulCards(db, record, today),
    ...others.map(({ message }): Warning => ({ gate: 'e', message })),
  ].slice(0, MOST)
}

const doubtfulNiks = (db: Db, record: HouseholdRecord, today: string) => presentMembers(record).flatMap(({ memberSeq, name, nik, sex, birthDate }) =>
  typeof nik !== 'string' || nik === '' ? [] : findNikMistakes(nik, { sex, birthDate, today, knownRegion: knows(db) })
    .filter(({ severity }) => severity === 'warning').map(({ message }): Warning => ({ gate: 'b', message: `ART ${memberSeq} (${name ?? 'tanpa nama'}): ${message}` })))

const doubtfulCards = (db: Db, record: HouseholdRecord, today: string) => record.families.flatMap(({ familySeq, kkNumber }) =>
  typeof kkNumber !== 'string' || kkNumber === '' ? [] : findKkMistakes(kkNumber, today, { knownRegion: knows(db) })
    .filter(({ severity }) => severity === 'warning').map(({ message }): Warning => ({ gate: 'c', message: `Keluarga ${familySeq}: ${message}` })))
