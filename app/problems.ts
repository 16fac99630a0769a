// Every failure a user may see. Anything else that is thrown is a bug and becomes a 500.
const STATUS = {
  invalid: 422, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409,
  too_large: 413, unsupported: 415, too_many: 429, full: 507,
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

export const notFound = (what: string) => new Problem('not_found', `${what} tidak ditemukan.`)
export const forbidden = (message = 'Anda tidak berwenang melakukan tindakan ini.') => new Problem('forbidden', message)
export const conflict = (message: string) => new Problem('conflict', message)
export const invalid = (fields: Record<string, string>, message = 'Periksa kembali isian berikut.') =>
  new Problem('invalid', message, fields)
