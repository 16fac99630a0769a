import type { ListedAnnouncement } from '#app/announcements/announcements.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATES: Record<ListedAnnouncement['state'], { label: string, tone: Tone }> = {
  shown: { label: 'Ditampilkan', tone: 'good' }, over: { label: 'Lewat waktu', tone: 'neutral' }, ended: { label: 'Dihentikan', tone: 'neutral' },
}
export const audience = ({ roles, place, regionCode }: Pick<ListedAnnouncement, 'roles' | 'place' | 'regionCode'>) =>
  `${roles.length === 0 ? 'semua peran' : roles.map((role) => ROLE_LABELS[role]).join(', ')}, ${regionCode === '' ? 'seluruh Indonesia' : place}`
