// One household as the questionnaire names it: the shape of the master record, the draft, the version and the export.
// multi → number[]; yes/no → boolean (the paper form's 1/2 and 3/4 exist only at import and export).
export type Value = string | number | boolean | number[] | null
export type Answers = Record<string, Value | undefined>
export type HouseholdRecord = {
  household: Answers, families: Answers[], members: Answers[], children: Answers[], businesses: Answers[]
}
