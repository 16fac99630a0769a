import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'

// What canonicalJson (ratification/manifest.ts) makes of a frozen record, for a million of them: the order of the keys is worked
// out once for each set of questions. A test holds the two against each other.
export const canonicalItem = (householdId: string, visitId: string, { businesses, children, families, household, members }: HouseholdRecord) =>
  `{"householdId":"${householdId}","record":{"businesses":${list(businesses)},"children":${list(children)},"families":${list(families)},"household":${one(household)},"members":${list(members)}},"visitId":"${visitId}"}`

const list = (all: readonly Answers[]) => `[${all.map(one).join(',')}]`

const orders = new Map<string, [key: string, quoted: string][]>()

function one(answers: Answers): string {
  const shape = Object.keys(answers).join()
  let order = orders.get(shape)
  if (!order) orders.set(shape, order = Object.keys(answers).sort((a, b) => (a < b ? -1 : 1)).map((key) => [key, `${JSON.stringify(key)}:`]))
  let text = ''
  for (const [key, quoted] of order) {
    const value = answers[key]
    if (value !== undefined) text += `${text === '' ? '' : ','}${quoted}${typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)}`
  }
  return `{${text}}`
}
