import type { Tab } from '#app/field/store.ts'
import type { Stage } from '#app/households/stages.ts'

// What the officer's list shows, on the server and on the phone alike.
export const TABS: Record<Tab, Stage[]> = {
  returned: ['returned'],
  waiting: ['assigned', 'downloaded', 'deliberated'],
  sent: ['submitted', 'checked', 'recheck', 'verified', 'batched', 'ratified', 'dispatched'],
}
export const PAGE_SIZE = 25

// What the words typed look for in a name or an address; large and small letters are the same.
export const wordsOf = (words: string) => words.replace(/[%_\\]/g, ' ').trim()
export const patternOf = (words: string) => `%${wordsOf(words)}%`
