import type { FileErrors } from '#app/local/payment-file.ts'
import type { DuePayee, MonthTotal, PayeePlace } from '#app/local/payments.ts'
import type { LocalProgramme } from '#app/local/programmes.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { afterOf, query, trailOf } from '#views/local/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { Checkbox, DateField, FieldRow, FileField, HiddenField, SelectField, Tick, type Option } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatDate, formatNumber, formatRupiah, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = {
  local: LocalProgramme, months: Option[], month: string, monthName: string, region: string, show: 'unpaid' | 'all', rows: DuePayee[], next?: PayeePlace, total: MonthTotal, places: PlaceChoices, mayManage: boolean, today: string,
  keys: [hand: string, file: string], typed: Record<string, string>, ticked?: string[], problem?: { message: string, fields: Record<string, string> }, errors?: FileErrors
}

const SHOWS = [{ value: 'all', label: 'Semua penerima bulan ini' }, { value: 'unpaid', label: 'Yang belum dibayar' }]

export const LocalPaymentsPage = (props: Props) => {
  const { local, months, month, monthName, region, show, total, places, problem, errors, mayManage } = props
  const here = `/local/${local.id}/payments`
  const printable = local.programme === 'blt' || region.length === 13
  return (
    <Stack>
      <PageHead title={`Pembayaran ${monthName}`} trail={trailOf(local)} lead={`${formatRupiah(local.amount)} untuk setiap keluarga. Yang dihentikan tetap tampil untuk bulan-bulan sebelum ia dihentikan.`}
        actions={printable && total.due > 0 ? <LinkButton href={`/local/${local.id}/print${query({ region, month })}`}>Cetak tanda terima</LinkButton> : undefined} />
      {problem && <ProblemPanel problem={problem} labels={{ paidOn: 'Tanggal bayar', month: 'Bulan', file: 'Berkas' }} />}
      {errors && <FileMistakes errors={errors} />}
      <Filters action={here} label="Pilih bulan">
        <SelectField name="month" label="Bulan" required blank="" value={month} options={months} />
        <SelectField name="show" label="Tampilkan" required blank="" value={show} options={SHOWS} />
        {local.programme === 'apbd' && hasPlaces(places) && <PlaceFilter places={places} region={region} />}
      </Filters>
      <Stats items={[
        { label: 'Harus dibayar', value: formatNumber(total.due), note: 'keluarga' }, { label: 'Sudah dibayar', value: formatNumber(total.paid), note: 'keluarga', tone: total.paid === total.due && total.due > 0 ? 'good' : 'neutral' },
        { label: 'Belum dibayar', value: formatNumber(total.due - total.paid), note: 'keluarga', tone: total.due > total.paid ? 'warn' : 'neutral' }, { label: 'Jumlah dibayar', value: formatRupiah(total.amount) },
      ]} />
      {props.rows.length === 0
        ? <EmptyState title={show === 'unpaid' && total.due > 0 ? 'Semua sudah dibayar' : 'Tidak ada penerima untuk bulan ini'}>{total.due === 0 ? 'Penerima muncul setelah berita acara atau penetapannya dicatat.' : 'Pilih “Semua penerima bulan ini” untuk melihat daftarnya.'}</EmptyState>
        : <Payees {...props} />}
      {mayManage && total.due > 0 && <ByFile {...props} />}
    </Stack>
  )
}

const Payees = (props: Props) => props.mayManage && props.total.paid < props.total.due
  ? <Marking {...props} />
  : <PayeeTable {...props} />

const Marking = (props: Props) => {
  const { local, month, region, total, today, keys, typed, problem } = props
  return (
    <Form action={`/local/${local.id}/payments${query({ month, region })}`}>
      <HiddenField name="key" value={keys[0]} />
      <HiddenField name="month" value={month} />
      <HiddenField name="region" value={region} />
      <div id="f-recipient" tabindex={-1}><PayeeTable {...props} ticking /></div>
      <DateField name="paidOn" label="Tanggal bayar" required value={typed.paidOn ?? today} max={today} error={problem?.fields.paidOn} />
      <Checkbox name="everybody" label={`Semua yang belum dibayar (${formatNumber(total.due - total.paid)} keluarga), tanpa mencentang satu per satu`} error={problem?.fields.recipient} />
      <ActionBar><Button>Catat sudah dibayar</Button></ActionBar>
    </Form>
  )
}

const PayeeTable = ({ local, rows, next, month, region, show, ticking, ticked = [] }: Props & { ticking?: boolean }) => (
  <>
    <Table caption="Urut desa, lalu nama" bodyId="penerima" columns={[...(ticking ? [{ label: 'Centang', hide: true }] : []), 'Nama', 'NIK', 'Alamat', 'Pembayaran']}>
      {rows.map((row) => (
        <Row>
          {ticking && <Cell label="Centang">{row.paymentId ? null : <Tick name="recipient" value={row.id} label={`Sudah dibayar: ${row.name}`} checked={ticked.includes(row.id)} />}</Cell>}
          <Cell label="Nama" lead><a href={`/programmes/${local.programme}/recipients/${row.id}`}>{row.name}</a></Cell>
          <Cell label="NIK">{maskNik(row.nik)}</Cell>
          <Cell label="Alamat"><div>{row.address}<br /><small class="hint">{row.village}</small></div></Cell>
          <Cell label="Pembayaran">{row.paidOn ? <div><Badge tone="good">Dibayar</Badge> {`${formatDate(row.paidOn)}, ${formatRupiah(row.amount ?? 0)}`}</div> : <Badge tone="neutral">Belum</Badge>}</Cell>
        </Row>
      ))}
    </Table>
    <Pager bodyId="penerima" nextHref={next && `/local/${local.id}/payments${query({ month, region, show: show === 'all' ? undefined : show, after: afterOf(next) })}`} />
  </>
)

const ByFile = ({ local, months, month, today, keys, typed, problem }: Props) => (
  <Card title="Catat dari berkas" actions={<LinkButton href="/local/payments/template.csv" download small>Unduh contoh CSV</LinkButton>}>
    <p>Kolom nik atau no_kk wajib; bulan, tanggal_bayar, dan nominal boleh kosong dan lalu mengikuti isian di bawah. Bila ada satu baris yang keliru, tidak ada yang dicatat.</p>
    <Form action={`/local/${local.id}/payments/file`} upload guard={false}>
      <HiddenField name="key" value={keys[1]} />
      <FieldRow>
        <SelectField name="month" id="f-berkas-month" label="Bulan" required blank="" value={typed.month ?? month} options={months} />
        <DateField name="paidOn" id="f-berkas-paidOn" label="Tanggal bayar" required value={typed.paidOn ?? today} max={today} />
      </FieldRow>
      <FileField name="file" label="Berkas" required accept=".csv,.xlsx,text/csv" hint="CSV atau XLSX." error={problem?.fields.file} />
      <Button tone="secondary">Unggah dan catat</Button>
    </Form>
  </Card>
)

const SHOWN = 50
const FileMistakes = ({ errors }: { errors: FileErrors }) => (
  <Notice tone="bad" title={`${formatNumber(errors.length)} baris keliru. Belum ada yang dicatat.`} id="problem">
    <ul>{errors.slice(0, SHOWN).map(({ line, message }) => <li>{`Baris ${line}: ${message}`}</li>)}</ul>
    {errors.length > SHOWN && <p>{`dan ${formatNumber(errors.length - SHOWN)} baris lagi.`}</p>}
  </Notice>
)
