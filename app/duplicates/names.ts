// Indonesian names as they are written in four offices: with titles, abbreviated, in the old spelling, with words joined,
// doubled or turned round. Pure.

const TITLES = new Set(`H HJ HAJI HAJAH DR DRS DRA IR PROF KH NY TN BPK BAPAK IBU SDR SDRI ALM ALMH ALMARHUM ALMARHUMAH RADEN RR
  SPD SPDI SE SH ST SKM SAG SSOS SKOM MPD MSI MM AMD AMK SST`.split(/\s+/))

const MUHAMMAD = new Set(`MOH MUH MOHD MUHD MHD MOCH MUCH MOKH MOHAMAD MOHAMMAD MUHAMAD MUHAMMAD MUCHAMAD MUCHAMMAD MOCHAMAD MOCHAMMAD MOKHAMAD
  MUHAMMED MOHAMED MOHAMMED MUHAMED MUKHAMAD`.split(/\s+/))
const SHORT: Record<string, string> = { ABD: 'ABDUL', ABDL: 'ABDUL', ABDOEL: 'ABDUL', ST: 'SITI', STI: 'SITI', NH: 'NUR' }

// The old spelling and the sounds that are written in two ways.
const SPELLING: [RegExp, string][] = [
  [/OE/g, 'U'], [/TJ/g, 'C'], [/DJ/g, 'J'], [/SJ/g, 'SY'], [/NJ/g, 'NY'], [/KH|CH/g, 'H'], [/DZ/g, 'Z'], [/PH/g, 'F'], [/TH/g, 'T'], [/DH/g, 'D'],
  [/V/g, 'F'], [/Q/g, 'K'], [/X/g, 'KS'], [/IY/g, 'I'], [/(.)\1+/g, '$1'],
]

const plainWord = (word: string) => SPELLING.reduce((text, [pattern, by]) => text.replace(pattern, by), word)

// "H. Moh. Soekarno, S.Pd / Karno" → "MUHAMAD SUKARNO/KARNO". Words in order, aliases between strokes.
export function plainName(raw: string): string {
  return raw.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().split('/').map(plainAlias).filter(Boolean).join('/')
}

function plainAlias(text: string): string {
  const [name = ''] = text.split(',')
  const letters = name.replace(/\b(?:S|M|A)\.\s?(?:PD|SI|AG|KOM|SOS|MD|E|H|T)\b\.?\s*$/, '').replace(/['’`"]/g, '').replace(/[^A-Z]+/g, ' ').trim()
  const words = beforeFather(letters.split(' ').filter(Boolean))
  const own = words.filter((word) => !TITLES.has(word) || (words.length === 1 && word.length > 2))
  return own.map((word, i) => whole(word, i === 0 && own.length > 1)).map(plainWord).join(' ')
}

// "AMIN BIN SALIM" is Amin.
const beforeFather = (words: string[]) => {
  const at = words.findIndex((word) => word === 'BIN' || word === 'BINTI' || word === 'BT')
  return at > 0 ? words.slice(0, at) : words
}

const whole = (word: string, leads: boolean) => MUHAMMAD.has(word) || (leads && word === 'M') ? 'MUHAMMAD' : leads ? SHORT[word] ?? word : word

// One word by itself, as it sounds: "Soekarno" and "sukarno", "Moch" and "Muhammad" are the same.
export const plainSpelling = (word: string) => plainWord(whole(word.toUpperCase(), false))

// The bones of a word: what typing errors and vowels leave alone. For looking things up, never for judging.
export function bonesOf(word: string): string {
  const sounds = word.replace(/[FV]/g, 'P').replace(/Z/g, 'J')
  return (sounds[0] ?? '') + sounds.slice(1).replace(/[AEIOUHYW]/g, '').slice(0, 3)
}

export const wordsOf = (plain: string) => plain.split(/[ /]/).filter(Boolean)

// Where the letters of one word met those of the other; kept for all calls, because this is asked of millions of words.
const met = new Uint8Array(64)

// Jaro-Winkler: 1 is the same word.
export function wordLikeness(one: string, other: string): number {
  if (one === other) return 1
  const [length, long] = [Math.min(one.length, met.length), other.length]
  const reach = Math.max(0, (Math.max(length, long) >> 1) - 1)
  const taken: boolean[] = []
  let count = 0
  for (let i = 0; i < length; i += 1) {
    const last = Math.min(long - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= last; j += 1) {
      if (taken[j] || one.charCodeAt(i) !== other.charCodeAt(j)) continue
      taken[j] = true
      met[count++] = j
      break
    }
  }
  if (count === 0) return 0
  let [out, next] = [0, 0]
  for (let k = 0; k < count; k += 1, next += 1) {
    while (!taken[next]) next += 1
    if (other.charCodeAt(met[k]!) !== other.charCodeAt(next)) out += 0.5
  }
  const jaro = (count / one.length + count / long + (count - out) / count) / 3
  let prefix = 0
  while (prefix < 4 && prefix < length && one.charCodeAt(prefix) === other.charCodeAt(prefix)) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

// matched: words of both with their likeness; left: words that only the longer has. undefined: a word of the shorter has no
// counterpart, so these are two names.
export type NameMatch = { likeness: number, matched: { word: string, likeness: number }[], left: number, turned: boolean }

const ALIKE = 0.86
const INITIAL = 0.9
const ONE_SLIP = 0.9

export function compareNames(one: string, other: string): NameMatch | undefined {
  if (one === other) return { likeness: 1, matched: one.split(' ').map((word) => ({ word, likeness: 1 })), left: 0, turned: false }
  if (!one.includes('/') && !other.includes('/')) return compareAliases(one, other)
  let best: NameMatch | undefined
  for (const first of one.split('/')) {
    for (const second of other.split('/')) {
      const match = compareAliases(first, second)
      if (match && match.likeness > (best?.likeness ?? 0)) best = match
    }
  }
  return best
}

function compareAliases(one: string, other: string): NameMatch | undefined {
  const [first, second] = [one.split(' '), other.split(' ')]
  const [shorter, longer] = first.length <= second.length ? [first, second] : [second, first]
  const joined = compareJoined(first, second)
  if (joined) return { likeness: joined, matched: longer.map((word) => ({ word, likeness: joined })), left: 0, turned: false }
  const free = [...longer]
  const matched: { word: string, likeness: number, at: number }[] = []
  for (const word of shorter) {
    const best = bestOf(word, free)
    if (!best) return undefined
    const { at, likeness } = best
    matched.push({ word: longer[at]!.length > 1 ? longer[at]! : word, likeness, at })
    free[at] = ''
  }
  const letters = matched.reduce((sum, { word }) => sum + word.length, 0)
  return {
    likeness: matched.reduce((sum, { word, likeness }) => sum + likeness * word.length, 0) / letters * (longer.length === shorter.length ? 1 : 0.95),
    matched, left: longer.length - shorter.length, turned: matched.some(({ at }, i) => i > 0 && at < matched[i - 1]!.at),
  }
}

function bestOf(word: string, among: string[]): { at: number, likeness: number } | undefined {
  let [at, best] = [-1, 0]
  for (let i = 0; i < among.length; i += 1) {
    const likeness = among[i] === '' ? 0 : likenessOf(word, among[i]!)
    if (likeness > best) [at, best] = [i, likeness]
  }
  return best < ALIKE ? undefined : { at, likeness: best }
}

function likenessOf(word: string, candidate: string): number {
  if ((candidate.length === 1 || word.length === 1) && candidate !== word && candidate[0] === word[0]) return INITIAL
  const likeness = wordLikeness(word, candidate)
  return likeness < ONE_SLIP && isOneSlip(word, candidate) ? ONE_SLIP : likeness
}

// One letter too many, too few, other, or two that changed places, in a word of four letters or more.
export function isOneSlip(one: string, other: string): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  if (longer.length < 4 || longer.length - shorter.length > 1) return false
  let at = 0
  while (at < shorter.length && shorter[at] === longer[at]) at += 1
  if (longer.length > shorter.length) return shorter.slice(at) === longer.slice(at + 1)
  const turned = shorter[at] === longer[at + 1] && shorter[at + 1] === longer[at]
  return shorter.slice(at + 1) === longer.slice(at + 1) || (turned && shorter.slice(at + 2) === longer.slice(at + 2))
}

// "NURHAYATI" and "NUR HAYATI".
function compareJoined(one: string[], other: string[]): number | undefined {
  const apart = Math.abs(lettersOf(one) - lettersOf(other))
  if (apart > 1 || (apart > 0 && one.length === other.length)) return undefined
  const [first, second] = [one.join(''), other.join('')]
  if (first === second) return 1
  const likeness = one.length === other.length ? 0 : wordLikeness(first, second)
  return likeness >= 0.97 ? likeness : undefined
}

const lettersOf = (words: string[]) => words.reduce((sum, word) => sum + word.length, 0)
