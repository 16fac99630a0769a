import type { Account } from '#app/payments/accounts.ts'
import type { RecipientPayment } from '#app/payments/lines.ts'
import { maskAccount, PAYMENT_KIND } from '#views/payments/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatRupiah, formatShortDate } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const TONES = { good: 'good', bad: 'bad' } as const

export const PaymentsPanel = ({ account, payments }: { account: Account, payments: RecipientPayment[] }) => (
  <Card title="Rekening dan penyaluran" id="penyaluran">
    <Facts items={[
      { label: 'Bank atau Pos', value: account.bankName || 'Belum tercatat' }, { label: 'Nomor rekening', value: maskAccount(account.accountNumber) },
      { label: 'Pemeriksaan rekening', value: <Badge tone={account.stateKind in TONES ? TONES[account.stateKind as keyof typeof TONES] : 'neutral'}>{account.stateName}</Badge> },
    ]} />
    {payments.length === 0 ? <p>Belum pernah masuk daftar salur.</p> : (
      <Table caption="Penyaluran" columns={['Periode', { label: 'Nominal', align: 'right' }, 'Status', 'Sejak']}>
        {payments.map(({ id, period, amount, kind, status, statusAt }) => (
          <Row>
            <Cell label="Periode" lead><a href={`/payments/${id}`}>{period}</a></Cell>
            <Cell label="Nominal" align="right">{formatRupiah(amount)}</Cell>
            <Cell label="Status"><Badge tone={PAYMENT_KIND[kind].tone}>{status}</Badge></Cell>
            <Cell label="Sejak">{formatShortDate(statusAt)}</Cell>
          </Row>
        ))}
      </Table>
    )}
  </Card>
)
