import type { HouseholdMatches } from '#app/matching/history.ts'
import { OUTCOME_LABELS } from '#views/matching/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Timeline } from '#views/ui/page.tsx'

// On the page of one household: the newest answer of each member, and every one before it.
export const MatchCard = ({ matches: { rows, history } }: { matches: HouseholdMatches }) => (
  <Card title="Pemadanan Dukcapil" id="pemadanan">
    {rows.every(({ outcome }) => outcome === null)
      ? <p class="hint">Belum pernah dipadankan.</p>
      : (
        <ul class="bulleted">
          {rows.map(({ memberSeq, name, outcome, at, stale, score }) => (
            <li>
              {memberSeq}. {name}: {outcome ? <Badge tone={OUTCOME_LABELS[outcome].tone}>{OUTCOME_LABELS[outcome].label}</Badge> : 'belum dipadankan'}
              {at && <small class="hint"> {formatDate(at)}{score !== null && `, mirip ${score}%`}</small>}
              {stale && <small class="hint"> (data berubah sejak itu)</small>}
            </li>
          ))}
        </ul>
      )}
    {history.length > 0 && (
      <details>
        <summary>Riwayat pemadanan ({history.length})</summary>
        <Timeline items={history.map(({ memberSeq, name, registerName, outcome, at, reasons, run }) => ({
          at: formatDateTime(at), iso: at, tone: OUTCOME_LABELS[outcome].tone, by: `putaran ${run}`,
          title: `${memberSeq}. ${name}: ${OUTCOME_LABELS[outcome].label}`, note: [registerName && `Di Dukcapil: ${registerName}.`, ...reasons].filter(Boolean).join(' '),
        }))} />
      </details>
    )}
  </Card>
)
