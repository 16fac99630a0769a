import type { Finding } from '#app/crosschecks/work-list.ts'
import { KIND_WORDS, STATUS_WORDS } from '#views/crosschecks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatShortDate } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

export const FindingsPanel = ({ findings }: { findings: Finding[] }) => (
  <Card title="Pemeriksaan silang" tone={findings.some(({ status }) => status === 'open') ? 'warn' : undefined}>
    {findings.length === 0 ? <p class="hint">Tidak ada temuan: daftar program sejalan dengan registri.</p> : (
      <ul class="bulleted">
        {findings.map(({ id, kind, status, sentence, foundAt }) => (
          <li>
            <Badge tone={STATUS_WORDS[status].tone}>{status === 'open' ? KIND_WORDS[kind].short : STATUS_WORDS[status].label}</Badge> {sentence}{' '}
            <small class="hint">sejak {formatShortDate(foundAt)}</small> <a href={`/crosschecks/findings/${id}`}>Lihat temuan<span class="unseen"> {KIND_WORDS[kind].short}</span></a>
          </li>
        ))}
      </ul>
    )}
  </Card>
)
