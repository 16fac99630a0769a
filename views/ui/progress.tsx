import { formatNumber, formatPercent } from '#views/ui/format.ts'

type ProgressProps = { label: string, value: number, max: number, note?: string }

export const Progress = ({ label, value, max, note }: ProgressProps) => (
  <div class="progress">
    <p class="progress-text"><span>{label}</span> <strong>{formatPercent(value, max)}</strong></p>
    <progress value={value} max={Math.max(max, 1)} aria-label={label}>{formatPercent(value, max)}</progress>
    <p class="hint">{note ?? `${formatNumber(value)} dari ${formatNumber(max)}`}</p>
  </div>
)

// A part of the page that asks for itself anew while the server works. Without script a link does the same.
export const askingAgain = (href: string, seconds = 2) => ({ 'hx-get': href, 'hx-trigger': `every ${seconds}s`, 'hx-swap': 'outerHTML' })
