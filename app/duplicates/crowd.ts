import { WEIGHTS } from '#app/duplicates/weights.ts'

// How much a word tells among so many people. Words and names come again and again, so what they weigh is kept.
export type Crowd = { chance: number, rarity: (word: string) => number, mostOf: (name: string) => number }

const FEWEST = 100_000

export function crowdOf(people: number, carrying: (word: string) => number): Crowd {
  // The two themselves do not make their name common.
  const rarity = kept((word) => Math.min(WEIGHTS.wordMost, -Math.log2(Math.max((carrying(word) - 2) / Math.max(people, 1), 1 / FEWEST))))
  return { chance: Math.log2(Math.max(people, FEWEST)), rarity, mostOf: kept((name) => mostOfName(name, rarity)) }
}

const MOST_KEPT = 50_000

function kept(weigh: (text: string) => number) {
  const known = new Map<string, number>()
  return (text: string): number => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MOST_KEPT) known.clear()
    const bits = weigh(text)
    known.set(text, bits)
    return bits
  }
}

// An initial takes the weight of the word it stands for, and an alias is a name of its own: of these it is not known before.
function mostOfName(name: string, rarity: (word: string) => number): number {
  const words = name.split(' ')
  if (name.includes('/') || words.some((word) => word.length === 1)) return WEIGHTS.nameMost
  return Math.min(WEIGHTS.nameMost, words.reduce((sum, word) => sum + Math.max(1, rarity(word)), 0))
}
