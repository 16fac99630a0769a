import { Hono, type Context } from 'hono'
import { attempt, changed, page, type Deps, type Env } from '#app/http.tsx'
import { nationState } from '#app/national/state.ts'
import { confirmClock } from '#app/operation/clock.ts'
import { askForBackup, operationView, warningsFor } from '#app/operation/view.ts'
import type { Problem } from '#app/problems.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { OperationPage, OperationState } from '#views/operation/operation.tsx'

export const operationRoutes = (deps: Deps) => new Hono<Env>()
  .get('/', (c) => operationPage(c, deps))

  .post('/backup', may('operation.read'), (c) => {
    transact(deps.db, c.var.actor, (tx) => askForBackup(tx, deps))
    return changed(c, '/operation', { message: 'Pencadangan dimulai. Hasilnya tampil di halaman ini.' })
  })

  .post('/clock', may('operation.read'), async (c) => {
    const typed = String((await c.req.parseBody()).day ?? '')
    const { problem } = await attempt(() => transact(deps.db, c.var.actor, (tx) => confirmClock(tx, typed)))
    if (problem) return operationPage(c, deps, { typed, problem })
    return changed(c, '/operation', { message: 'Jam server dipastikan benar. Penghapusan menurut masa simpan berjalan lagi.' })
  })

async function operationPage(c: Context<Env>, deps: Deps, refused?: { typed: string, problem: Problem }) {
  const now = new Date()
  const view = operationView(deps, c.var.actor, now)
  const [warnings, state] = await Promise.all([warningsFor(deps, c.var.actor, now), deps.nation && nationState(deps.nation)])
  const nation = state && { state, isBackedUp: deps.backup?.nation ?? false }
  const shown = { view, warnings, nation }
  return page(c, 'Operasi', () => <OperationPage {...shown} {...refused} />, { part: () => <OperationState {...shown} />, wide: true, status: refused?.problem.status })
}
