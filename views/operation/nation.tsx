import type { NationState } from '#app/national/state.ts'
import { NATION_AWAY } from '#views/operation/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatBytes, formatNumber } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'

export type NationCardProps = { state: NationState, isBackedUp: boolean, now: string }

// The second database of an office that collects for the nation.
export const NationCard = ({ state, isBackedUp, now }: NationCardProps) => (
  <Card title="Data nasional (PostgreSQL)">
    <p>{state.away ? <><Badge tone="bad">Tidak tersambung</Badge> {NATION_AWAY}</> : <><Badge tone="good">Tersambung</Badge> {state.lastAt ? `Berkas terakhir datang ${formatAge(state.lastAt, now)}.` : 'Belum ada berkas yang datang.'}</>}</p>
    <Facts items={[
      ...(state.away ? [] : [
        { label: 'Isi', value: `${formatNumber(state.batches)} berkas pengesahan, ${formatNumber(state.households)} rumah tangga terbaru` },
        { label: 'Ukuran', value: formatBytes(state.bytes) },
        { label: 'Versi', value: `PostgreSQL ${state.version.split(' ')[0]}` },
      ]),
      { label: 'Cadangan', value: isBackedUp ? 'Ikut dalam cadangan server ini' : 'Tidak ikut dalam cadangan server ini (SIKS_BACKUP_NATION=false): cadangkan dengan alat PostgreSQL sendiri', wide: true },
    ]} />
  </Card>
)
