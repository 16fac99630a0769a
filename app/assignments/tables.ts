import { openCsv, type TableFile } from '#app/assignments/csv-lines.ts'
import { openXlsx } from '#app/assignments/xlsx-lines.ts'
import { openKept } from '#app/files/opened.ts'
import { pathOf, type StoredFile } from '#app/files/store.ts'
import { isDate } from '#app/questionnaire/age.ts'

// An uploaded table, streamed, whichever of the two kinds it is.
export async function openTables(directory: string, stored: StoredFile): Promise<TableFile> {
  const file = await openKept(directory, pathOf(directory, stored))
  return stored.mime === 'text/csv' ? openCsv(file) : openXlsx(file)
}

// A date cell of a workbook is the number of days since 30 December 1899. Undefined: this is none; a year that stands alone is not
// a day of 1905.
export const workbookDay = (cell: string): string | undefined =>
  /^(?!(19|20)\d\d$)\d{4,5}(\.\d+)?$/.test(cell) ? new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(cell)) * 86_400_000).toISOString().slice(0, 10) : undefined

// A day as lists write it: yyyy-mm-dd, dd-mm-yyyy or dd/mm/yyyy, with or without a time behind it; or a workbook's own.
export function readDay(text: string): string | undefined {
  const own = workbookDay(text)
  if (own) return own
  const [day = '', month = '', year = ''] = text.split(/[T ]/)[0]!.split(/[-/.]/)
  const date = day.length === 4 ? `${day}-${month.padStart(2, '0')}-${year.padStart(2, '0')}` : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

// What is read, so many at a time; the last, or only, chunk may be empty.
export async function* inChunks<T>(lines: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const line of lines) {
    chunk.push(line)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  yield chunk
}
