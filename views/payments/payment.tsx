import type { Account } from '#app/payments/accounts.ts'
import type { Payment, PaymentEvent } from '#app/payments/payments.ts'
import type { WayOn } from '#app/payments/ways-on.ts'
import { maskAccount, PAYMENT_KIND, paidName, PAYMENTS_TRAIL } from '#views/payments/words.ts'
import { startHref } from '#views/programmes/links.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField, type Option } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatRupiah, maskKk, maskNik } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'

type Event = PaymentEvent & { word: string, reason: string, from: string | null }
export type PaymentProps = {
  payment: Payment, word: string, reason: string, village: string, period: string, events: Event[], account: Account, recipientVersion: number, seesRecipient: boolean, standsNow?: string, mayPay: boolean, mayPropose: boolean, ways: WayOn[]
  statuses: Option[], reasons: Option[], banks: Option[], checks: Option[], keys: { status: string, account: string }
  typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string>, status?: number }
}

export const PaymentPage = (props: PaymentProps) => {
  const { payment, word, reason, village, period, account, problem } = props
  return (
    <Stack>
      <PageHead title={payment.name} trail={[PAYMENTS_TRAIL, { href: `/payments/lists/${payment.listId}`, label: `${paidName(payment.programme)} ${period}` }]} badge={<Badge tone={PAYMENT_KIND[payment.kind].tone}>{word}</Badge>}
        lead={`${formatRupiah(payment.amount)} · ${village}`} />
      {problem && <ProblemPanel problem={problem} />}
      {props.standsNow && payment.kind !== 'paid' && payment.kind !== 'excluded' && (
        <Notice tone="warn"><p>{`Penerima ini sekarang “${props.standsNow}”. Bila bantuannya belum sampai, catat dikecualikan.`}</p></Notice>
      )}
      <Columns kind="side">
        <Stack>
          <Card title="Penyaluran" actions={props.seesRecipient ? <LinkButton small href={`/programmes/${payment.programme}/recipients/${payment.recipientId}`}>Buka penerima</LinkButton> : undefined}>
            <Facts items={[
              { label: 'Status', value: word }, { label: 'Alasan', value: reason }, { label: 'Sejak', value: formatDateTime(payment.statusAt) }, { label: 'Nomor', value: maskNik(payment.number) },
              { label: 'NIK', value: maskNik(payment.nik) }, { label: 'No KK', value: maskKk(payment.kkNumber) },
              { label: 'Bank', value: account.bankName }, { label: 'Rekening', value: maskAccount(account.accountNumber) },
              ...(payment.account && payment.account !== account.accountNumber ? [{ label: 'Rekening dalam daftar salur', value: maskAccount(payment.account) }] : []), { label: 'Pemeriksaan rekening', value: account.stateName },
            ]} />
          </Card>
          {props.mayPay && <Result {...props} />}
          {props.mayPay && <AccountCheck {...props} />}
          {props.mayPropose && payment.kind === 'failed' && payment.programme === 'sembako' && (
            <Card title="Bila tidak dapat disalurkan lagi"><p>Penerima yang meninggal, pindah, atau sudah mampu diganti lewat musyawarah desa/kelurahan.</p>
              <p><LinkButton href={startHref('sembako', { kind: 'replacement', replaced: payment.recipientId })}>Usulkan pengganti</LinkButton></p></Card>
          )}
          {payment.kind === 'failed' && payment.programme === 'pkh' && <FamilySteps {...props} />}
        </Stack>
        <History events={props.events} />
      </Columns>
    </Stack>
  )
}

// PKH has no replacement: the account or the family's data is mended, and meanwhile the family is held back.
const FamilySteps = ({ ways }: PaymentProps) => (
  <Card title="Langkah berikutnya">
    <p>Di PKH tidak ada penggantian lewat musyawarah. Rekening atau data keluarganya diperbaiki; selama itu keluarga dapat ditangguhkan. Yang sudah mampu digraduasi, yang tidak ditemukan lagi dikeluarkan.</p>
    <ul>{ways.map(({ href, label }) => <li><a href={href}>{label}</a></li>)}</ul>
  </Card>
)

const Result = ({ payment, statuses, reasons, keys, typed = {}, problem }: PaymentProps) => (
  <Card title="Catat hasil" id="hasil">
    <Form action={`/payments/${payment.id}/status`}>
      <HiddenField name="key" value={keys.status} />
      <HiddenField name="seen" value={payment.version} />
      <SelectField name="status" label="Status" required options={statuses} value={typed.status ?? payment.status} error={problem?.fields.status} />
      <SelectField name="reasonCode" label="Alasan" options={reasons} blank="Tidak ada" hint="Untuk yang gagal atau dikecualikan" value={typed.reasonCode ?? payment.reasonCode} error={problem?.fields.reasonCode} />
      <TextField name="note" label="Catatan" maxlength={200} value={typed.note} error={problem?.fields.note} />
      <div class="action-bar"><Button>Simpan hasil</Button></div>
    </Form>
  </Card>
)

const AccountCheck = ({ payment, account, recipientVersion, banks, checks, keys, typed = {}, problem }: PaymentProps) => (
  <Card title="Pemeriksaan rekening" id="rekening">
    <Form action={`/payments/${payment.id}/account`}>
      <HiddenField name="key" value={keys.account} />
      <HiddenField name="seen" value={recipientVersion} />
      <SelectField name="bank" label="Bank atau Pos" required options={banks} value={typed.bank ?? account.bank} error={problem?.fields.bank} />
      <TextField name="accountNumber" label="Nomor rekening baru" inputmode="numeric" maxlength={20} autocomplete="off" value={typed.accountNumber}
        hint={account.accountNumber ? `Kosongkan bila tetap ${maskAccount(account.accountNumber)}` : 'Angka saja; kosongkan bila lewat Pos'} error={problem?.fields.accountNumber} />
      <SelectField name="state" label="Hasil pemeriksaan" required options={checks} value={typed.state ?? account.state} error={problem?.fields.state} />
      <TextField name="accountNote" label="Keterangan bank" maxlength={200} value={typed.accountNote} />
      <div class="action-bar"><Button tone="secondary">Simpan pemeriksaan</Button></div>
    </Form>
  </Card>
)

const source = (cause: string) => cause.startsWith('list:') ? 'Masuk daftar salur' : cause.startsWith('intake:') ? <a href={`/intake/${cause.slice(7)}`}>Dari berkas hasil salur</a> : undefined

const History = ({ events }: { events: Event[] }) => (
  <Card title="Riwayat">
    <Timeline items={events.map(({ word, reason, at, by, note, cause }) => ({
      at: formatDateTime(at), iso: at, title: [word, reason].filter(Boolean).join(': '), by: by ?? 'Sistem', note: note || source(cause) ? <>{note}{note && source(cause) ? ' · ' : ''}{source(cause)}</> : undefined,
    }))} />
  </Card>
)
