import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { conflict, StaleSignIn, type Problem } from '#app/problems.ts'
import { abandonFactor, beginFactor, confirmFactor, factorOf, proveFactor, removeFactor, renewRecoveryCodes, waysOf } from '#app/sessions/factors.ts'
import { listSessions, revokeOtherSessions, revokeSession } from '#app/sessions/own-sessions.ts'
import { passkeyAccountRoutes } from '#app/sessions/passkey-account-routes.tsx'
import { keyProps } from '#app/sessions/passkey-form.ts'
import { giveToken } from '#app/sessions/require-actor.ts'
import { rotateSession } from '#app/sessions/sessions.ts'
import { demandFresh, freshSignIn } from '#app/sessions/step-up.ts'
import { transact } from '#db/transaction.ts'
import { AccountPage } from '#views/sessions/account.tsx'
import { FactorPage, RecoveryCodesPage } from '#views/sessions/factor.tsx'

const Code = z.object({ code: z.string().trim().max(40).default('') })

// One's own account: the second factor, and where it is signed in. The password has a page of its own.
export const accountRoutes = (deps: Deps) => {
  const { db, origin } = deps
  return new Hono<Env>()
    .route('/factor/passkeys', passkeyAccountRoutes(deps))
    .get('/', (c) => page(c, 'Akun saya',
      <AccountPage actor={c.var.actor} factor={factorOf(db, c.var.actor)} sessions={listSessions(db, c.var.actor, c.var.session!)} {...keyProps(c, deps)} />))

    .get('/factor', (c) => show(c, deps))

    // A first key is for the asking; another one only for whoever shows the present one.
    .post('/factor/key', async (c) => {
      const { code } = await readForm(c, Code)
      const { problem } = await attempt(() => prove(c, deps, code))
      if (problem) return show(c, deps, problem, 'key')
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
      if (problem) return show(c, deps, problem, 'first')
      const { session } = c.var
      transact(db, c.var.actor, (tx) => revokeOtherSessions(tx, session!))
      giveToken(c, rotateSession(db, session!, session!.confirmedAt), { origin })
      return page(c, 'Kode pemulihan', <RecoveryCodesPage codes={codes} username={factorOf(db, c.var.actor).username} lead="Verifikasi dua langkah terpasang." />)
    })

    .post('/factor/removal', freshSignIn('ownFactor'), async (c) => {
      const { code } = await readForm(c, Code)
      const { problem } = await attempt(() => proveFactor(db, c.var.actor, code))
      if (problem) return show(c, deps, problem, 'removal')
      transact(db, c.var.actor, removeFactor)
      return changed(c, '/account', { message: 'Verifikasi dua langkah dilepas.' })
    })

    .post('/factor/recovery-codes', async (c) => {
      const { code } = await readForm(c, Code)
      if (!waysOf(db, c.var.actor.id).recovery) throw conflict('Pasang verifikasi dua langkah dahulu. Kode pemulihan dibuat bersamanya.')
      const { problem } = await attempt(() => prove(c, deps, code))
      if (problem) return show(c, deps, problem, 'codes')
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
}

type Ctx = Context<Env, any, any>

function show(c: Ctx, deps: Deps, problem?: Problem, asked?: 'first' | 'key' | 'codes' | 'removal') {
  if (problem instanceof StaleSignIn) throw problem
  return page(c, 'Verifikasi dua langkah', <FactorPage factor={factorOf(deps.db, c.var.actor)} {...keyProps(c, deps)} problem={problem} asked={asked} />, { status: problem?.status })
}

// Before another factor or new codes: a code where there is an authenticator; else all that belongs to signing in, a short while ago.
async function prove(c: Ctx, { db }: Deps, code: string) {
  const { totp, recovery } = waysOf(db, c.var.actor.id)
  if (totp) await proveFactor(db, c.var.actor, code)
  else if (recovery) demandFresh(c, 'ownFactor')
}
