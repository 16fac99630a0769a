import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { waysOf } from '#app/sessions/factors.ts'
import { readMarks, rememberBrowser } from '#app/sessions/known-browsers.ts'
import { nextPath as next } from '#app/sessions/next-path.ts'
import { siteHere } from '#app/sessions/passkey-form.ts'
import { passkeyRoutes } from '#app/sessions/passkey-routes.tsx'
import { dropToken, giveToken, halfSignedIn, readToken, requireActor } from '#app/sessions/require-actor.ts'
import { endSession } from '#app/sessions/sessions.ts'
import { completeSignIn, signIn, signInAgain } from '#app/sessions/sign-in.ts'
import { PURPOSES } from '#app/sessions/step-up.ts'
import { CodePage } from '#views/sessions/code.tsx'
import { ConfirmationPage } from '#views/sessions/confirmation.tsx'
import { SignInPage } from '#views/sessions/sign-in.tsx'

const SignInForm = z.object({
  username: z.string().trim().min(1, 'Isi nama pengguna.').max(100),
  password: z.string().min(1, 'Isi kata sandi.').max(200),
})
// What the form shows again when it is refused: never the password.
const Typed = z.object({ username: z.string().trim().max(100).catch(''), next })
const Next = z.object({ next })
const CodeForm = z.object({ code: z.string().trim().min(1, 'Isi kodenya.').max(40), next })
const Asked = z.object({ purpose: z.enum(PURPOSES).catch('numbers'), next, posted: z.literal('1').optional().catch(undefined) })
const Again = Asked.extend({ current: z.string().min(1, 'Isi kata sandi.').max(200), code: z.string().trim().max(40).default('') })

export const sessionRoutes = (deps: Deps) => {
  const { db, origin } = deps
  return new Hono<Env>()
    .route('/', passkeyRoutes(deps))
    .get('/', (c) => page(c, 'Masuk', <SignInPage next={c.req.query('next') ?? '/'} passkeys={siteHere(c, deps) !== undefined} />))

    .post('/', async (c) => {
      const { username, next } = await readForm(c, Typed)
      const { value, problem } = await attempt(async () => signIn(db, { ...await readForm(c, SignInForm), userAgent: c.req.header('User-Agent') ?? '', address: c.var.address, marks: readMarks(c) }))
      if (problem) return page(c, 'Masuk', <SignInPage next={next} username={username} passkeys={siteHere(c, deps) !== undefined} problem={problem} />, { status: problem.status })
      giveToken(c, value.token, { origin })
      if (!value.awaitsCode) rememberBrowser(c, db, value.userId, { origin })
      return c.redirect(value.awaitsCode ? `/session/code?${new URLSearchParams({ next })}` : next, 303)
    })

    .get('/code', async (c) => {
      const half = await halfSignedIn(c, db)
      return half ? page(c, 'Kode verifikasi', <CodePage next={readQuery(c, Next).next} ways={waysOf(db, half.actor.id)} passkeys={siteHere(c, deps) !== undefined} />) : c.redirect('/session', 303)
    })

    .post('/code', async (c) => {
      const half = await halfSignedIn(c, db)
      if (!half) return c.redirect('/session', 303)
      const { code, next } = await readForm(c, CodeForm)
      const { value, problem } = await attempt(() => completeSignIn(db, half, code, c.var.address))
      if (problem) return page(c, 'Kode verifikasi', <CodePage next={next} ways={waysOf(db, half.actor.id)} passkeys={siteHere(c, deps) !== undefined} problem={problem} />, { status: problem.status })
      giveToken(c, value.token, { origin })
      rememberBrowser(c, db, half.actor.id, { origin })
      return c.redirect(value.left === undefined ? next : '/account', 303)
    })

    .get('/confirmation', requireActor, (c) =>
      page(c, 'Masuk ulang', <ConfirmationPage {...readQuery(c, Asked)} ways={waysOf(db, c.var.actor.id)} passkeys={siteHere(c, deps) !== undefined} />))

    .post('/confirmation', requireActor, async (c) => {
      const { current, code, ...asked } = await readForm(c, Again)
      const { value: token, problem } = await attempt(() => signInAgain(db, c.var.actor, c.var.session!, { password: current, code, purpose: asked.purpose }))
      if (problem) return page(c, 'Masuk ulang', <ConfirmationPage {...asked} ways={waysOf(db, c.var.actor.id)} passkeys={siteHere(c, deps) !== undefined} problem={problem} />, { status: problem.status })
      giveToken(c, token, { origin })
      return c.redirect(asked.next, 303)
    })

    .post('/end', async (c) => {
      const token = readToken(c)
      if (token) await endSession(db, token)
      dropToken(c)
      return c.redirect('/session', 303)
    })
}
