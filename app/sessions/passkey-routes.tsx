import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { waysOf } from '#app/sessions/factors.ts'
import { nextPath } from '#app/sessions/next-path.ts'
import { challenged, challengeOf, demandSite, usedKey } from '#app/sessions/passkey-form.ts'
import { askForKey } from '#app/sessions/passkey-proof.ts'
import { completeByPasskey, confirmByPasskey, signInByPasskey } from '#app/sessions/passkey-sign-in.ts'
import { giveToken, halfSignedIn, requireActor } from '#app/sessions/require-actor.ts'
import { PURPOSES } from '#app/sessions/step-up.ts'
import { CodePage } from '#views/sessions/code.tsx'
import { ConfirmationPage } from '#views/sessions/confirmation.tsx'
import { SignInPage } from '#views/sessions/sign-in.tsx'

const Answered = z.object({ response: usedKey, next: nextPath })
const Again = Answered.extend({ purpose: z.enum(PURPOSES).catch('numbers'), posted: z.literal('1').optional().catch(undefined) })

// A key of the device in the place of password and code, of the code alone, and of both asked again.
export const passkeyRoutes = (deps: Deps) => {
  const { db, origin } = deps
  return new Hono<Env>()
    .post('/passkey/challenge', async (c) =>
      challenged(c, await askForKey(db, { purpose: 'sign_in', site: demandSite(c, deps), address: c.var.address }), deps))

    .post('/passkey', async (c) => {
      const challengeId = challengeOf(c, deps)
      const { response, next } = await readForm(c, Answered)
      const { value, problem } = await attempt(() => signInByPasskey(db, { site: demandSite(c, deps), challengeId, response, address: c.var.address, userAgent: c.req.header('User-Agent') ?? '' }))
      if (problem) return page(c, 'Masuk', <SignInPage next={next} passkeys problem={problem} />, { status: problem.status })
      giveToken(c, value, { origin })
      return c.redirect(next, 303)
    })

    .post('/code/passkey/challenge', async (c) => {
      const half = await halfSignedIn(c, db)
      if (!half) throw invalid({}, 'Waktu untuk kode sudah habis. Masuk lagi dengan kata sandi.')
      return challenged(c, await askForKey(db, { purpose: 'code', userId: half.actor.id, site: demandSite(c, deps), address: c.var.address }), deps)
    })

    .post('/code/passkey', async (c) => {
      const half = await halfSignedIn(c, db)
      if (!half) return c.redirect('/session', 303)
      const challengeId = challengeOf(c, deps)
      const { response, next } = await readForm(c, Answered)
      const { value, problem } = await attempt(() => completeByPasskey(db, half, { site: demandSite(c, deps), challengeId, response, address: c.var.address }))
      if (problem) return page(c, 'Kode verifikasi', <CodePage next={next} ways={waysOf(db, half.actor.id)} passkeys problem={problem} />, { status: problem.status })
      giveToken(c, value, { origin })
      return c.redirect(next, 303)
    })

    .post('/confirmation/passkey/challenge', requireActor, async (c) =>
      challenged(c, await askForKey(db, { purpose: 'again', userId: c.var.actor.id, site: demandSite(c, deps), address: c.var.address }), deps))

    .post('/confirmation/passkey', requireActor, async (c) => {
      const { actor, session } = c.var
      const challengeId = challengeOf(c, deps)
      const { response, ...asked } = await readForm(c, Again)
      const { value, problem } = await attempt(() => confirmByPasskey(db, { actor, session: session! }, { site: demandSite(c, deps), challengeId, response, address: c.var.address, purpose: asked.purpose }))
      if (problem) return page(c, 'Masuk ulang', <ConfirmationPage {...asked} ways={waysOf(db, actor.id)} passkeys problem={problem} />, { status: problem.status })
      giveToken(c, value, { origin })
      return c.redirect(asked.next, 303)
    })
}
