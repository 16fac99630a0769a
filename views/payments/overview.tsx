import type { ListedList } from '#app/payments/lists.ts'
import { PAID_NAMES, paidName, type PaidCode } from '#views/payments/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, type Option } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber, formatPercent, formatRupiah } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = {
  programme: PaidCode, lists: (ListedList & { stopped: boolean })[], next?: { startsOn: string, regionCode: string, id: string }, failed: number, mayPay: boolean, periods: Option[], regencies: Option[], newId: string
  problem?: { fields: Record<string, string> }
}

export const PaymentsPage = ({ programme, lists, next, failed, mayPay, ...making }: Props) => (
  <Stack>
    <PageHead title="Penyaluran" lead="Daftar salur setiap periode: siapa dibayar, berapa, dan bagaimana hasilnya. Yang gagal disalurkan ditindaklanjuti dari daftar gagal salur."
      actions={<LinkButton href={`/payments/failed?programme=${programme}`} tone={failed > 0 ? 'primary' : 'secondary'}>{`Gagal salur (${formatNumber(failed)})`}</LinkButton>} />
    <Tabs label="Program" items={(Object.keys(PAID_NAMES) as PaidCode[]).map((code) => ({ href: `/payments?programme=${code}`, label: PAID_NAMES[code], current: code === programme }))} />
    {lists.length === 0
      ? <EmptyState title={`Belum ada daftar salur ${paidName(programme)}`}>{mayPay ? 'Pilih periode di bawah, lalu susun daftarnya dari penerima aktif.' : 'Dinsos kabupaten/kota menyusunnya pada setiap periode.'}</EmptyState>
      : (
        <Table caption={`Daftar salur ${paidName(programme)}`} columns={['Periode', 'Kabupaten/kota', right('Penerima'), right('Berhasil'), right('Gagal'), right('Tersalur')]}>
          {lists.map(({ id, periodName, regionName, status, stopped, totals }) => (
            <Row>
              <Cell label="Periode" lead><a href={`/payments/lists/${id}`}>{periodName}</a>{status === 'making' && <> <Badge tone={stopped ? 'bad' : 'info'}>{stopped ? 'Terhenti' : 'Sedang disusun'}</Badge></>}</Cell>
              <Cell label="Kabupaten/kota">{regionName}</Cell>
              <Cell label="Penerima" align="right">{formatNumber(totals.waiting.lines + totals.paid.lines + totals.failed.lines)}</Cell>
              <Cell label="Berhasil" align="right">{formatNumber(totals.paid.lines)} ({formatPercent(totals.paid.lines, totals.paid.lines + totals.failed.lines)})</Cell>
              <Cell label="Gagal" align="right">{formatNumber(totals.failed.lines)}</Cell>
              <Cell label="Tersalur" align="right">{formatRupiah(totals.paid.amount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    <Pager nextHref={next && `/payments?programme=${programme}&after=${next.startsOn}~${next.regionCode}~${next.id}`} />
    {mayPay && <Make programme={programme} {...making} />}
  </Stack>
)

const Make = ({ programme, periods, regencies, newId, problem }: Pick<Props, 'programme' | 'periods' | 'regencies' | 'newId' | 'problem'>) => (
  <Card title="Susun daftar salur">
    {periods.length === 0
      ? <p>Belum ada periode {paidName(programme)}. <a href="/programmes/periods">Rencanakan periodenya</a> dahulu.</p>
      : (
        <Form action="/payments/lists" guard={false}>
          <HiddenField name="id" value={newId} />
          <HiddenField name="programme" value={programme} />
          <div class="field-row">
            <SelectField name="period" label="Periode" required options={periods} error={problem?.fields.period} />
            {regencies.length === 1
              ? <HiddenField name="region" value={regencies[0]!.value} />
              : <SelectField name="region" label="Kabupaten/kota" required options={regencies} error={problem?.fields.region} />}
          </div>
          <p class="hint">Diisi semua penerima yang sedang menerima, dengan nominal menurut pengaturan. Menyusun lagi periode yang sama memperbarui daftarnya: penerima baru ditambah, yang tidak lagi menerima dikecualikan, nominal dan rekening disamakan. Baris yang sudah diproses bank tidak diubah.</p>
          <div class="action-bar"><Button>Susun daftar</Button></div>
        </Form>
      )}
  </Card>
)
