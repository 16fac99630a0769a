import type { Kind } from '#app/integrity/overview.ts'
import type { ListedFailure } from '#app/integrity/work-list.ts'
import { listHref } from '#views/integrity/overview.tsx'
import { KIND_WORDS } from '#views/integrity/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatAge, formatShortDate } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { name: string, region: string, kind?: Kind, households: ListedFailure[], nextHref?: string, proposes: boolean, trail: { href: string, label: string }[], now: string }

const KINDS = Object.keys(KIND_WORDS) as Kind[]

export const FailingPage = ({ name, region, kind, households, nextHref, proposes, trail, now }: Props) => (
  <Stack>
    <PageHead title={`Daftar kerja ${name}`} trail={[{ href: '/integrity', label: 'Integritas data' }, ...trail]}
      lead={kind ? KIND_WORDS[kind].label : 'Semua yang belum lolos salah satu dari lima kriteria.'} />
    <Tabs label="Kriteria" items={[
      { href: listHref(region), label: 'Semua kriteria', current: kind === undefined },
      ...KINDS.map((one) => ({ href: listHref(region, one), label: KIND_WORDS[one].short, current: one === kind })),
    ]} />
    {kind && households.length > 0 && <Notice tone={kind === 'w' ? 'info' : 'warn'} title="Yang dilakukan"><p>{KIND_WORDS[kind].todo}</p></Notice>}
    {households.length === 0
      ? <EmptyState title={kind === 'w' ? 'Tidak ada peringatan' : 'Semua lolos'}>Tidak ada rumah tangga di {name} yang harus diperbaiki untuk ini.</EmptyState>
      : (
        <>
          <Table caption="Rumah tangga yang harus diperbaiki" bodyId="belum-lolos" columns={['Rumah tangga', 'Yang salah', 'Dinilai', { label: 'Tindakan', hide: true }]}>
            {households.map((household) => <FailingRow household={household} kind={kind} proposes={proposes} now={now} />)}
          </Table>
          <Pager bodyId="belum-lolos" nextHref={nextHref} />
        </>
      )}
  </Stack>
)

const FailingRow = ({ household, kind, proposes, now }: { household: ListedFailure, now: string } & Pick<Props, 'kind' | 'proposes'>) => (
  <Row>
    <Cell label="Rumah tangga" lead>
      <div><a href={`/households/${household.id}`}>{household.headName}</a><br /><small class="hint">{[household.address, household.village].filter(Boolean).join(', ')}</small></div>
    </Cell>
    <Cell label="Yang salah">
      <ul>
        {household.failures.map(({ gate, message, foundAt }) => (
          <li>{!kind && <Badge tone="bad">{gate}</Badge>} {message} <small class="hint">sejak {formatShortDate(foundAt)}</small></li>
        ))}
        {household.more > 0 && <li class="hint">dan {household.more} lagi</li>}
      </ul>
    </Cell>
    <Cell label="Dinilai"><div><time datetime={household.judgedAt}>{formatAge(household.judgedAt, now)}</time><br /><small class="hint">{household.basis === 'visit' ? 'menurut kunjungan yang sedang diperiksa' : 'menurut data induk'}</small></div></Cell>
    <Cell label="Tindakan" actions>
      {proposes && <LinkButton small href={`/proposals/new?household=${household.id}&kind=correction`} aria-label={`Ajukan perbaikan ${household.headName}`}>Ajukan perbaikan</LinkButton>}
    </Cell>
  </Row>
)
