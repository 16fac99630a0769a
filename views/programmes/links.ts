import type { Filter, Place } from '#app/programmes/list.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { QueueFilter, QueuePlace } from '#app/programmes/queue.ts'

const queryOf = (parts: Record<string, string | number | undefined>) => {
  const text = new URLSearchParams(Object.entries(parts).flatMap(([name, value]): [string, string][] => value === undefined || value === '' ? [] : [[name, String(value)]])).toString()
  return text && `?${text}`
}

export const recipientsQuery = ({ q, region, state, phase, variant, period }: Filter, after?: Place) =>
  queryOf({ q, region, state, phase, variant, period, after: after && `${after.regionCode}~${after.id}~${after.name}` })

export const recipientsExportQuery = ({ programme, q, region, state, phase, variant, period }: Filter) => queryOf({ programme, q, region, state, phase, variant, period })

export const queueQuery = ({ tab, region, programme, kind }: QueueFilter, after?: QueuePlace) => queryOf({ tab, region, programme, kind, after: after && `${after.at}~${after.id}` })

export type Start = { kind?: string, recipient?: string, replaced?: string, household?: string, family?: number | null, member?: number | null }
export const startHref = (programme: ProgrammeCode, { family, member, ...rest }: Start) => `/programmes/${programme}/changes/new${queryOf({ ...rest, family: family ?? undefined, member: member ?? undefined })}`
