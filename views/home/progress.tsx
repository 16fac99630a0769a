import type { Progress } from '#app/home/progress.ts'
import { STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { LEVEL_LABELS } from '#views/regions/labels.ts'
import { StackedBars, type ChartTone } from '#views/ui/chart.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

// Fourteen stages in six steps the eye can tell apart. What was withdrawn is no work.
export const STEPS: { key: string, label: string, tone: ChartTone, stages: Stage[] }[] = [
  { key: 'waiting', label: 'Belum ditugaskan', tone: 1, stages: ['listed', 'published'] },
  { key: 'field', label: 'Di petugas', tone: 2, stages: ['assigned', 'downloaded', 'deliberated'] },
  { key: 'returned', label: 'Dikembalikan', tone: 3, stages: ['returned', 'recheck'] },
  { key: 'checking', label: 'Diperiksa', tone: 4, stages: ['submitted', 'checked'] },
  { key: 'ratifying', label: 'Disetujui, menuju penetapan', tone: 5, stages: ['verified', 'batched', 'ratified', 'dispatched'] },
  { key: 'determined', label: 'Ditetapkan', tone: 6, stages: ['determined'] },
]

export const ProgressChart = ({ rows }: { rows: Progress[] }) => {
  const level = LEVEL_LABELS[rows[0]!.code.split('.').length] ?? 'Wilayah'
  return (
    <Card title={`Kemajuan per ${level.toLowerCase()}`}>
      <StackedBars title="Jumlah rumah tangga menurut tahap" labelHeading={level} series={STEPS} rows={rows.map(({ code, name, counts }) => ({
        label: name, href: `/households?region=${code}`,
        values: Object.fromEntries(STEPS.map(({ key, stages }) => [key, stages.reduce((sum, stage) => sum + (counts[stage] ?? 0), 0)])),
      }))} />
      <ByStage rows={rows} />
    </Card>
  )
}

// Each exact stage, for who wants the list behind a number.
const ByStage = ({ rows }: { rows: Progress[] }) => (
  <details>
    <summary>Buka daftar menurut tahap</summary>
    <ul>
      {(Object.keys(STAGE_WORDS) as Stage[]).map((stage) => [stage, rows.reduce((sum, { counts }) => sum + (counts[stage] ?? 0), 0)] as const)
        .filter(([, count]) => count > 0)
        .map(([stage, count]) => <li><a href={`/households?stage=${stage}`}>{STAGE_WORDS[stage]}</a>: {formatNumber(count)}</li>)}
    </ul>
  </details>
)
