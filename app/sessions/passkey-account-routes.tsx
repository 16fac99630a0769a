import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { factorOf, keepPasskey, removePasskey } from '#app/sessions/factors.ts'
import { revokeOtherSessions } from '#app/sessions/own-sessions.ts'
import { challenged, challengeOf, demandSite, keyProps, newKey } from '#app/sessions/passkey-form.ts'
import { askForNewKey, readNewKey } from '#app/sessions/passkey-proof.ts'
import { giveToken } from '#app/sessions/require-actor.ts'
import { rotateSession } from '#app/sessions/sessions.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { transact } from '#db/transaction.ts'
import { PasskeysPage } from '#views/sessions/passkeys.tsx'
import { RecoveryCodesPage } from '#views/sessions/factor.tsx'

const Named = z.object({ name: z.string().trim().min(1, 'Beri nama, misalnya "HP kantor".').max(60, 'Paling banyak 60 huruf.'), response: newKey })

// The keys of one's own devices. Below /account/factor, so that whoever must set up a second step first may choose one of these.
export const passkeyAccountRoutes = (deps: Deps) => {
  const { db, origin } = deps
  return new Hono<Env>()
    .get('/', (c) => page(c, 'Kunci perangkat', <PasskeysPage factor={factorOf(db, c.var.actor)} {...keyProps(c, deps)} />))

    .post('/challenge', freshSignIn('ownFactor'), async (c) =>
      challenged(c, await askForNewKey(db, c.var.actor, { site: demandSite(c, deps), address: c.var.address }), deps))

    // The first factor ends what was opened by the password alone.
    .post('/', freshSignIn('ownFactor'), async (c) => {
      const { actor, session } = c.var
      const challengeId = challengeOf(c, deps)
      const { name, response } = await readForm(c, Named)
      const { value: codes, problem } = await attempt(async () => keepPasskey(db, actor, await readNewKey(db, actor, { site: demandSite(c, deps), challengeId, response, name })))
      if (problem) return page(c, 'Kunci perangkat', <PasskeysPage factor={factorOf(db, actor)} {...keyProps(c, deps)} problem={problem} />, { status: problem.status })
      if (!codes) return changed(c, '/account', { message: `Kunci perangkat “${name}” ditambahkan.` })
      transact(db, actor, (tx) => revokeOtherSessions(tx, session!))
      giveToken(c, rotateSession(db, session!, session!.confirmedAt), { origin })
      return page(c, 'Kode pemulihan', <RecoveryCodesPage codes={codes} username={factorOf(db, actor).username} lead="Kunci perangkat terpasang." />)
    })

    .post('/:id/removal', freshSignIn('ownFactor'), (c) => {
      transact(db, c.var.actor, (tx) => removePasskey(tx, c.req.param('id')))
      return changed(c, '/account', { message: 'Kunci perangkat dihapus. Kunci itu tidak bisa dipakai masuk lagi.' })
    })
}
