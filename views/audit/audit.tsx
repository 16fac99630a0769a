import type { AuditFilter, ShownLine } from '#app/audit/audit.ts'
import { actionWords } from '#app/audit/words.ts'
import { detailWords } from '#views/audit/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { exportHref } from '#views/exports/links.ts'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { DateField, SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Verification = { at: string, lines: number, broken: number | null }
type Props = { lines: ShownLine[], nextHref?: string, filter: AuditFilter, actions: string[], verification?: Verification }

export const AuditPage = ({ lines, nextHref, filter, actions, verification }: Props) => (
  <>
    <PageHead title="Jejak audit" lead="Siapa melakukan apa dan kapan. Baris hanya bertambah; setiap baris terikat pada baris sebelumnya."
      actions={<><PostButton action="/audit/verification" tone="secondary">Periksa rantai</PostButton><LinkButton href="/audit/anchors">Segel harian</LinkButton><LinkButton href={exportHref('audit', queryOf(filter))}>Ekspor</LinkButton></>} />
    <ChainState verification={verification} />
    <Filters action="/audit" clearHref="/audit" label="Saring jejak audit">
      <TextField name="actor" label="Nama pengguna pelaku" value={filter.actor} autocomplete="off" />
      <SelectField name="action" label="Tindakan" value={filter.action} blank="Semua tindakan"
        options={actions.map((value) => ({ value, label: actionWords(value) }))} />
      <TextField name="subject" label="Objek (ID atau kode)" value={filter.subject} autocomplete="off" />
      <DateField name="from" label="Sejak tanggal" value={filter.from} />
      <DateField name="to" label="Sampai tanggal" value={filter.to} />
    </Filters>
    <AuditTable lines={lines} nextHref={nextHref} />
  </>
)

const queryOf = ({ actor, action, subject, from, to }: AuditFilter) =>
  `?${new URLSearchParams(Object.entries({ actor, action, subject, from, to }).filter((one): one is [string, string] => Boolean(one[1])))}`

export const ChainState = ({ verification }: { verification?: Verification }) => verification ? (
  <Notice tone={verification.broken ? 'bad' : 'good'}>
    <p>{verification.broken ? `Rantai rusak pada baris ${formatNumber(verification.broken)}` : `Rantai utuh, ${formatNumber(verification.lines)} baris`},
      {' '}menurut pemeriksaan {formatDateTime(verification.at)}.</p>
  </Notice>
) : <Notice tone="info"><p>Rantai belum pernah diperiksa.</p></Notice>

export const AuditTable = ({ lines, nextHref }: Pick<Props, 'lines' | 'nextHref'>) => lines.length === 0
  ? <EmptyState title="Tidak ada baris yang cocok">Longgarkan saringan.</EmptyState>
  : (
    <>
      <Table caption="Jejak audit" hideCaption dense columns={['Baris', 'Waktu', 'Pelaku', 'Tindakan', 'Objek', 'Keterangan']} bodyId="jejak">
        {lines.map((line) => (
          <Row>
            <Cell label="Baris">{line.seq}</Cell>
            <Cell label="Waktu"><time datetime={line.at}>{formatDateTime(line.at)}</time></Cell>
            <Cell label="Pelaku">{line.actor === 'system' ? 'Sistem' : line.actor}</Cell>
            <Cell label="Tindakan" lead>{actionWords(line.action)}</Cell>
            <Cell label="Objek">{line.subject && <a href={`/audit?subject=${encodeURIComponent(line.subject)}`}>{line.subject}</a>}</Cell>
            <Cell label="Keterangan">{detailWords(line.details) || '–'}</Cell>
          </Row>
        ))}
      </Table>
      <Pager nextHref={nextHref} bodyId="jejak" />
    </>
  )
