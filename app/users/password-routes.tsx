import { Hono } from 'hono'
import * as z from 'zod'
import { changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { hasFactor } from '#app/sessions/factors.ts'
import { rememberBrowser } from '#app/sessions/known-browsers.ts'
import { hashPassword, MIN_PASSWORD, weaknessOf } from '#app/sessions/passwords.ts'
import { giveToken } from '#app/sessions/require-actor.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { confirmPassword } from '#app/sessions/sign-in.ts'
import { changePassword, getUser } from '#app/users/users.ts'
import { transact } from '#db/transaction.ts'
import { PasswordPage } from '#views/users/password.tsx'

const PasswordForm = z.object({
  current: z.string().min(1, 'Isi kata sandi sekarang.').max(200),
  next: z.string().min(1, 'Isi kata sandi baru.').max(200),
  again: z.string().max(200),
}).refine(({ next, again }) => next === again, { path: ['again'], message: 'Tidak sama dengan kata sandi baru.' })
  .refine(({ next, current }) => next === '' || next !== current, { path: ['next'], message: 'Kata sandi baru harus lain dari yang sekarang.' })

export const passwordRoutes = ({ db, origin }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'Ganti kata sandi',
    <PasswordPage isRequired={c.var.actor.mustChangePassword ?? false} minimum={MIN_PASSWORD} />))

  .post('/', async (c) => {
    const { current, next } = await readForm(c, PasswordForm)
    const { actor } = c.var
    const weakness = weaknessOf(next, getUser(db, actor.id))
    if (weakness) throw invalid({ next: weakness })
    await confirmPassword(db, actor.id, current)
    const passwordHash = await hashPassword(next)
    transact(db, actor, (tx) => changePassword(tx, passwordHash))
    // Where there is a second factor, the password alone has not proven who it is.
    const start = { address: c.var.address, unproven: hasFactor(db, actor.id) }
    giveToken(c, await startSession(db, actor.id, c.req.header('User-Agent') ?? '', start), { origin })
    rememberBrowser(c, db, actor.id, { origin })
    return changed(c, '/', { message: 'Kata sandi diganti. Perangkat lain yang masih masuk sudah dikeluarkan.' })
  })
