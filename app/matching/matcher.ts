// What stands between us and the population register (Dukcapil). An adapter answers for people it is asked about; what the
// answer means is decided by one judge (judging.ts), whoever answered.
export const OUTCOMES = ['padan', 'tidak_padan_nama', 'nik_tidak_ditemukan', 'kk_berbeda', 'meninggal', 'ganda', 'belum_online', 'gangguan'] as const
export type Outcome = typeof OUTCOMES[number]

// tries: how often this person has been asked in vain before.
export type Question = { nik: string, kkNumber: string | null, name: string, sex: number | null, birthDate: string | null, tries: number }

// Who the register says has this NIK, in the words of its own columns (NAMA_LGKP, NO_KK, ...).
export type RegisterPerson = { nik: string, name: string, kkNumber?: string, relation?: string, birthPlace?: string, birthDate?: string, sex?: 1 | 2 }

// found: a living person has this NIK. Everything else is the register's own word; person where it names one all the same.
export type Answer = {
  said: 'found' | 'not_found' | 'deceased' | 'duplicate' | 'not_online' | 'trouble', person?: RegisterPerson, note?: string
}

// As many answers as questions, in their order. undefined: nothing is said of this one, so it goes on waiting. Only a matcher
// of files leaves anything out; a live one that cannot answer says "trouble".
export interface DukcapilMatcher {
  ask(questions: readonly Question[]): Promise<(Answer | undefined)[]>
}
