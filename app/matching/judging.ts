import type { Answer, Outcome, Question, RegisterPerson } from '#app/matching/matcher.ts'
import { LIKE_ENOUGH, plainName, scoreOf } from '#app/matching/names.ts'

export type Judgement = { outcome: Outcome, score: number | null, registerName: string | null, registerKk: string | null, reasons: string[] }
type Asked = Pick<Question, 'name' | 'kkNumber' | 'sex' | 'birthDate'>

// What an answer means for the person who was asked about, with the reasons in words. Pure.
export function judge(asked: Asked, { said, person, note }: Answer): Judgement {
  const register = { registerName: person?.name || null, registerKk: person?.kkNumber ?? null }
  const added = note ? [`Keterangan Dukcapil: ${note}.`] : []
  if (said !== 'found') {
    const score = person?.name ? scoreOf(asked.name, person.name) : null
    return { outcome: MEANING[said], score, ...register, reasons: [WORDS[said], ...added] }
  }
  return { ...compare(asked, person ?? { nik: '', name: '' }, added), ...register }
}

const MEANING: Record<Exclude<Answer['said'], 'found'>, Outcome> = {
  not_found: 'nik_tidak_ditemukan', deceased: 'meninggal', duplicate: 'ganda', not_online: 'belum_online', trouble: 'gangguan',
}

const WORDS: Record<Exclude<Answer['said'], 'found'>, string> = {
  not_found: 'NIK ini tidak ada di Dukcapil. Lihat lagi angkanya pada KTP atau KK.',
  deceased: 'Dukcapil mencatat orang ini sudah meninggal. Laporkan kematiannya, atau minta perbaikan di Dukcapil bila keliru.',
  duplicate: 'Dukcapil mencatat NIK ini ganda. Orangnya perlu mengurusnya di Dinas Dukcapil.',
  not_online: 'NIK belum masuk pusat data Dukcapil (belum online). Akan ditanyakan lagi; ini bukan tidak padan.',
  trouble: 'Layanan Dukcapil sedang terganggu. Akan dicoba lagi; hasil sebelumnya tetap berlaku.',
}

function compare(asked: Asked, person: RegisterPerson, added: string[]) {
  const score = scoreOf(asked.name, person.name)
  const differences = differencesOf(asked, person)
  if (score < LIKE_ENOUGH) {
    return { outcome: 'tidak_padan_nama' as const, score, reasons: [`Nama hanya mirip ${score}%, paling sedikit ${LIKE_ENOUGH}%. Periksa apakah NIK ini milik orang lain.`, ...differences, ...added] }
  }
  const name = plainName(asked.name) === plainName(person.name) ? 'Nama sama.' : `Nama mirip ${score}%.`
  if (person.kkNumber && asked.kkNumber && person.kkNumber !== asked.kkNumber) {
    return { outcome: 'kk_berbeda' as const, score, reasons: [`${name} Nomor KK di Dukcapil lain: mungkin sudah pindah atau pecah KK. Lihat KK yang terbaru.`, ...differences, ...added] }
  }
  return { outcome: 'padan' as const, score, reasons: [name, ...differences, ...added] }
}

// Neither decides the outcome: both are often corrected in one place and not yet in the other.
function differencesOf(asked: Asked, person: RegisterPerson): string[] {
  const born = asked.birthDate && person.birthDate && asked.birthDate !== person.birthDate
  const sex = asked.sex && person.sex && asked.sex !== person.sex
  return [...(born ? ['Tanggal lahir berbeda dengan Dukcapil.'] : []), ...(sex ? ['Jenis kelamin berbeda dengan Dukcapil.'] : [])]
}

// The outcomes that keep a person out, each with the sentence said of it.
export const FAILING = ['tidak_padan_nama', 'nik_tidak_ditemukan', 'meninggal', 'ganda'] as const satisfies readonly Outcome[]
export type Failing = typeof FAILING[number]
export const isFailing = (outcome: Outcome): outcome is Failing => (FAILING as readonly Outcome[]).includes(outcome)

export const FAILURE_WORDS: Record<Failing, string> = {
  tidak_padan_nama: 'nama tidak padan dengan Dukcapil.',
  nik_tidak_ditemukan: 'NIK tidak ditemukan di Dukcapil.',
  meninggal: 'tercatat meninggal di Dukcapil.',
  ganda: 'NIK tercatat ganda di Dukcapil.',
}
