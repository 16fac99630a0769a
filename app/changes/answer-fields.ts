import { invalid } from '#app/problems.ts'
import { same } from '#app/questionnaire/diff.ts'
import { asTyped } from '#app/questionnaire/display.ts'
import { parseSection, type FormFields } from '#app/questionnaire/form.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { pathOf, rowsOf, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'

// A choice of several is one field for each of its boxes ("members.0.identityDocs~4"), and one that says it was on the page.
const gathered = (fields: Record<string, string>): FormFields => {
  const together: FormFields = {}
  for (const [name, value] of Object.entries(fields)) {
    const [path = '', code] = name.split('~')
    if (code === undefined) together[path] ??= value
    else if (value) together[path] = [...[together[path] ?? []].flat().filter(Boolean), code]
  }
  return together
}

// The answers that differ from the record, by path. What was not on the page stays as it is.
export function readAnswers(fields: Record<string, string>, record: HouseholdRecord): Record<string, Value> {
  const posted = gathered(fields)
  const answers: Record<string, Value> = {}
  for (const section of CURRENT.sections.filter(({ code }) => code !== 'musdes')) {
    const rows = rowsOf(record, section.roster)
    const { record: next, mistakes } = parseSection(section, record, ownRowsOnly(posted, section.roster, rows.length))
    if (mistakes.length > 0) throw invalid(Object.fromEntries(mistakes.map(({ path, message }) => [path, message])))
    rows.forEach((row, index) => section.questions.forEach(({ key }) => {
      const value = rowsOf(next, section.roster)[index]?.[key]
      if (pathOf(section.roster, index, key) in posted && !same(row[key], value)) answers[pathOf(section.roster, index, key)] = value ?? null
    }))
  }
  return answers
}

const ownRowsOnly = (fields: FormFields, roster: string, count: number): FormFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => roster === 'household' || !name.startsWith(`${roster}.`) || Number(name.split('.')[1]) < count))

// The fields of the form again, from what was proposed.
export const answerFields = (answers: Record<string, Value>): Record<string, string> => Object.fromEntries(Object.entries(answers)
  .flatMap(([path, value]): [string, string][] => Array.isArray(value) ? [[path, ''], ...value.map((code): [string, string] => [`${path}~${code}`, '1'])] : [[path, value === null ? '' : asTyped(value)]]))
