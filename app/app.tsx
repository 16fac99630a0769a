import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { accessRoutes } from '#app/access/routes.tsx'
import { importRoutes } from '#app/assignments/import-routes.tsx'
import { announcementRoutes } from '#app/announcements/routes.tsx'
import { prelistRoutes } from '#app/assignments/routes.tsx'
import { auditRoutes } from '#app/audit/routes.tsx'
import { pairRoutes, revisitRoutes } from '#app/backchecks/revisit-routes.tsx'
import { backcheckRoutes } from '#app/backchecks/routes.tsx'
import { limitBodies } from '#app/body-limits.ts'
import { changeRoutes } from '#app/changes/routes.tsx'
import { complianceRoutes } from '#app/compliance/routes.tsx'
import { crosscheckRoutes } from '#app/crosschecks/routes.tsx'
import { heldRoutes } from '#app/deliveries/held-routes.tsx'
import { deliveryRoutes } from '#app/deliveries/routes.ts'
import { duplicateRoutes } from '#app/duplicates/routes.tsx'
import { exchangeRoutes } from '#app/exchange/routes.tsx'
import { dtsenRoutes } from '#app/dtsen/routes.tsx'
import { dashboardRoutes } from '#app/dashboards/routes.tsx'
import { deviceRoutes } from '#app/devices/routes.tsx'
import { eligibilityRoutes } from '#app/eligibility/routes.tsx'
import { exportRoutes } from '#app/exports/routes.tsx'
import { bulkRoutes } from '#app/bulk/routes.tsx'
import { fieldRoutes } from '#app/field/server-routes.tsx'
import { finderRoutes } from '#app/finder/routes.tsx'
import { filterRoutes } from '#app/filters/routes.tsx'
import { fileRoutes } from '#app/files/routes.tsx'
import { signedOnly, signing } from '#app/files/signed.ts'
import { headers, staticHeaders } from '#app/headers.ts'
import { homeRoutes } from '#app/home/routes.tsx'
import { householdRoutes } from '#app/households/routes.tsx'
import { showProblem, type Deps, type Env } from '#app/http.tsx'
import { localRoutes } from '#app/local/routes.tsx'
import { answerRoutes } from '#app/matching/answer-routes.tsx'
import { mapRoutes } from '#app/map/routes.tsx'
import { matchingRoutes } from '#app/matching/routes.tsx'
import { intakeRoutes } from '#app/intake/routes.tsx'
import { integrityRoutes } from '#app/integrity/routes.tsx'
import { countInMenu } from '#app/menu-counts.ts'
import { monitoringRoutes } from '#app/monitoring/routes.tsx'
import { inboxRoutes } from '#app/national/inbox-routes.ts'
import { nationalRoutes } from '#app/national/routes.tsx'
import { musdesRoutes } from '#app/musdes/routes.tsx'
import { devicePages, workerRoutes } from '#app/offline/server-routes.tsx'
import { pkhRoutes } from '#app/pkh/routes.tsx'
import { periodRoutes } from '#app/periods/routes.tsx'
import { packRoutes } from '#app/packs/routes.ts'
import { paymentRoutes } from '#app/payments/routes.tsx'
import { pictureRoutes } from '#app/pictures/routes.tsx'
import { programmeRoutes } from '#app/programmes/routes.tsx'
import { pbiRoutes } from '#app/pbi/routes.tsx'
import { ppksRoutes } from '#app/ppks/routes.tsx'
import { psksRoutes } from '#app/psks/routes.tsx'
import { guideRoutes } from '#app/guide/routes.tsx'
import { monthlyRoutes } from '#app/monthly/routes.tsx'
import { operationRoutes } from '#app/operation/routes.tsx'
import { probeRoutes } from '#app/operation/probe-routes.ts'
import { notFound } from '#app/problems.ts'
import { protectionRoutes } from '#app/protection/routes.tsx'
import { breachRoutes } from '#app/protection/breach-routes.tsx'
import { caseRoutes } from '#app/protection/case-routes.tsx'
import { reviewerRoutes } from '#app/quality/reviewer-routes.tsx'
import { officerRoutes } from '#app/quality/routes.tsx'
import { householdLookupRoutes } from '#app/proposals/lookup-routes.tsx'
import { reasonRoutes } from '#app/proposals/reason-routes.tsx'
import { proposalRoutes } from '#app/proposals/routes.tsx'
import { batchRoutes } from '#app/ratification/routes.tsx'
import { numberRoutes } from '#app/numbers/routes.tsx'
import { certificateCheckRoutes, certificateRoutes } from '#app/certificates/routes.tsx'
import { lookupRoutes } from '#app/public/routes.tsx'
import { citizenReportRoutes } from '#app/public/report-routes.tsx'
import { regionRoutes } from '#app/regions/routes.tsx'
import { reportFileRoutes, reportRoutes } from '#app/reports/routes.tsx'
import { reportSettingsRoutes } from '#app/reports/settings-routes.tsx'
import { rescueRoutes } from '#app/rescue/routes.tsx'
import { reviewRoutes } from '#app/reviews/routes.tsx'
import { roundRoutes } from '#app/rounds/routes.tsx'
import { clientAddress, keepNothing, runNothing, sameOrigin } from '#app/security.ts'
import { knowActor, requireActor, requireReadiness } from '#app/sessions/require-actor.ts'
import { accountRoutes } from '#app/sessions/account-routes.tsx'
import { sessionRoutes } from '#app/sessions/routes.tsx'
import { taskRoutes } from '#app/tasks/routes.tsx'
import { passwordRoutes } from '#app/users/password-routes.tsx'
import { userRoutes } from '#app/users/routes.tsx'
import { watching } from '#app/watching.ts'

// The table of contents: everything the product answers to.
export function createApp(deps: Deps) {
  const { nation } = deps
  const app = new Hono<Env>()
  app.onError(showProblem)
  app.notFound((c) => showProblem(notFound('Halaman'), c))
  app.use(watching(deps))
  app.route('/worker.js', workerRoutes())
  app.use('/static/*', staticHeaders, serveStatic({
    root: '.build', precompressed: true,
    onFound: (_path, c) => c.header('Cache-Control', c.req.query('v') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  }))
  app.use(headers(deps), clientAddress(deps), limitBodies, sameOrigin(deps), keepNothing)
  app.route('/', probeRoutes(deps))
  app.use(knowActor(deps.db))
  if (nation) app.use(async (c, next) => { c.set('isNation', true); await next() })
  app.route('/session', sessionRoutes(deps))
  app.route('/cek/surat', certificateCheckRoutes(deps))
  app.route('/cek', lookupRoutes(deps))
  app.route('/lapor', citizenReportRoutes(deps))
  if (nation) app.route('/national/inbox', inboxRoutes({ nation, db: deps.db, dataDirectory: deps.dataDirectory }))
  app.use(requireActor, requireReadiness, countInMenu(deps.db), signing)
  app.route('/', homeRoutes(deps))
  app.route('/field/device', devicePages())
  app.route('/field', fieldRoutes(deps))
  app.route('/deliveries', heldRoutes(deps))
  app.route('/deliveries', deliveryRoutes(deps))
  app.route('/devices', deviceRoutes(deps))
  app.route('/packs', packRoutes(deps))
  app.route('/musdes', musdesRoutes(deps))
  app.route('/reviews', reviewRoutes(deps))
  app.route('/reports/settings', reportSettingsRoutes(deps))
  app.route('/reports', reportRoutes(deps))
  app.route('/prelist', prelistRoutes(deps))
  app.route('/imports', importRoutes(deps))
  app.route('/exchange', exchangeRoutes(deps))
  app.route('/proposals/lookup', householdLookupRoutes(deps))
  app.route('/proposals', proposalRoutes(deps))
  app.route('/reasons', reasonRoutes(deps))
  app.route('/batches', batchRoutes(deps))
  if (nation) app.route('/national', nationalRoutes({ ...deps, nation }))
  app.route('/periods', periodRoutes(deps))
  app.route('/crosschecks', crosscheckRoutes(deps))
  app.route('/programmes/pictures', pictureRoutes(deps))
  app.route('/programmes', programmeRoutes(deps))
  app.route('/households', householdRoutes(deps))
  app.route('/integrity', integrityRoutes(deps))
  app.route('/duplicates', duplicateRoutes(deps))
  app.route('/households', changeRoutes(deps))
  app.route('/dashboards', dashboardRoutes(deps))
  app.route('/map', mapRoutes(deps))
  app.route('/backchecks/mine', revisitRoutes(deps))
  app.route('/backchecks/visits', pairRoutes(deps))
  app.route('/backchecks', backcheckRoutes(deps))
  app.route('/monitoring', monitoringRoutes(deps))
  app.route('/tasks', taskRoutes(deps))
  app.route('/matching/answers', answerRoutes(deps))
  app.route('/matching', matchingRoutes(deps))
  app.route('/rescue', rescueRoutes(deps))
  app.route('/pbi', pbiRoutes(deps))
  app.route('/ppks', ppksRoutes(deps))
  app.route('/psks', psksRoutes(deps))
  app.route('/guide', guideRoutes())
  app.route('/monthly', monthlyRoutes(deps))
  app.route('/certificates', certificateRoutes(deps))
  app.route('/numbers', numberRoutes(deps))
  app.route('/dtsen', dtsenRoutes(deps))
  app.route('/payments', paymentRoutes(deps))
  app.route('/local', localRoutes(deps))
  app.route('/announcements', announcementRoutes(deps))
  app.route('/intake', intakeRoutes(deps))
  app.route('/eligibility', eligibilityRoutes(deps))
  app.route('/rounds', roundRoutes(deps))
  app.route('/pkh', pkhRoutes(deps))
  app.use('/files/*', signedOnly)
  app.use('/files/*', runNothing)
  app.route('/files/reports', reportFileRoutes(deps))
  app.route('/files', fileRoutes(deps))
  app.route('/exports', exportRoutes(deps))
  app.route('/protection/breaches', breachRoutes(deps))
  app.route('/protection/cases', caseRoutes(deps))
  app.route('/protection', protectionRoutes(deps))
  app.route('/finder', finderRoutes(deps))
  app.route('/bulk', bulkRoutes(deps))
  app.route('/filters', filterRoutes(deps))
  app.route('/officers', officerRoutes(deps))
  app.route('/reviewers', reviewerRoutes(deps))
  app.route('/users', userRoutes(deps))
  app.route('/access', accessRoutes(deps))
  app.route('/password', passwordRoutes(deps))
  app.route('/account', accountRoutes(deps))
  app.route('/regions', regionRoutes(deps))
  app.route('/operation', operationRoutes(deps))
  app.route('/audit', auditRoutes(deps))
  app.route('/compliance', complianceRoutes())
  return app
}
