import type { LocalRecipientPayment } from '#app/local/payments.ts'
import type { LocalProgramme } from '#app/local/programmes.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { spanOf } from '#views/local/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField, type Option } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatMonth, formatRupiah } from '#views/ui/format.ts'
import { Card, Facts, Stack } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { local: LocalProgramme, recipient: Recipient, months: string[], payments: LocalRecipientPayment[], mayPay: boolean, mayStop: boolean, reasons: Option[], stopKey: string }

// On the page of a recipient: month by month what was paid, and the way out of the programme.
export const LocalPanel = (props: Props) => {
  const { local, recipient, months, payments, mayPay, mayStop } = props
  const paid = payments.filter(({ cancelledAt }) => cancelledAt === null)
  const left = recipient.startedOn ? months.filter((month) => !paid.some((one) => one.month === month)) : []
  return (
    <Card title="Pembayaran" id="pembayaran">
      <Stack>
        <Facts items={[
          { label: 'Program', value: <a href={`/local/${local.id}`}>{local.name}</a> }, { label: 'Masa', value: spanOf(local) }, { label: 'Sebulan', value: formatRupiah(local.amount) },
          { label: 'Sudah dibayar', value: formatRupiah(paid.reduce((sum, { amount }) => sum + amount, 0)) }, { label: 'Belum dibayar', value: left.length > 0 ? left.map((month) => formatMonth(month)).join(', ') : '–', wide: true },
        ]} />
        {payments.length > 0 && (
          <Table caption="Pembayaran" hideCaption columns={['Bulan', right('Jumlah'), 'Dibayar', 'Dicatat oleh', ...(mayPay ? [{ label: 'Batalkan', hide: true }] : [])]}>
            {payments.map((payment) => <Payment payment={payment} mayPay={mayPay} />)}
          </Table>
        )}
        {mayStop && <Stopping {...props} />}
      </Stack>
    </Card>
  )
}

const Payment = ({ payment: { id, month, amount, paidOn, by, cancelledAt, cancelledNote }, mayPay }: { payment: LocalRecipientPayment, mayPay: boolean }) => (
  <Row>
    <Cell label="Bulan" lead>{formatMonth(month)}</Cell>
    <Cell label="Jumlah" align="right">{formatRupiah(amount)}</Cell>
    <Cell label="Dibayar"><div>{cancelledAt ? <><Badge tone="neutral">Dibatalkan</Badge> {cancelledNote}</> : formatDate(paidOn)}</div></Cell>
    <Cell label="Dicatat oleh">{by ?? 'Sistem'}</Cell>
    {mayPay && (
      <Cell label="Batalkan" actions>
        {!cancelledAt && (
          <Confirm label="Batalkan" small tone="quiet">
            <Form action={`/local/payments/${id}/cancellation`}>
              <TextField name="note" id={`f-note-${id}`} label="Mengapa catatan ini keliru" required maxlength={300} autocomplete="off" />
              <Button small tone="danger">{`Batalkan ${formatMonth(month)}`}</Button>
            </Form>
          </Confirm>
        )}
      </Cell>
    )}
  </Row>
)

const Stopping = ({ recipient, reasons, stopKey }: Props) => {
  const label = recipient.phase === 'receiving' ? 'Hentikan penerima' : 'Batalkan usulan'
  return (
    <Confirm label={label} tone="danger" id="hentikan">
      <Form action={`/local/recipients/${recipient.id}/stopping`}>
        <HiddenField name="key" value={stopKey} />
        <HiddenField name="seen" value={recipient.version} />
        <SelectField name="reasonCode" label="Alasan" required options={reasons} />
        <TextField name="note" id="f-stop-note" label="Catatan" maxlength={300} autocomplete="off" hint="Misalnya nomor berita acara musyawarah yang memutuskannya." />
        <Button tone="danger">{label}</Button>
      </Form>
    </Confirm>
  )
}
