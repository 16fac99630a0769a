// Every failure a user may see. Anything else that is thrown is a bug and becomes a 500.
const STATUS = {
  invalid: 422, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409,
  too_large: 413, unsupported: 415, no_length: 411, too_many: 429, full: 507, unavailable: 503,
  // Of a phone: its user was refused on this device; the session is another's than the outbox.
  revoked: 403, wrong_user: 409,
} as const

export type ProblemCode = keyof typeof STATUS

export class Problem extends Error {
  readonly code: ProblemCode
  readonly fields: Record<string, string>

  constructor(code: ProblemCode, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.code = code
    this.fields = fields
  }

  get status() {
    return STATUS[this.code]
  }
}

// Signed in, but not within the last minutes; `purpose` says for what it is asked again (sessions/step-up.ts).
export class StaleSignIn extends Problem {
  readonly purpose: string

  constructor(purpose: string) {
    super('unauthenticated', 'Masuk ulang dahulu untuk melanjutkan. Isian Anda belum tersimpan.')
    this.purpose = purpose
  }
}

export const notFound = (what: string) => new Problem('not_found', `${what} tidak ditemukan.`)
export const forbidden = (message = 'Anda tidak berwenang melakukan tindakan ini.') => new Problem('forbidden', message)
export const conflict = (message: string) => new Problem('conflict', message)
export const invalid = (fields: Record<string, string>, message = 'Periksa kembali isian berikut.') =>
  new Problem('invalid', message, fields)

// What the system and SQLite call a disk that takes no more.
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_SHMMAP'])

// A full disk in the user's words; anything else as it is.
export const asFull = (error: unknown) => NO_ROOM.has((error as { code?: string } | undefined)?.code ?? '')
  ? new Problem('full', 'Penyimpanan server penuh, jadi ini belum tersimpan. Data Anda tetap ada pada Anda; kirim lagi nanti. Beri tahu admin sistem.') : error
