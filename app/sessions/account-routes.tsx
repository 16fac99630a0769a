import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { abandonFactor, beginFactor, confirmFactor, factorOf, hasFactor, proveFactor, removeFactor, renewRecoveryCodes } from '#app/sessions/factors.ts'
import { listSessions, revokeOtherSessions, revokeSession } from '#app/sessions/own-sessions.ts'
import { giveToken } from '#app/sessions/require-actor.ts'
import { rotateSession } from '#app/sessions/sessions.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { transact } from '#db/transaction.ts'
import { AccountPage } from '#views/sessions/account.tsx'
import { FactorPage, RecoveryCodesPage } from '#views/sessions/factor.tsx'

const Code = z.object({ code: z.string().trim().max(40).default('') })

// One's own account: the second factor, and where it is signed in. The password has a page of its own.
export const accountRoutes = ({ db, origin }: Deps) => new Hono<Env>()
  .get('/', (c) => page(c, 'Akun saya',
    <AccountPage actor={c.var.actor} factor={factorOf(db, c.var.actor)} sessions={listSessions(db, c.var.actor, c.var.session!)} now={new Date().toISOString()} />))

  .get('/factor', (c) => page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(db, c.var.actor)} />))

  // A first key is for the asking; another one only for whoever shows the present one.
  .post('/factor/key', async (c) => {
    const { code } = await readForm(c, Code)
    const { problem } = await attempt(async () => void (hasFactor(db, c.var.actor.id) && await proveFactor(db, c.var.actor, code)))
    if (problem) return page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(db, c.var.actor)} problem={problem} asked="key" />, { status: problem.status })
    transact(db, c.var.actor, beginFactor)
    return changed(c, '/account/factor')
  })

  .post('/factor/key/abandonment', (c) => {
    transact(db, c.var.actor, abandonFactor)
    return changed(c, '/account/factor', { message: 'Pemasangan dibatalkan.' })
  })

  .post('/factor', async (c) => {
    const { code } = await readForm(c, Code)
    const { value: codes, problem } = await attempt(() => confirmFactor(db, c.var.actor, code))
    if (problem) return page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(db, c.var.actor)} problem={problem} asked="first" />, { status: problem.status })
    const { session } = c.var
    transact(db, c.var.actor, (tx) => revokeOtherSessions(tx, session!))
    giveToken(c, rotateSession(db, session!, session!.confirmedAt), { origin })
    return page(c, 'Kode pemulihan', <RecoveryCodesPage codes={codes} username={factorOf(db, c.var.actor).username} isFirst />)
  })

  .post('/factor/removal', freshSignIn('ownFactor'), async (c) => {
    const { code } = await readForm(c, Code)
    const { problem } = await attempt(() => proveFactor(db, c.var.actor, code))
    if (problem) return page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(db, c.var.actor)} problem={problem} asked="removal" />, { status: problem.status })
    transact(db, c.var.actor, removeFactor)
    return changed(c, '/account', { message: 'Verifikasi dua langkah dilepas.' })
  })

  .post('/factor/recovery-codes', async (c) => {
    const { code } = await readForm(c, Code)
    const { problem } = await attempt(() => proveFactor(db, c.var.actor, code))
    if (problem) return page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(db, c.var.actor)} problem={problem} asked="codes" />, { status: problem.status })
    const codes = await renewRecoveryCodes(db, c.var.actor)
    return page(c, 'Kode pemulihan', <RecoveryCodesPage codes={codes} username={factorOf(db, c.var.actor).username} />)
  })

  .post('/sessions/:handle/end', (c) => {
    transact(db, c.var.actor, (tx) => revokeSession(tx, c.req.param('handle')))
    return changed(c, '/account', { message: 'Perangkat itu dikeluarkan.' })
  })

  .post('/other-sessions/end', (c) => {
    const count = transact(db, c.var.actor, (tx) => revokeOtherSessions(tx, c.var.session!))
    return changed(c, '/account', { message: count ? `${count} perangkat lain dikeluarkan.` : 'Tidak ada perangkat lain yang masuk.' })
  })
