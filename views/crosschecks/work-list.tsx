import type { Filter, Finding, Village } from '#app/crosschecks/work-list.ts'
import { filterQuery, programmeParam, villageHref } from '#views/crosschecks/links.ts'
import { KIND_WORDS, KINDS, PROGRAMME_CHOICES, STATUS_WORDS } from '#views/crosschecks/words.ts'
import { exportHref } from '#views/exports/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatShortDate } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { village: Village, findings: Finding[], filter: Filter, nextHref?: string, settles: boolean, mayExport: boolean }

export const FindingsPage = ({ village, findings, filter, nextHref, settles, mayExport }: Props) => (
  <Stack>
    <PageHead title={`Pemeriksaan silang ${village.name}`} trail={[{ href: '/crosschecks', label: 'Pemeriksaan silang' }]} lead={village.places.slice(1).join(', ')}
      actions={<>
        <LinkButton href={`/crosschecks/${village.code}/print${filterQuery(filter)}`}>Cetak daftar</LinkButton>
        {mayExport && <LinkButton href={exportHref('crosschecks', filterQuery(filter, { region: village.code }))}>Ekspor daftar</LinkButton>}
      </>} />
    <Tabs label="Keadaan" items={(Object.keys(STATUS_WORDS) as Filter['show'][]).map((show) => ({
      href: villageHref(village.code, { ...filter, show }), label: STATUS_WORDS[show].label, current: filter.show === show,
    }))} />
    <Filters action={`/crosschecks/${village.code}`} clearHref={filter.kind || filter.programme !== undefined ? villageHref(village.code, { show: filter.show }) : undefined} label="Saring temuan">
      <HiddenField name="show" value={filter.show} />
      <SelectField name="kind" label="Temuan" required blank="Semua temuan" value={filter.kind} options={KINDS.map((value) => ({ value, label: KIND_WORDS[value].label }))} />
      <SelectField name="programme" label="Program" required blank="Semua program" value={programmeParam(filter.programme)} options={PROGRAMME_CHOICES} />
    </Filters>
    {filter.kind && filter.show === 'open' && findings.length > 0 && <Notice tone="info" title="Yang dilakukan"><p>{KIND_WORDS[filter.kind].todo}</p></Notice>}
    {findings.length === 0 ? <Nothing filter={filter} village={village} /> : (
      <>
        <Table caption={`Temuan, ${STATUS_WORDS[filter.show].label.toLowerCase()}, menurut nama`} bodyId="temuan" columns={['Siapa', 'Temuan', 'Tindakan']}>
          {findings.map((finding) => <FindingRow finding={finding} settles={settles} />)}
        </Table>
        <Pager bodyId="temuan" nextHref={nextHref} />
      </>
    )}
  </Stack>
)

const Nothing = ({ filter, village }: Pick<Props, 'filter' | 'village'>) => filter.kind || filter.programme !== undefined
  ? <EmptyState title="Tidak ada temuan dengan saringan ini" action={<LinkButton href={villageHref(village.code, { show: filter.show })}>Tampilkan semua</LinkButton>} />
  : filter.show === 'open'
    ? <EmptyState title="Tidak ada temuan terbuka di desa/kelurahan ini">Daftar penerima sejalan dengan registri.</EmptyState>
    : <EmptyState title="Belum ada di sini">Temuan pindah ke sini setelah dikesampingkan, atau setelah keadaannya berubah.</EmptyState>

const FindingRow = ({ finding, settles }: { finding: Finding, settles: boolean }) => (
  <Row>
    <Cell label="Siapa" lead>
      <div><a href={`/crosschecks/findings/${finding.id}`}>{finding.name}</a><br /><small class="hint">{finding.programmeName}{finding.number && ` · ${finding.number}`}</small></div>
    </Cell>
    <Cell label="Temuan">
      <div>
        <Badge tone={STATUS_WORDS[finding.status].tone}>{KIND_WORDS[finding.kind].short}</Badge> {finding.sentence}{' '}
        <small class="hint">{finding.status === 'open' ? `Ditemukan ${formatShortDate(finding.foundAt)}` : `${STATUS_WORDS[finding.status].label} ${formatShortDate(finding.statusAt)}${finding.deciderName ? ` oleh ${finding.deciderName}` : finding.status === 'settled' ? ' dengan sendirinya' : ''}`}</small>
        {finding.note && finding.status === 'dismissed' && <p class="hint">Alasan: {finding.note}</p>}
      </div>
    </Cell>
    <Cell label="Tindakan" actions>
      {finding.status === 'open' && finding.ways.map(({ href, label }) => <LinkButton small href={href}>{label}<span class="unseen"> untuk {finding.name}</span></LinkButton>)}
      {finding.status === 'open' && settles && <LinkButton small tone="quiet" href={`/crosschecks/findings/${finding.id}`}>Kesampingkan<span class="unseen"> temuan {finding.name}</span></LinkButton>}
    </Cell>
  </Row>
)
