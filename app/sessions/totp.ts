import { Secret, TOTP } from 'otpauth'
import encodeQR from 'qr'

// RFC 6238 as every authenticator knows it: SHA-1, six digits, half a minute.
const STEP_SECONDS = 30
// A phone's clock may be half a minute off, in either direction.
const TOLERATED = 1

const ISSUER = 'SIKS'
const totpOf = (secret: string, username = '') =>
  new TOTP({ issuer: ISSUER, label: username, issuerInLabel: true, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_SECONDS })

export const makeSecret = () => new Secret({ size: 20 }).base32

// The step whose code this is, or undefined. What it is worth depends on which steps were used before.
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: now, window: TOLERATED })
  return delta === null ? undefined : totp.counter({ timestamp: now }) + delta
}

// The latest step whose code is taken at that moment.
export const newestStep = (now: number) => Math.floor(now / 1000 / STEP_SECONDS) + TOLERATED

export const codeAt = (secret: string, now: number) => totpOf(secret).generate({ timestamp: now })

export const secondsLeft = (now: number) => STEP_SECONDS - Math.floor(now / 1000) % STEP_SECONDS

// Read by a camera, or typed four signs at a time.
export const groupsOf = (secret: string) => secret.match(/.{1,4}/g)!.join(' ')
export const squaresOf = (secret: string, username: string): boolean[][] => encodeQR(totpOf(secret, username).toString(), 'raw', { border: 4 })
