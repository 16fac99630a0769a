import type { RetentionView } from '#app/protection/retention.ts'
import type { Run } from '#app/operation/works.ts'
import { RETENTION, TRAIL } from '#views/protection/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

// settable: the kinds whose days this reader may set.
export const RetentionPage = ({ rules, runs, job, settable }: RetentionView & { job?: Run, settable: string[] }) => (
  <Stack>
    <PageHead title="Masa simpan data" trail={TRAIL} lead="Berapa lama apa disimpan, atas dasar apa, dan apa yang sudah dihapus sendiri oleh sistem." />
    {job?.failure && <Notice tone="bad"><p>Penghapusan terakhir gagal {formatDateTime(job.failedAt)}. Admin melihatnya di halaman Operasi.</p></Notice>}
    <Card title="Aturan">
      <Table caption="Aturan masa simpan" hideCaption columns={['Data', 'Disimpan', 'Dihapus', right('Sudah waktunya'), right('Dihapus 30 hari'), 'Dasar']}>
        {rules.map(({ kind, days, months, source, validFrom, due, deleted }) => (
          <Row>
            <Cell label="Data" lead>{RETENTION[kind]?.label ?? kind}</Cell><Cell label="Disimpan">{months ? `${formatNumber(months)} bulan` : days === null ? 'Seterusnya' : `${formatNumber(days)} hari`}</Cell>
            <Cell label="Dihapus">{RETENTION[kind]?.by ?? 'Setiap malam'}</Cell><Cell label="Sudah waktunya" align="right">{due === undefined ? '–' : formatNumber(due)}</Cell><Cell label="Dihapus 30 hari" align="right">{deleted === undefined ? '–' : formatNumber(deleted)}</Cell>
            <Cell label="Dasar"><small>{source}{validFrom && <><br />berlaku sejak {formatDate(validFrom)}</>}</small>
              {settable.includes(kind) && <><br /><a href={`/protection/retention/${kind}`}>Ubah<span class="unseen">: {RETENTION[kind]?.label}</span></a></>}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
    <Card title="Yang dihapus malam hari">
      {runs.length === 0 ? <p class="hint">Dalam 30 hari terakhir tidak ada yang perlu dihapus.{job?.fineAt && ` Terakhir diperiksa ${formatDateTime(job.fineAt)}.`}</p> : (
        <Table caption="Penghapusan" hideCaption dense columns={['Waktu', 'Data', right('Jumlah')]}>
          {runs.map(({ at, kind, deleted }) => <Row><Cell label="Waktu" lead>{formatDateTime(at)}</Cell><Cell label="Data">{RETENTION[kind]?.label ?? kind}</Cell><Cell label="Jumlah" align="right">{formatNumber(deleted)}</Cell></Row>)}
        </Table>
      )}
    </Card>
  </Stack>
)
