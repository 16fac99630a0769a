import type { ProposalCase } from '#app/proposals/case.ts'
import { Decision } from '#views/proposals/decision.tsx'
import { Found, HeldNotice, VisitBehind } from '#views/proposals/exclusion.tsx'
import { Effects } from '#views/proposals/effects.tsx'
import { KINDS, STATUSES, WAITS } from '#views/proposals/labels.ts'
import { newHref } from '#views/proposals/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'

type Props = { found: ProposalCase, formKey: string }

export const ProposalPage = ({ found, formKey }: Props) => {
  const { proposal, places, trouble } = found
  return (
    <Stack>
      <PageHead title={`${KINDS[proposal.kind].label}: ${proposal.headName}`} trail={[{ href: '/proposals', label: 'Usulan perubahan' }]}
        badge={<Badge tone={STATUSES[proposal.status].tone}>{STATUSES[proposal.status].label}</Badge>} lead={places.join(', ')}
        actions={found.mayEdit && <LinkButton href={`/proposals/${proposal.id}/edit`} tone="primary">{proposal.status === 'draft' || proposal.status === 'prepared' ? 'Lengkapi dan ajukan' : 'Perbaiki dan ajukan lagi'}</LinkButton>} />
      <Notices found={found} />
      <HeldNotice found={found} />
      {trouble && <Notice tone="bad" title="Usulan ini tidak dapat diterapkan pada data sekarang"><p>{trouble}</p></Notice>}
      <Columns kind="side">
        <Stack>
          <VisitBehind found={found} />
          <Effects found={found} />
          <Decision found={found} formKey={formKey} />
        </Stack>
        <Stack>
          <Summary found={found} />
          <Papers found={found} />
          <Steps found={found} />
          {found.mayFind && <Found found={found} formKey={formKey} />}
          {found.mayWithdraw && <Withdraw found={found} formKey={formKey} />}
        </Stack>
      </Columns>
    </Stack>
  )
}

const Notices = ({ found: { proposal, full, movedOn, others, warnings, households, mayUndo } }: { found: ProposalCase }) => (
  <>
    <Notice tone={STATUSES[proposal.status].tone === 'neutral' ? 'info' : STATUSES[proposal.status].tone}>
      <p>{WAITS[proposal.status]}</p>
      {proposal.status === 'listed' && proposal.householdId && <p><a href={`/households/${proposal.householdId}`}>Buka rumah tangga di prelist</a></p>}
      {mayUndo && <p><a href={newHref('undo', { of: `proposal:${proposal.id}` })}>Ajukan pembatalan perubahan ini</a></p>}
    </Notice>
    {!full && <Notice>NIK dan Nomor KK disamarkan untuk peran Anda.</Notice>}
    {movedOn && <Notice tone="warn" title="Data induk berubah sejak usulan ini terakhir dilihat"><p>Perbandingan di bawah sudah memakai data yang sekarang. Periksa lagi sebelum memutuskan.</p></Notice>}
    {WAITING.has(proposal.status) && households.filter(({ stage }) => ['assigned', 'downloaded', 'deliberated', 'submitted', 'returned'].includes(stage ?? '')).map(({ headName }) => (
      <Notice>Rumah tangga {headName} sedang dalam kunjungan petugas. Yang ditetapkan lebih dahulu membuat yang lain harus diperiksa ulang.</Notice>
    ))}
    {others.length > 0 && (
      <Notice tone="warn" title="Ada usulan lain untuk rumah tangga yang sama">
        <ul>{others.map(({ id, kind, status }) => <li><a href={`/proposals/${id}`}>{KINDS[kind].label}</a>: {STATUSES[status].label}</li>)}</ul>
      </Notice>
    )}
    {warnings.length > 0 && <Notice tone="warn" title="Perhatikan"><ul>{warnings.map((warning) => <li>{warning}</li>)}</ul></Notice>}
  </>
)

const WAITING = new Set(['submitted', 'released', 'checked', 'verified', 'batched', 'ratified', 'dispatched'])

const Summary = ({ found: { proposal, reason, proposer, meeting, households, targetPlaces, batch, readsBatches } }: { found: ProposalCase }) => (
  <Card title="Usulan">
    <Facts compact items={[
      { label: 'Alasan', value: reason }, { label: 'Keterangan', value: proposal.note, wide: true },
      ...households.map(({ id, headName, mine }) => ({ label: 'Rumah tangga', value: mine ? <a href={`/households/${id}`}>{headName}</a> : headName })),
      ...(proposal.kind === 'new' && proposal.householdId ? [{ label: 'Rumah tangga', value: <a href={`/households/${proposal.householdId}`}>Buka di prelist</a> }] : []),
      ...(targetPlaces.length > 0 ? [{ label: proposal.kind === 'household_move' ? 'Tujuan' : 'Desa lain yang terkait', value: targetPlaces.join(', '), wide: true }] : []),
      { label: 'Diusulkan oleh', value: `${proposer}, ${formatDateTime(proposal.proposedAt)}` },
      ...(meeting ? [{ label: 'Musdes', value: <a href={`/musdes/${meeting.id}`}>{formatDate(meeting.heldOn)}, nomor {meeting.minutesNumber}</a> }] : []),
      ...(proposal.minutesNumber ? [{ label: 'Berita acara', value: `${proposal.minutesNumber}, ${formatDate(proposal.minutesDate)}` }] : []),
      ...(proposal.reportId ? [{ label: 'Laporan warga', value: <a href={`/reports/${proposal.reportId}`}>Buka laporan</a> }] : []),
      ...(batch ? [{ label: 'Berkas pengesahan', value: readsBatches ? <a href={`/batches/${batch.id}`}>{batch.title}</a> : batch.title }] : []),
    ]} />
  </Card>
)

const Papers = ({ found: { papers, full } }: { found: ProposalCase }) => (
  <Card title="Bukti dan berita acara">
    {!full ? <p class="hint">Bukti bisa memuat KTP atau KK, jadi tidak ditampilkan kepada peran yang membaca tanpa NIK dan Nomor KK.</p> : papers.length === 0 && <p class="hint">Tidak ada berkas.</p>}
    <ul>
      {papers.map(({ id, name, kind, sha256 }) => (
        <li><a href={`/files/attachments/${id}`}>{kind === 'minutes' ? 'Berita acara' : 'Bukti'}: {name}</a><br /><small class="hint">SHA-256 <code class="hash">{sha256}</code></small></li>
      ))}
    </ul>
  </Card>
)

const Steps = ({ found: { steps } }: { found: ProposalCase }) => (
  <Card title="Perjalanan usulan">
    <Timeline items={steps.map(({ from, to, at, note, by }) => ({
      at: formatDateTime(at), iso: at, title: titleOf(from, to), by: by ?? 'Sistem', note: note || undefined, tone: STATUSES[to as 'draft'].tone,
    })).reverse()} />
  </Card>
)

const titleOf = (from: string | null, to: string) => {
  if (to === 'prepared') return from ? 'Dikembalikan ke desa untuk diputuskan lagi' : 'Disiapkan sesudah kunjungan'
  if (from === 'prepared' && to === 'submitted') return 'Dikonfirmasi desa dan diajukan'
  if (from === 'prepared' && to === 'rejected') return 'Ditemukan kembali'
  if (from === 'released' && to === 'checked') return 'Diterima desa tujuan'
  if (from === 'submitted' && to === 'released') return 'Diperiksa dan dilepas kecamatan asal'
  if (from === 'submitted' && to === 'checked') return 'Disetujui kecamatan'
  if (from === 'dispatched' && to === 'checked') return 'Dikembalikan Kemensos ke Dinsos'
  if (from === 'batched' && to === 'verified') return 'Keluar dari berkas pengesahan'
  if ((from === 'verified' || from === 'batched') && to === 'checked') return 'Harus diperiksa Dinsos lagi'
  return TITLES[to] ?? STATUSES[to as 'draft'].label
}

const TITLES: Record<string, string> = {
  draft: 'Konsep dibuat', submitted: 'Diajukan', verified: 'Disetujui Dinsos', listed: 'Disetujui Dinsos, masuk prelist desa', batched: 'Masuk berkas pengesahan',
}

const Withdraw = ({ found: { proposal, own }, formKey }: Props) => (
  <Confirm label="Tarik usulan" tone="danger" small>
    <Form action={`/proposals/${proposal.id}/withdrawal`}>
      <HiddenField name="key" value={formKey} />
      <TextArea name="note" id="f-withdrawal-note" label="Alasan menarik" required={!own} rows={2} maxlength={1000} />
      <Button tone="danger">Ya, tarik usulan</Button>
    </Form>
  </Confirm>
)
