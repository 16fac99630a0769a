import type { CaseCounts, listCases } from '#app/protection/cases.ts'
import { leftWords } from '#views/protection/clock.tsx'
import { CASE_KINDS, CASE_STATUS, TRAIL } from '#views/protection/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { counts: CaseCounts, found?: ReturnType<typeof listCases>, show: 'open' | 'closed' | 'restricted', now: string }

export const CasesPage = ({ counts, found, show, now }: Props) => (
  <Stack>
    <PageHead title="Permohonan warga" trail={TRAIL} lead="Warga berhak mendapat salinan data pribadinya dan memperbaikinya. Jawab dalam 3 × 24 jam."
      actions={found && <LinkButton tone="primary" href="/protection/cases/new">Catat permohonan</LinkButton>} />
    <Stats items={[
      { label: 'Menunggu', value: formatNumber(counts.open) }, { label: 'Lewat batas', value: formatNumber(counts.late), tone: counts.late > 0 ? 'bad' : 'good' },
      { label: 'Dijawab', value: formatNumber(counts.answered) }, { label: 'Ditolak', value: formatNumber(counts.refused) }, { label: 'Tepat waktu', value: formatNumber(counts.inTime) },
    ]} />
    {found && <Tabs label="Permohonan" items={[{ href: '/protection/cases', label: 'Menunggu', current: show === 'open', count: counts.open }, { href: '/protection/cases?show=closed', label: 'Selesai', current: show === 'closed' }, { href: '/protection/cases?show=restricted', label: 'Sedang dibatasi', current: show === 'restricted' }]} />}
    {found && (
      <Card>
        {found.rows.length === 0 ? <EmptyState title={show === 'open' ? 'Tidak ada yang menunggu' : show === 'restricted' ? 'Tidak ada pembatasan yang berlaku' : 'Belum ada yang dijawab'} /> : (
          <>
            <Table caption="Permohonan" hideCaption columns={['Nomor', 'Tentang', 'Permohonan', 'Diterima', 'Keadaan']} bodyId="permohonan">
              {found.rows.map((row) => (
                <Row tone={row.status === 'open' && row.dueAt < now ? 'bad' : undefined}>
                  <Cell label="Nomor" lead><a href={`/protection/cases/${row.id}`}>{row.number}</a></Cell><Cell label="Tentang">{row.name}<br /><small class="hint">{row.place}</small></Cell><Cell label="Permohonan">{CASE_KINDS[row.kind]}</Cell>
                  <Cell label="Diterima">{formatDateTime(row.receivedAt)}</Cell>
                  <Cell label="Keadaan">{row.status === 'open' ? <Badge tone={row.dueAt < now ? 'bad' : 'warn'}>{leftWords(row.dueAt, now)}</Badge> : <Badge tone={CASE_STATUS[row.status].tone}>{CASE_STATUS[row.status].words}</Badge>}</Cell>
                </Row>
              ))}
            </Table>
            <Pager nextHref={found.next && `/protection/cases?show=${show}&after=${found.next.dueAt}~${found.next.number}`} bodyId="permohonan" />
          </>
        )}
      </Card>
    )}
  </Stack>
)
