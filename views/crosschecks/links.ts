import type { After, Filter } from '#app/crosschecks/work-list.ts'

const query = (parts: Record<string, string | undefined>) => {
  const text = new URLSearchParams(Object.entries(parts).flatMap(([name, value]): [string, string][] => value ? [[name, value]] : [])).toString()
  return text && `?${text}`
}

// '' is "no programme", which has a word of its own in an address.
export const programmeParam = (programme?: string) => programme === '' ? 'none' : programme

export const overviewHref = (region: string, programme?: string) => `/crosschecks${query({ region, programme: programmeParam(programme) })}`
export const filterQuery = ({ show, kind, programme }: Filter, more: Record<string, string | undefined> = {}) =>
  query({ show: show === 'open' ? undefined : show, kind, programme: programmeParam(programme), ...more })
export const villageHref = (code: string, filter: Filter, after?: After) => `/crosschecks/${code}${filterQuery(filter, { after: after && `${after.id}~${after.name}` })}`
