import type { LocalProgramme } from '#app/local/programmes.ts'
import { NAMES, PHASES } from '#views/programmes/labels.ts'
import { formatMonth, formatRupiah } from '#views/ui/format.ts'
import type { Tone } from '#views/ui/types.ts'

export const LOCAL_TRAIL = { href: '/local', label: 'Bantuan desa & kabupaten' }
export const trailOf = ({ id, name }: Pick<LocalProgramme, 'id' | 'name'>) => [LOCAL_TRAIL, { href: `/local/${id}`, label: name }]

// "Januari–Desember 2026"
export const spanOf = ({ startsOn, endsOn }: Pick<LocalProgramme, 'startsOn' | 'endsOn'>) =>
  startsOn === endsOn ? formatMonth(startsOn) : `${formatMonth(startsOn).split(' ')[0]}–${formatMonth(endsOn)}`
export const aboutOf = (local: Pick<LocalProgramme, 'programme' | 'startsOn' | 'endsOn' | 'amount'>, owner: string) =>
  `${NAMES[local.programme]} · ${owner} · ${spanOf(local)} · ${formatRupiah(local.amount)} sebulan`

export const standingOf = ({ closedAt, finishedAt }: Pick<LocalProgramme, 'closedAt' | 'finishedAt'>): { label: string, tone: Tone } =>
  closedAt ? { label: 'Diakhiri', tone: 'neutral' } : finishedAt ? { label: 'Selesai', tone: 'neutral' } : { label: 'Berjalan', tone: 'good' }

export const STATES = {
  proposed: { label: 'Diusulkan', tone: PHASES.waiting.tone }, agreed: { label: 'Disepakati desa', tone: PHASES.waiting.tone }, active: { label: 'Penerima', tone: PHASES.receiving.tone },
  stopped: { label: 'Dihentikan', tone: PHASES.ended.tone }, dropped: { label: 'Batal diusulkan', tone: PHASES.ended.tone }, finished: { label: 'Selesai', tone: PHASES.ended.tone },
} as const
export const stateOf = (state: string): { label: string, tone: Tone } => STATES[state as keyof typeof STATES] ?? { label: state, tone: 'neutral' }

export const query = (values: Record<string, string | number | undefined>) => {
  const text = new URLSearchParams(Object.entries(values).flatMap(([name, value]): [string, string][] => value ? [[name, String(value)]] : [])).toString()
  return text && `?${text}`
}
export const afterOf = (place: { regionCode: string, name: string, id: string }) => `${place.regionCode}~${place.id}~${place.name}`
