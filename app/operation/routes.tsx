import { Hono } from 'hono'
import { changed, page, type Deps, type Env } from '#app/http.tsx'
import { nationState } from '#app/national/state.ts'
import { askForBackup, operationView, warningsFor } from '#app/operation/view.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { OperationPage, OperationState } from '#views/operation/operation.tsx'

export const operationRoutes = (deps: Deps) => new Hono<Env>()
  .get('/', async (c) => {
    const now = new Date()
    const view = operationView(deps, c.var.actor, now)
    const [warnings, state] = await Promise.all([warningsFor(deps, c.var.actor, now), deps.nation && nationState(deps.nation)])
    const nation = state && { state, isBackedUp: deps.backup?.nation ?? false }
    const shown = { view, warnings, nation }
    return page(c, 'Operasi', () => <OperationPage {...shown} />, { part: () => <OperationState {...shown} />, wide: true })
  })

  .post('/backup', may('operation.read'), (c) => {
    transact(deps.db, c.var.actor, (tx) => askForBackup(tx, deps))
    return changed(c, '/operation', { message: 'Pencadangan dimulai. Hasilnya tampil di halaman ini.' })
  })
