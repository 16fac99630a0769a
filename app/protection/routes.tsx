import { Hono } from 'hono'
import { page, type Deps, type Env } from '#app/http.tsx'
import { lastRun } from '#app/operation/works.ts'
import { countCases } from '#app/protection/cases.ts'
import { listBreaches } from '#app/protection/breaches.ts'
import { encryptionOf, listActivities, listLeaving } from '#app/protection/register.ts'
import { viewRetention } from '#app/protection/retention.ts'
import { LEAST_DAYS } from '#app/protection/rule-setting.ts'
import { settingRoutes } from '#app/protection/setting-routes.tsx'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { OverviewPage } from '#views/protection/overview.tsx'
import { RegisterPaper } from '#views/protection/register.tsx'
import { RetentionPage } from '#views/protection/retention.tsx'

// What protects the people in the register (UU 27/2022), in one place.
export const protectionRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('protection.read'))
  .get('/', (c) => {
    const { actor } = c.var
    const now = new Date().toISOString()
    const open = listBreaches(db, actor).rows.filter(({ status }) => status === 'open')
    const counts = can(actor, 'subject_case.read') ? countCases(db, actor, now) : undefined
    return page(c, 'Pelindungan data', <OverviewPage keyId={encryptionOf(db)} breaches={open} counts={counts} leaving={listLeaving(db, actor)} now={now} />)
  })
  .get('/retention', (c) => page(c, 'Masa simpan data', <RetentionPage {...viewRetention(db, c.var.actor)} job={lastRun(db, 'retention')} settable={can(c.var.actor, 'protection.configure') ? Object.keys(LEAST_DAYS) : []} />))
  .get('/register', (c) => page(c, 'Catatan pemrosesan', <RegisterPaper activities={listActivities(db, c.var.actor)} isLocked={encryptionOf(db) !== undefined} today={new Date().toISOString()} mayChange={can(c.var.actor, 'protection.configure')} />))
  .route('/', settingRoutes(db))
