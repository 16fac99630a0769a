import type { ChangeCase } from '#app/programmes/case.ts'
import { DecisionForm } from '#views/proposals/decision.tsx'
import { CHANGES_TRAIL, SENSITIVE_WAITS, STATUSES, WAITS } from '#views/programmes/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'

type Props = { found: ChangeCase, formKey: string }

export const ChangePage = (props: Props) => {
  const { found } = props
  const { change, programme, kind, places } = found
  return (
    <Stack>
      <PageHead title={`${programme.name}: ${change.name}`} trail={CHANGES_TRAIL} badge={<Badge tone={STATUSES[change.status].tone}>{statusOf(found)}</Badge>}
        lead={`${kind.label}. ${places.join(', ')}.`} actions={found.mayEdit && <LinkButton href={`/programmes/changes/${change.id}/edit`} tone="primary">Perbaiki dan ajukan lagi</LinkButton>} />
      <Notices found={found} />
      <Columns kind="side">
        <Stack>
          <What {...props} />
          <Decision {...props} />
        </Stack>
        <Stack>
          <Papers found={found} />
          <Steps found={found} />
          {found.mayWithdraw && <Withdraw {...props} />}
        </Stack>
      </Columns>
    </Stack>
  )
}

const statusOf = ({ change }: ChangeCase) => change.sensitive && change.status === 'submitted' ? 'Menunggu Dinsos' : STATUSES[change.status].label

const Notices = ({ found: { change, trouble, rolled, late, own, checkedBefore } }: { found: ChangeCase }) => (
  <>
    <Notice tone={STATUSES[change.status].tone === 'neutral' ? 'info' : STATUSES[change.status].tone}><p>{change.sensitive && change.status === 'submitted' ? SENSITIVE_WAITS : WAITS[change.status]}</p></Notice>
    {trouble && <Notice tone="bad" title="Tidak dapat diterapkan pada data sekarang"><p>{trouble}</p></Notice>}
    {rolled && <Notice tone="warn" title={`Batas perubahan ${rolled.from} sudah lewat`}><p>{`Bila disetujui Dinsos sekarang, usulan ini masuk ${rolled.to}.`}</p></Notice>}
    {late && <Notice tone="bad" title="Lewat batas waktu"><p>{`Usulan ini harus disahkan paling lambat ${formatDate(change.dueOn)}. Dahulukan.`}</p></Notice>}
    {own && ['submitted', 'checked'].includes(change.status) && <Notice>Ini usulan Anda sendiri; petugas lain yang memeriksanya.</Notice>}
    {checkedBefore && <Notice>Anda sudah memeriksa usulan ini pada tahap pertama; petugas Dinsos lain yang memutuskan.</Notice>}
  </>
)

const What = ({ found }: Props) => {
  const { change, from, to, recipient, programme, replaced, facts, category, reason, proposer, household, period, batch } = found
  return (
    <Card title="Yang diubah">
      <Facts items={[
        { label: 'Keadaan', value: change.status === 'ratified' ? to ?? from : to ? `${from} → ${to}` : `${from} (tetap)`, wide: true },
        { label: 'Penerima', value: recipient ? <a href={`/programmes/${programme.code}/recipients/${recipient.id}`}>{change.name}</a> : change.name },
        ...(household ? [{ label: 'Rumah tangga', value: <a href={`/households/${household}`}>Buka di registri</a> }] : []),
        ...(category ? [{ label: 'Kategori', value: category, wide: true }] : []),
        ...(replaced ? [{ label: 'Menggantikan', value: replaced.id ? <a href={`/programmes/${programme.code}/recipients/${replaced.id}`}>{replaced.name}</a> : replaced.name }] : []),
        ...(reason ? [{ label: 'Alasan', value: reason }] : []), ...facts,
        { label: 'Keterangan', value: change.note, wide: true },
        ...(change.minutesNumber ? [{ label: 'Berita acara', value: `${change.minutesNumber}, ${formatDate(change.minutesDate)}` }] : []),
        { label: 'Periode', value: period }, ...(change.dueOn ? [{ label: 'Harus disahkan sebelum', value: formatDate(change.dueOn) }] : []),
        { label: 'Diusulkan oleh', value: `${proposer}, ${formatDateTime(change.proposedAt)}` },
        ...(batch ? [{ label: 'Berkas pengesahan', value: <a href={`/programmes/batches/${batch}`}>Buka berkas</a> }] : []),
      ]} />
    </Card>
  )
}

// The one decision of whoever is looking, if it is their turn.
const Decision = ({ found: { change, turn, trouble, seen }, formKey }: Props) => {
  if (!turn) return null
  return <DecisionForm action={`/programmes/changes/${change.id}`} formKey={formKey} seen={seen} approval={trouble ? undefined : turn === 'verify' ? 'Setujui (Dinsos)' : 'Setujui'} />
}

const Papers = ({ found: { papers, seesPapers } }: { found: ChangeCase }) => (
  <Card title="Berkas">
    {!seesPapers ? <p class="hint">Bukti bisa memuat KTP atau KK, jadi tidak ditampilkan kepada peran yang membaca tanpa NIK dan Nomor KK.</p> : papers.length === 0 && <p class="hint">Tidak ada berkas.</p>}
    <ul>
      {papers.map(({ id, name, label, sha256 }) => <li><a href={`/files/attachments/${id}`}>{label}: {name}</a><br /><small class="hint">SHA-256 <code class="hash">{sha256}</code></small></li>)}
    </ul>
  </Card>
)

const Steps = ({ found: { steps } }: { found: ChangeCase }) => (
  <Card title="Perjalanan usulan">
    <Timeline items={steps.map(({ from, to, at, note, by }) => ({
      at: formatDateTime(at), iso: at, title: titleOf(from, to), by: by ?? 'Sistem', note: note || undefined, tone: STATUSES[to as 'submitted'].tone,
    })).reverse()} />
  </Card>
)

const TITLES: Record<string, string> = { submitted: 'Diajukan', checked: 'Disetujui kecamatan', batched: 'Masuk berkas pengesahan' }

const titleOf = (from: string | null, to: string) => {
  if (from === 'returned' && to === 'submitted') return 'Diperbaiki dan diajukan lagi'
  if (from === 'batched' && to === 'verified') return 'Keluar dari berkas pengesahan'
  if (to === 'checked' && from !== 'submitted') return 'Harus diperiksa Dinsos lagi'
  return TITLES[to] ?? STATUSES[to as 'submitted'].label
}

const Withdraw = ({ found: { change, own }, formKey }: Props) => (
  <Confirm label="Tarik usulan" tone="danger" small>
    <Form action={`/programmes/changes/${change.id}/withdrawal`}>
      <HiddenField name="key" value={formKey} />
      <TextArea name="note" id="f-withdrawal-note" label="Alasan menarik" required={!own} rows={2} maxlength={1000} />
      <Button tone="danger">Ya, tarik usulan</Button>
    </Form>
  </Confirm>
)
