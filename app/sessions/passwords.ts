import { hash, verify } from '@node-rs/argon2'
import { isGuessedFirst } from '#app/sessions/guessed-passwords.ts'

// argon2id, OWASP's second setting (19 MiB, 2 passes, 1 lane).
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// Verified against when the name is unknown, so that the answer takes as long as for a known one.
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$Ucf6DLz3HdKeRc5SahuGBg$zOgl3MvVNoBklK5NtMrP+sjmTtCeBhMwUJ5nEsZ0NZE'

export const MIN_PASSWORD = 12

// One keyboard writes é as one sign, another as two: both are the same password.
const asTyped = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string) => hash(asTyped(password), SETTINGS)
export const verifyPassword = (passwordHash: string | undefined, password: string) =>
  verify(passwordHash ?? NOBODY, asTyped(password)).then((matches) => matches && passwordHash !== undefined, () => false)

type Whose = { username: string, name: string }

// Length, and nothing that is guessed first (NIST SP 800-63B): no rule of which signs it must hold. Undefined when it is good.
export function weaknessOf(password: string, { username, name }: Whose): string | undefined {
  if ([...asTyped(password)].length < MIN_PASSWORD) return `Kata sandi baru sedikitnya ${MIN_PASSWORD} huruf atau angka.`
  if (holds(password, username)) return 'Jangan pakai nama pengguna Anda di dalam kata sandi.'
  if (holds(password, name)) return 'Jangan pakai nama Anda sendiri di dalam kata sandi.'
  if (isGuessedFirst(password)) return 'Kata sandi ini terlalu mudah ditebak. Rangkai beberapa kata yang tidak berhubungan.'
  return undefined
}

const holds = (password: string, word: string) => lettersOf(word).length >= 4 && lettersOf(password).includes(lettersOf(word))
const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
