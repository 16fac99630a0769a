import type { ListedExport } from '#app/exports/exports.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { FORMATS, STATUS } from '#views/exports/links.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { formatAge, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { files: ListedExport[], next?: string, lists: { name: string, title: string }[], actor: Actor, now: string }

export const ExportListPage = ({ files, next, lists, actor, now }: Props) => {
  const register = can(actor, 'export.register')
  return (
    <div class="stack">
      <PageHead title="Ekspor data" lead={register
        ? 'Setiap berkas yang pernah dibuat, kepada siapa diserahkan, untuk apa, dan sampai kapan.'
        : 'Berkas yang Anda buat dan berita acara serah terimanya. Berkas dihapus setelah masa berlakunya; catatannya tetap.'} />
      {lists.length > 0 && <Begin lists={lists} />}
      {files.length === 0
        ? <EmptyState title="Belum ada ekspor">{lists.length > 0 && 'Pilih daftar di atas, atau tekan "Ekspor" pada daftar yang sudah disaring.'}</EmptyState>
        : (
          <Table caption={register ? 'Catatan serah terima' : 'Ekspor Anda'} bodyId="ekspor"
            columns={['Daftar', 'Keadaan', 'Penerima', 'Nomor berita acara', { label: 'Baris', align: 'right' }, 'Berlaku sampai', ...(register ? ['Pembuat'] : []), 'Dibuat']}>
            {files.map((file) => <FileRow file={file} register={register} now={now} />)}
          </Table>
        )}
      <Pager bodyId="ekspor" nextHref={next && `/exports?before=${encodeURIComponent(next)}`} />
    </div>
  )
}

const Begin = ({ lists }: Pick<Props, 'lists'>) => (
  <Card title="Buat ekspor">
    <p class="hint">Untuk mengekspor sebagian, saring dahulu daftarnya lalu tekan "Ekspor" di halaman itu.</p>
    <form action="/exports/new" method="get" class="filters">
      <SelectField name="list" label="Daftar" required blank="" options={lists.map(({ name, title }) => ({ value: name, label: title }))} />
      <div class="filter-buttons"><Button tone="secondary">Lanjut</Button></div>
    </form>
  </Card>
)

const FileRow = ({ file, register, now }: { file: ListedExport, register: boolean, now: string }) => (
  <Row>
    <Cell label="Daftar" lead><a href={`/exports/${file.id}`}>{file.title}</a><br /><small class="hint">{FORMATS[file.format]}{file.full && ' · NIK dan KK utuh'}</small></Cell>
    <Cell label="Keadaan"><Badge tone={STATUS[file.status].tone}>{STATUS[file.status].label}</Badge></Cell>
    <Cell label="Penerima">{file.recipientName}<br /><small class="hint">{file.recipientInstitution}</small></Cell>
    <Cell label="Nomor berita acara">{file.number}</Cell>
    <Cell label="Baris" align="right">{file.sha256 ? formatNumber(file.rowsDone) : '–'}</Cell>
    <Cell label="Berlaku sampai">{formatDate(file.expiresOn)}</Cell>
    {register && <Cell label="Pembuat">{file.maker}</Cell>}
    <Cell label="Dibuat"><time datetime={file.madeAt} title={formatDateTime(file.madeAt)}>{formatAge(file.madeAt, now)}</time></Cell>
  </Row>
)
