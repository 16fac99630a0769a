import type { Context } from 'hono'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import * as z from 'zod'
import { dropCookie, readCookie, writeCookie } from '#app/cookies.ts'
import type { Deps, Env } from '#app/http.tsx'
import { conflict } from '#app/problems.ts'
import { CHALLENGE_SECONDS } from '#app/sessions/passkey-challenges.ts'
import { siteOf, type Site } from '#app/sessions/passkey-proof.ts'
import { signInAgainHref } from '#app/sessions/step-up.ts'
import { deviceWords } from '#app/sessions/user-agent.ts'
import type { KeyProps } from '#views/sessions/passkeys.tsx'

type Ctx = Context<Env, any, any>
type Host = Pick<Deps, 'origin'>

const COOKIE = 'siks_passkey'

// Undefined: no key works at the address that was asked.
export const siteHere = (c: Ctx, { origin }: Host): Site | undefined => siteOf(origin ?? c.req.url)

export function demandSite(c: Ctx, host: Host): Site {
  const site = siteHere(c, host)
  if (!site) throw conflict('Kunci perangkat hanya bekerja lewat alamat SIKS yang diawali https. Masuk dengan kata sandi.')
  return site
}

// What the pages with keys are drawn from: the address they work at, what to call a new one, and where to prove first who one is.
export const keyProps = (c: Ctx, host: Host): KeyProps => ({
  here: siteHere(c, host)?.rpId, device: deviceWords(c.req.header('User-Agent') ?? ''), againHref: signInAgainHref(c, 'ownFactor'), now: new Date().toISOString(),
})

// What to sign, for the script; and the browser's half of it, which no page can read.
export function challenged(c: Ctx, { id, options }: { id: string, options: unknown }, host: Host) {
  writeCookie(c, COOKIE, id, CHALLENGE_SECONDS, host)
  return c.json({ options })
}

export function challengeOf(c: Ctx, host: Host): string | undefined {
  const id = readCookie(c, COOKIE, host)
  if (id) dropCookie(c, COOKIE, host)
  return id
}

// Sent without script: a text browser shows what others keep hidden.
const UNKNOWN = 'Peramban ini belum mengenal kunci perangkat. Masuk dengan kata sandi.'
const words = z.string().max(8000)
const shaped = (response: z.ZodRawShape) => z.object({ id: words, rawId: words, type: z.literal('public-key'), response: z.object(response), clientExtensionResults: z.object({}).default({}) })
const written = z.string(UNKNOWN).min(1, UNKNOWN).max(20_000, 'Kunci ini terlalu besar.').transform((text, told) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    told.issues.push({ code: 'custom', input: text, message: 'Tekan tombol kunci perangkat sekali lagi.' })
    return z.NEVER
  }
})

// The library looks at what is in them; here they only have to be what they are called.
export const usedKey = written.pipe(shaped({ clientDataJSON: words, authenticatorData: words, signature: words, userHandle: words.optional() }))
  .transform((response) => response as unknown as AuthenticationResponseJSON)
export const newKey = written.pipe(shaped({ clientDataJSON: words, attestationObject: words, transports: z.array(z.string().max(20)).max(10).optional() }))
  .transform((response) => response as unknown as RegistrationResponseJSON)
