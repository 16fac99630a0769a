import type { Steps, Way } from '#app/pictures/movement.ts'
import type { Pictured, Where } from '#app/pictures/pictures.ts'

export type Asked = Where & { by: Steps }

export const PICTURED_LABELS: Record<Pictured, { name: string, unit: string }> = {
  pkh: { name: 'PKH', unit: 'keluarga' }, sembako: { name: 'Sembako', unit: 'keluarga' }, pbi: { name: 'PBI-JK', unit: 'orang' },
}
export const WAYS: Record<Way, string> = { in: 'Masuk', out: 'Keluar', paused: 'Ditahan' }

const query = ({ region, programme, by }: Asked, more: Record<string, string> = {}) => new URLSearchParams({ programme, ...(region && { region }), ...(by === 'period' && { by }), ...more }).toString()
export const pictureHref = (asked: Asked) => `/programmes/pictures?${query(asked)}`
export const fileHref = (table: 'reach' | 'movement' | 'payments', asked: Asked) => `/programmes/pictures/${table}.csv?${query(asked)}`
export const rowsHref = (asked: Asked, key: string, way: Way, after?: number) => `/programmes/pictures/rows?${query(asked, { key, way, ...(after !== undefined && { after: String(after) }) })}`
