// How alike two names are, as the ministry's own matching judges it: upper case, quotes out, and where a name holds a "/" its
// parts stand for themselves and the best pair counts. Ratcliff/Obershelp: twice the letters in common over all letters.
export const LIKE_ENOUGH = 60

export function nameLikeness(one: string, other: string): number {
  return Math.max(...partsOf(one).flatMap((mine) => partsOf(other).map((theirs) => likeness(mine, theirs))))
}

// 59.9 is not yet 60: what is shown never says more than what was judged.
export const scoreOf = (one: string, other: string) => Math.floor(nameLikeness(one, other))

export const plainName = (name: string) => name.normalize('NFKC').toUpperCase().replace(/["'`´‘’“”]/g, '').replace(/\s+/g, ' ').trim()

const LONGEST = 200

function partsOf(name: string): string[] {
  const parts = plainName(name.slice(0, LONGEST)).split('/').map((part) => part.trim()).filter(Boolean)
  return parts.length > 0 ? parts : ['']
}

function likeness(one: string, other: string): number {
  const letters = one.length + other.length
  return letters === 0 ? 0 : 200 * common(one, other) / letters
}

// The longest piece in common, and by the same rule what lies before it and behind it.
function common(one: string, other: string): number {
  const { length, at, there } = longestPiece(one, other)
  if (length === 0) return 0
  return length + common(one.slice(0, at), other.slice(0, there)) + common(one.slice(at + length), other.slice(there + length))
}

// Of pieces of one length the first.
function longestPiece(one: string, other: string) {
  let best = { length: 0, at: 0, there: 0 }
  let before: number[] = []
  for (let i = 0; i < one.length; i += 1) {
    const row: number[] = []
    for (let j = 0; j < other.length; j += 1) {
      row[j] = one[i] === other[j] ? (before[j - 1] ?? 0) + 1 : 0
      if (row[j]! > best.length) best = { length: row[j]!, at: i - row[j]! + 1, there: j - row[j]! + 1 }
    }
    before = row
  }
  return best
}
