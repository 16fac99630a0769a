import type { Measured } from '#app/prints/sharpness.ts'

// What is wrong with a photo for those who have to read it. Never a refusal: a house may be dark, and an old card worn. Pure: the
// phone says it before the officer leaves, the server to the checker.
export type Fault = 'blurred' | 'dark' | 'bright' | 'small'
export type Looked = { [K in keyof Measured]: number | null } & { width: number | null, height: number | null }

const DOCUMENTS = ['F-KTP', 'F-KK']
export const isDocument = (kind: string) => DOCUMENTS.includes(kind)

// Letters need more than walls. A card without any edge is a card nobody can read; a wall without any is a plain wall.
const BARS = {
  document: { sharpness: 55, longest: 1000, bright: 55 },
  other: { sharpness: 38, longest: 480, bright: 45 },
}
const DARKEST = 45
const MOST_DARK = 65

export function faultsOf(kind: string, { sharpness, brightness, dark, bright, width, height }: Looked): Fault[] {
  if (brightness === null || dark === null || bright === null) return []
  const bar = isDocument(kind) ? BARS.document : BARS.other
  const faults: Fault[] = []
  if (brightness < DARKEST || dark > MOST_DARK) faults.push('dark')
  else if (bright > bar.bright) faults.push('bright')
  if (sharpness === null ? isDocument(kind) : sharpness < bar.sharpness) faults.push('blurred')
  if (width !== null && height !== null && Math.max(width, height) < bar.longest) faults.push('small')
  return faults
}

const WORDS: Record<Fault, string> = { blurred: 'kabur', dark: 'terlalu gelap', bright: 'terlalu terang', small: 'terlalu kecil' }

// "kabur dan terlalu gelap"
export const faultWords = (faults: readonly Fault[]) => faults.map((fault) => WORDS[fault]).join(' dan ')
