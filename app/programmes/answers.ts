import type { ChangeKind, Facts, Field, Programme, ProgrammeCode } from '#app/programmes/programme.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { invalid } from '#app/problems.ts'
import { isDate } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'

const LONGEST = 200

// The answers to the fields a kind of change asks, each as its field wants it; what it does not ask is left out.
export function readFacts(db: Db, { code }: Programme, { fields = [] }: ChangeKind, given: Facts, today: string): Facts {
  const wrong: Record<string, string> = {}
  const read = fields.flatMap((field): [string, string | number][] => {
    const text = String(given[field.name] ?? '').trim()
    const mistake = text === '' ? (field.required ? `Isi ${field.label.toLowerCase()}.` : undefined) : mistakeIn(db, code, field, text, today)
    if (mistake) wrong[field.name] = mistake
    return text === '' || mistake ? [] : [[field.name, field.type === 'number' ? Number(text) : text]]
  })
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  return Object.fromEntries(read)
}

function mistakeIn(db: Db, code: ProgrammeCode, { type, list, label, pattern }: Field, text: string, today: string): string | undefined {
  if (text.length > LONGEST) return `Paling banyak ${LONGEST} huruf.`
  if (type === 'date' && !isDate(text)) return 'Isi tanggal yang benar.'
  if (type === 'number' && !/^\d{1,12}$/.test(text)) return 'Isi angka tanpa titik atau koma.'
  if (type === 'choice' && list && !wordsOn(db, code, list, today).some((word) => word.code === text)) return `Pilih ${label.toLowerCase()}.`
  if (pattern && !new RegExp(`^(?:${pattern})$`).test(text)) return `${label} tidak sesuai bentuknya.`
  return undefined
}

export function readReason(db: Db, { code }: Programme, { reasons }: ChangeKind, reasonCode = '', today: string): string {
  if (!reasons) return ''
  if (!wordsOn(db, code, reasons, today).some((word) => word.code === reasonCode)) throw invalid({ reasonCode: 'Pilih alasan.' })
  return reasonCode
}
