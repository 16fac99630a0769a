import { regionsIn } from '#app/households/filter.ts'
import { FORMS, isJudged } from '#app/monitoring/forms.ts'
import type { SheetFilter } from '#app/monitoring/sheets.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { MONITORING_FORMS, type MonitoringFormCode } from '#db/schema/monitoring.ts'
import { statement } from '#db/statements.ts'

type Asked = { places: string, from: string, to: string, form: string }
const SHEETS = `json_each(@places) p CROSS JOIN monitoring_sheets s ON s.region_code >= p.value AND s.region_code < p.value || ':'
  WHERE s.withdrawn_at IS NULL AND (@from = '' OR s.held_on >= @from) AND (@to = '' OR s.held_on <= @to) AND (@form = '' OR s.form = @form)`
const byPlace = statement<Asked[], { code: string, form: MonitoringFormCode, count: number }>(`SELECT s.region_code AS code, s.form, count(*) AS count FROM ${SHEETS} GROUP BY s.region_code, s.form`)
const byItem = statement<Asked[], { form: MonitoringFormCode, code: string, count: number, average: number, least: number }>(`SELECT s.form, a.code, count(*) AS count, avg(a.score) AS average, min(a.score) AS least
  FROM (SELECT s.id, s.form FROM ${SHEETS}) s JOIN monitoring_answers a ON a.sheet_id = s.id AND a.score IS NOT NULL GROUP BY s.form, a.code`)

export type Summary = ReturnType<typeof summarise>

// How many of each form per place, and how each judged question fares on average. What was withdrawn does not count.
export function summarise(db: Db, actor: Actor, { form, region, from, to }: SheetFilter) {
  demand(actor, 'monitoring.read')
  const asked = { places: JSON.stringify(regionsIn(actor, region)), from, to, form: form ?? '' }
  const counts = new Map<string, Record<string, number>>()
  for (const row of byPlace(db).all(asked)) counts.set(row.code, { ...counts.get(row.code), [row.form]: row.count })
  const names = regionNames(db, counts.keys())
  const items = new Map(byItem(db).all(asked).map((row) => [`${row.form} ${row.code}`, row]))
  return {
    places: [...counts].map(([code, values]) => ({ code, name: names.get(code)!, values })).sort((a, b) => a.name.localeCompare(b.name, 'id')),
    forms: MONITORING_FORMS.map((code) => ({
      code, title: FORMS[code].title,
      items: FORMS[code].questions.filter(isJudged).flatMap((question) => {
        const found = items.get(`${code} ${question.code}`)
        return found ? [{ code: question.code, label: question.label, reversed: question.reversed ?? false, count: found.count, average: found.average, least: found.least }] : []
      }),
    })).filter(({ items: own }) => own.length > 0),
  }
}
