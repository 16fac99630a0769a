import { Hono } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { optional } from '#app/optional.ts'
import { recordDownload } from '#app/quality/downloads.ts'
import { listReviewers, REVIEWER_SORTS, viewReviewer } from '#app/quality/reviewers.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { daysCsv, reviewersCsv } from '#views/quality/csv.ts'
import { ReviewerPage } from '#views/quality/reviewer.tsx'
import { ReviewersPage } from '#views/quality/reviewers.tsx'

const List = z.object({
  region: pickedRegion, level: optional(z.enum(['look', 'fine', 'unknown'])), sort: z.enum(REVIEWER_SORTS).catch('verdict'),
  after: optional(z.string().regex(/^.{1,120}~[\w.-]{1,64}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const cut = text.lastIndexOf('~')
    return { value: text.slice(0, cut), reviewerId: text.slice(cut + 1) }
  })),
})
const MOST_LINES = 5000

// How checkers decide: the list for the offices above them, and each one's page, which is also his own.
export const reviewerRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('quality.review'), (c) => {
    const { after, ...query } = readQuery(c, List)
    return page(c, 'Pemeriksa', <ReviewersPage {...listReviewers(db, c.var.actor, query, after)} query={query} choices={placeChoices(db, c.var.actor, query.region)} />, { wide: true })
  })

  .get('/list.csv', may('quality.review'), (c) => {
    const { after: _, ...query } = readQuery(c, List)
    const { rows } = listReviewers(db, c.var.actor, query, undefined, MOST_LINES)
    transact(db, c.var.actor, (tx) => recordDownload(tx, 'pemeriksa', query))
    return c.body(reviewersCsv(rows), 200, asCsv('pemeriksa.csv'))
  })

  .get('/mine', may('visit.check', 'visit.verify'), (c) => c.redirect(`/reviewers/${c.var.actor.id}`, 303))

  .get('/:id', may('quality.review', 'visit.check', 'visit.verify'), (c) => {
    const view = viewReviewer(db, c.var.actor, c.req.param('id'))
    return page(c, view.isOwn ? 'Pemeriksaan saya' : view.reviewer.name, <ReviewerPage view={view} />, { wide: true })
  })

  .get('/:id/days.csv', may('quality.review', 'visit.check', 'visit.verify'), (c) => {
    const { reviewer, days } = viewReviewer(db, c.var.actor, c.req.param('id'))
    transact(db, c.var.actor, (tx) => recordDownload(tx, 'hari-periksa', { reviewer: reviewer.id }))
    return c.body(daysCsv(days), 200, asCsv('hari-periksa.csv'))
  })
