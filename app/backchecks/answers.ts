import { isObserved, labelOf, questionFor } from '#app/backchecks/items.ts'
import type { AskedItem, RevisitAnswers } from '#db/schema/backchecks.ts'

type Fields = Record<string, string>
type Read = { answers: RevisitAnswers, mistakes: Record<string, string> }

// "Tidak tahu" is an answer too: it is not compared with anything.
export const UNKNOWN = 'unknown'

// What was posted of the short form. Choices must be answered, if only by "tidak tahu"; numbers and names may be left out. Pure.
export function readAnswers(items: AskedItem[], fields: Fields): Read {
  const read: Read = { answers: {}, mistakes: {} }
  for (const { key } of items.filter((item) => !isObserved(item.key))) {
    const given = (fields[key] ?? '').trim()
    const value = given === UNKNOWN ? undefined : valueOf(key, given)
    if (value instanceof Error) read.mistakes[key] = `${labelOf(key)}: ${value.message}`
    else if (value !== undefined) read.answers[key] = value
  }
  return read
}

function valueOf(key: string, given: string): string | number | boolean | undefined | Error {
  if (key === 'memberNames') return given.split(/\n|;/).map((line) => line.replace(/\s+/g, ' ').trim().slice(0, 100)).filter(Boolean).slice(0, 40).join('\n') || undefined
  if (key === 'memberCount') return given === '' ? undefined : /^\d{1,2}$/.test(given) ? Number(given) : new Error('isi dengan angka.')
  if (key === 'visitedBefore') return yesOrNo(given)
  const { type, options = [], min = 0, max = Infinity } = questionFor(key) ?? { type: undefined }
  if (type === 'yesno') return yesOrNo(given)
  if (type === 'single') return options.some(({ code }) => String(code) === given) ? Number(given) : new Error(CHOOSE)
  if (given === '') return undefined
  const number = /^\d{1,6}([.,]\d{1,2})?$/.test(given) ? Number(given.replace(',', '.')) : NaN
  return number >= min && number <= max ? number : new Error('isi dengan angka yang masuk akal.')
}

const CHOOSE = 'pilih jawaban, atau "Tidak tahu".'
const yesOrNo = (given: string) => given === 'true' ? true : given === 'false' ? false : new Error(CHOOSE)
