import { formatDateTime } from '#views/ui/format.ts'

// The 72 hours of UU 27/2022 as a line: what was done when, where we are, what is left. Drawn by the server.
type Mark = { at: string, words: string }
type Props = { from: string, due: string, now: string, closedAt?: string, marks: Mark[] }

const [WIDE, HIGH, LEFT, RIGHT, LINE] = [400, 92, 10, 10, 44]
const HOUR = 3_600_000

export function leftWords(due: string, now: string): string {
  const minutes = Math.floor(Math.abs(Date.parse(due) - Date.parse(now)) / 60_000)
  const hours = Math.floor(minutes / 60)
  return `${due < now ? 'lewat' : 'tersisa'} ${hours > 96 ? `${Math.floor(hours / 24)} hari` : `${hours} jam ${minutes % 60} menit`}`
}

export const Clock = ({ from, due, now, closedAt, marks }: Props) => {
  const end = closedAt ?? now
  const last = Math.max(Date.parse(due), ...marks.map(({ at }) => Date.parse(at)), Date.parse(end))
  const x = (at: string) => Math.round(LEFT + (WIDE - LEFT - RIGHT) * Math.max(0, Math.min(1, (Date.parse(at) - Date.parse(from)) / (last - Date.parse(from) || 1))))
  const days = [0, 24, 48, 72].map((hour) => ({ hour, at: new Date(Date.parse(from) + hour * HOUR).toISOString() }))
  const words = `Mulai ${formatDateTime(from)}, batas ${formatDateTime(due)}; ${closedAt ? 'selesai' : leftWords(due, now)}. ${marks.map(({ at, words: what }) => `${what} ${formatDateTime(at)}`).join('; ')}`
  return (
    <figure class="clock">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={words}>
        <line class="clock-line" x1={LEFT} x2={WIDE - RIGHT} y1={LINE} y2={LINE} />
        <line class={end > due ? 'clock-late' : 'clock-used'} x1={LEFT} x2={x(end)} y1={LINE} y2={LINE} />
        {days.map(({ hour, at }) => <g><line class="clock-day" x1={x(at)} x2={x(at)} y1={LINE - 10} y2={LINE + 10} /><text x={x(at)} y={LINE + 32} text-anchor={hour === 0 ? 'start' : x(at) > WIDE - 40 ? 'end' : 'middle'}>{hour === 0 ? 'diketahui' : `${hour} jam`}</text></g>)}
        {marks.map(({ at, words: what }) => <circle class="clock-mark" cx={x(at)} cy={LINE} r="7"><title>{`${what}, ${formatDateTime(at)}`}</title></circle>)}
        {!closedAt && <g><line class="clock-now" x1={x(now)} x2={x(now)} y1={LINE - 24} y2={LINE + 6} /><text class="clock-words" x={x(now)} y={LINE - 30} text-anchor={x(now) > WIDE / 2 ? 'end' : 'start'}>{leftWords(due, now)}</text></g>}
      </svg>
    </figure>
  )
}
