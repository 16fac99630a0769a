import { plain } from '#app/intake/columns.ts'
import type { Phase, Programme, ProgrammeCode } from '#app/programmes/programme.ts'
import { wordsOn, type Word } from '#app/programmes/settings.ts'
import type { Db } from '#db/connection.ts'

// What lists of other offices call the phases; the programme's own words come first.
const SAID: [RegExp, Phase][] = [
  [/^(non ?aktif|tidak ?aktif|keluar|dikeluarkan|selesai|graduasi|exclude|hapus|dihapus)$/, 'ended'], [/^(aktif|active|menerima|penerima|ya)$/, 'receiving'],
  [/^(suspend|suspended|ditangguhkan|tangguh|tunda)$/, 'paused'], [/^(calon|usulan|usul|diusulkan)$/, 'waiting'],
]

// The state a word of a file means: its code, its label, or the first state of the phase it stands for.
export function stateFor({ states }: Programme, text: string): string | undefined {
  const wanted = plain(text)
  const exact = Object.entries(states).find(([code, { label }]) => plain(code) === wanted || plain(label) === wanted)
  if (exact) return exact[0]
  const phase = SAID.find(([pattern]) => pattern.test(text.trim().toLowerCase()))?.[1]
  return phase && Object.entries(states).find(([, state]) => state.phase === phase)?.[0]
}

const matches = (text: string) => {
  const wanted = plain(text)
  const [first = ''] = text.trim().split(/[\s.)]/)
  return ({ code, label }: Word) => plain(code) === wanted || plain(label) === wanted || plain(label.replace(/\(.*\)/, '')) === wanted || (/^\d+$/.test(first) && code === first)
}

// The code of a word of one of the programme's lists. '': nothing was said, or the programme has no such list; undefined: unknown.
export function wordFinder(db: Db, programme: ProgrammeCode, day: string) {
  const lists = new Map<string, Word[]>()
  return (list: string, text: string | undefined): string | undefined => {
    if (!lists.has(list)) lists.set(list, wordsOn(db, programme, list, day))
    const words = lists.get(list)!
    return !text || words.length === 0 ? '' : words.find(matches(text))?.code
  }
}
