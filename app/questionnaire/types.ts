// A questionnaire is data. Everything that asks, checks, imports or shows an answer reads these.
export type QuestionType = 'single' | 'yesno' | 'multi' | 'integer' | 'decimal' | 'text' | 'date' | 'nik' | 'photo'
export type Roster = 'household' | 'families' | 'members' | 'children' | 'businesses'
export type Option = { code: number, label: string }

// One test on another answer of the same row or, failing that, of the household. All tests of a list must hold.
export type Condition = { key: string, in: readonly (number | boolean)[] } | { key: string, from: number, to?: number }

export type Question = {
  key: string
  number: string
  label: string
  type: QuestionType
  roster: Roster
  options?: readonly Option[]
  askedWhen?: readonly Condition[]
  // false: may stay empty. 'warn': should be there, but its absence holds nothing back.
  required: boolean | 'warn'
  // The answer of the same row that says why there is none to this one: one of the two, never both. And the other way round.
  instead?: string
  insteadOf?: string
  min?: number
  max?: number
  pattern?: string
  // Filled by the system or by a later stage, never asked of the respondent.
  automatic?: true
  // Column of the legacy tables; codes of Ya/Tidak there (assets alternate 1/2 and 3/4).
  legacyKey?: string
  bdtKey?: string
  legacyYesNo?: readonly [number, number]
  hint?: string
  // Of an optional block that not every visit asks.
  extension?: true
  source: string
}

export type SectionCode =
  | 'musdes' | 'place' | 'families' | 'respondent' | 'housing' | 'members' | 'children' | 'assets' | 'businesses' | 'dtsen' | 'photos'
export type Section = { code: SectionCode, title: string, roster: Roster, questions: readonly Question[] }
export type Questionnaire = { version: string, sections: readonly Section[] }
