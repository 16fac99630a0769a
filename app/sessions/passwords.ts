import { hash, verify } from '@node-rs/argon2'

// argon2id, OWASP's second setting (19 MiB, 2 passes, 1 lane).
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// Verified against when the name is unknown, so that the answer takes as long as for a known one.
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$Ucf6DLz3HdKeRc5SahuGBg$zOgl3MvVNoBklK5NtMrP+sjmTtCeBhMwUJ5nEsZ0NZE'

export const MIN_PASSWORD = 10

export const hashPassword = (password: string) => hash(password, SETTINGS)
export const verifyPassword = (passwordHash: string | undefined, password: string) =>
  verify(passwordHash ?? NOBODY, password).then((matches) => matches && passwordHash !== undefined, () => false)
