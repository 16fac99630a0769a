import type { Answer, DukcapilMatcher, Outcome, Question, RegisterPerson } from '#app/matching/matcher.ts'
import { nameLikeness } from '#app/matching/names.ts'

// Dukcapil for training and tests. The NIK alone decides what becomes of a person, so every run tells the same story; it knows
// every outcome. Only numbers of province 99 get an answer, where nobody is registered: no real person is ever judged by it.
export const simulator: DukcapilMatcher = {
  ask: (questions) => Promise.resolve(questions.map(answerTo)),
}

const FATES: [outcome: Outcome, share: number][] = [
  ['padan', 80], ['tidak_padan_nama', 5], ['kk_berbeda', 4], ['nik_tidak_ditemukan', 3], ['meninggal', 2], ['ganda', 1], ['belum_online', 2], ['gangguan', 3],
]

export function fateOf(nik: string): Outcome {
  let left = hash(nik) % 100
  for (const [outcome, share] of FATES) {
    if (left < share) return outcome
    left -= share
  }
  return 'padan'
}

// FNV-1a: the same on every machine.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return (value ^ value >>> 15) >>> 0
}

// How often it is asked in vain before it answers.
const PATIENCE: Partial<Record<Outcome, number>> = { gangguan: 1, belum_online: 2 }

function answerTo(question: Question): Answer {
  if (!question.nik.startsWith('99')) return { said: 'trouble', note: 'simulator hanya mengenal NIK contoh (provinsi 99)' }
  const fate = fateOf(question.nik)
  return question.tries >= (PATIENCE[fate] ?? Infinity) ? found(question, question.name.toUpperCase()) : ANSWERS[fate](question)
}

const ANSWERS: Record<Outcome, (question: Question) => Answer> = {
  padan: (question) => found(question, spelledByAClerk(question)),
  tidak_padan_nama: (question) => found(question, strangerTo(question)),
  kk_berbeda: (question) => found(question, question.name.toUpperCase(), anotherCard(question)),
  nik_tidak_ditemukan: () => ({ said: 'not_found' }),
  meninggal: (question) => ({ said: 'deceased', person: personOf(question, question.name.toUpperCase()) }),
  ganda: () => ({ said: 'duplicate' }),
  belum_online: () => ({ said: 'not_online' }),
  gangguan: () => ({ said: 'trouble' }),
}

const found = (question: Question, name: string, kkNumber?: string): Answer => ({ said: 'found', person: personOf(question, name, kkNumber) })

const personOf = ({ nik, kkNumber, birthDate, sex }: Question, name: string, card = kkNumber ?? undefined): RegisterPerson =>
  ({ nik, name, kkNumber: card, birthDate: birthDate ?? undefined, sex: sex === 1 || sex === 2 ? sex : undefined })

// As registers spell: a letter left out, a second name behind a stroke, an apostrophe.
function spelledByAClerk({ nik, name }: Question) {
  const plain = name.toUpperCase()
  const [first = plain] = plain.split(' ')
  return [plain, plain, plain, plain.replace(/(.)\1/, '$1'), `${plain} / ${first}`, plain.replace(/A(.)/, "A'$1")][hash(`${nik}spelling`) % 6]!
}

const STRANGERS = ['JOKO SUSILO', 'SITI KHOTIMAH', 'WAHYU PUTRA NUGRAHA', 'ENDANG LESTARI', 'BAMBANG HERMAWAN']

// Whoever is least like the one asked about.
const strangerTo = ({ name }: Question) => STRANGERS.reduce((least, one) => nameLikeness(name, one) < nameLikeness(name, least) ? one : least)

const anotherCard = ({ kkNumber, nik }: Question) => {
  const card = kkNumber ?? nik
  return card.slice(0, 12) + String((Number(card.slice(12)) + 4321) % 9999 + 1).padStart(4, '0')
}
