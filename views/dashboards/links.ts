// What every page of the dashboards has in its address: the place and the days.
export type Where = { region: string, period: string, from: string, to: string }
export type DashboardPage = '' | 'stages' | 'results' | 'returns' | 'officers'
export type TableName = 'progress' | 'days' | 'stages' | 'outcomes' | 'completeness' | 'returns' | 'reasons' | 'officers'

const query = (values: Record<string, string>) => {
  const text = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString()
  return text && `?${text}`
}

export const pageHref = (page: DashboardPage, where: Where, more: Record<string, string> = {}) => `/dashboards${page && `/${page}`}${query({ ...where, ...more })}`
export const officerHref = (id: string, where: Where) => `/dashboards/officers/${encodeURIComponent(id)}${query(where)}`
export const fileHref = (table: TableName, where: Where, more: Record<string, string> = {}) => `/dashboards/${table}.csv${query({ ...where, ...more })}`
export const rowsHref = (where: Where, more: Record<string, string>) => `/dashboards/rows${query({ ...where, ...more })}`

export const householdsHref = (filter: { region?: string, stage?: string, outcome?: string, officer?: string }) => `/households${query({ region: '', stage: '', outcome: '', officer: '', ...filter })}`
export const queueHref = (region: string, officer = '') => `/reviews${query({ village: region, officer })}`
