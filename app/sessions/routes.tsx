import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import * as z from 'zod'
import { page, readForm, type Deps, type Env } from '#app/http.tsx'
import { COOKIE, giveToken } from '#app/sessions/require-actor.ts'
import { endSession } from '#app/sessions/sessions.ts'
import { signIn } from '#app/sessions/sign-in.ts'
import { SignInPage } from '#views/sessions/sign-in.tsx'

const SignInForm = z.object({
  username: z.string().trim().min(1, 'Isi nama pengguna.').max(100),
  password: z.string().min(1, 'Isi kata sandi.').max(200),
  // Only a path of our own: "//elsewhere" would be another site.
  next: z.string().regex(/^\/(?![/\\])/).catch('/'),
})

export const sessionRoutes = ({ db, origin }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'Masuk', <SignInPage next={c.req.query('next') ?? '/'} />))

  .post('/', async (c) => {
    const form = await readForm(c, SignInForm)
    const userAgent = c.req.header('User-Agent') ?? ''
    const token = await signIn(db, { ...form, userAgent, address: c.var.address })
    giveToken(c, token, { origin })
    return c.redirect(form.next, 303)
  })

  .post('/end', async (c) => {
    const token = getCookie(c, COOKIE)
    if (token) await endSession(db, token)
    deleteCookie(c, COOKIE, { path: '/' })
    return c.redirect('/session', 303)
  })
