import type { Countdown } from '#app/periods/countdown.ts'
import { daysLeft } from '#views/periods/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { formatDate } from '#views/ui/format.ts'

const SOON = 7

// One line on the home page of those whose work must be through by then.
export const CutoffLine = ({ name, cutoffOn, days }: Countdown) => (
  <Notice tone={days <= SOON ? 'warn' : 'info'}>
    <p>Batas kirim periode {name}: {formatDate(cutoffOn)}, <strong>{daysLeft(days)}</strong>.</p>
  </Notice>
)
