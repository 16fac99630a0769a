import type { ReportCase } from '#app/reports/case.ts'
import type { Problem } from '#app/problems.ts'
import { RELATION_WORDS } from '#views/public/words.ts'
import { KINDS as PROPOSAL_KINDS, STATUSES as PROPOSAL_STATUSES } from '#views/proposals/labels.ts'
import { Acting } from '#views/reports/acting.tsx'
import { KINDS, LEVELS, STATES, SUSPICIONS } from '#views/reports/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Timeline } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'

export type CaseProps = { found: ReportCase, formKey: string, typed?: Record<string, string>, problem?: Problem, template?: string, mayPropose: boolean }

export const ReportCasePage = (props: CaseProps) => {
  const { found, problem } = props
  const { report, overdue } = found
  return (
    <div class="stack">
      <PageHead title={`${KINDS[report.kind]}: ${report.subjectName}`} trail={[{ href: '/reports', label: 'Laporan warga' }]}
        badge={<span class="badges"><Badge tone={STATES[report.status].tone}>{STATES[report.status].short}</Badge>{overdue && <Badge tone="bad">Lewat batas</Badge>}</span>}
        lead={`Laporan nomor ${report.number} · ${found.village} · masuk ${formatDateTime(report.createdAt)}`} />
      {problem && <ProblemPanel problem={problem} labels={{ text: 'Tulisan', outcome: 'Jawaban', refusalCode: 'Alasan' }} />}
      {report.suspicion && <Notice tone="warn" title={SUSPICIONS[report.suspicion].short}><p>{SUSPICIONS[report.suspicion].what} Periksa dahulu; laporan yang benar pun bisa dikirim beberapa orang.</p></Notice>}
      <Turn found={found} />
      <div class="case-columns">
        <div class="stack"><Content found={found} /><Pictures found={found} /><Household {...props} /></div>
        <div class="stack"><Acting {...props} /><Talk found={found} /><History found={found} /></div>
      </div>
    </div>
  )
}

type Part = { found: ReportCase }

const Turn = ({ found: { report, open, answerable, takesOver } }: Part) => open ? (
  <Notice tone={answerable ? 'info' : 'neutral'} title={`Giliran ${LEVELS[report.level]}, paling lambat ${formatDate(report.dueOn)}`}>
    <p>{answerable
      ? report.level === 'regency' ? 'Ini tingkat terakhir: laporan tidak naik lagi.' : 'Bila tidak dijawab sampai tanggal itu, laporan naik sendiri ke atas.'
      : 'Anda bisa membaca dan menulis catatan; jawabannya dari tingkat itu.'} {takesOver && 'Bila Anda yang memulai atau menjawab, gilirannya pindah kepada Anda. '}Pelapor dijanjikan jawaban paling lambat {formatDate(report.replyBy)}.</p>
  </Notice>
) : null

const Content = ({ found: { report, reason, reporter, refusal } }: Part) => (
  <Card title="Isi laporan">
    <Facts compact items={[
      { label: 'Tentang', value: report.subjectName }, { label: 'Alamat', value: report.subjectAddress }, { label: 'Alasan', value: reason },
      { label: 'Pelapor', value: reporter.removedAt ? `Dihapus ${formatDate(reporter.removedAt)}, masa simpan sudah lewat` : reporter.name ?? 'Dirahasiakan, hanya Dinsos yang melihat' }, { label: 'Hubungan', value: RELATION_WORDS[report.relation] ?? report.relation },
      ...(reporter.contact !== null ? [{ label: 'Kontak', value: reporter.contact || 'Tidak diisi' }] : []),
      ...(refusal ? [{ label: 'Alasan penolakan', value: refusal }] : []),
    ]} />
    <blockquote>{report.statement}</blockquote>
  </Card>
)

const Pictures = ({ found: { photos, report } }: Part) => (
  <Card title="Foto dari pelapor">
    {photos.length === 0 ? <p class="hint">Pelapor tidak mengirim foto.</p> : (
      <PhotoGrid>
        {photos.map(({ position, addedAt }) => <Photo src={`/files/reports/${report.id}/${position}`} alt={`Foto ${position} dari pelapor`} caption={`Foto ${position}`} facts={`diterima ${formatDateTime(addedAt)}`} />)}
      </PhotoGrid>
    )}
  </Card>
)

// The report never touches the registry; from here one may go on to a proposal, which is checked like any other.
const Household = ({ found, formKey, mayPropose }: CaseProps) => {
  const { report, household, candidates, proposals, answerable } = found
  const link = (householdId: string) => ({ key: formKey, revision: String(report.revision), householdId })
  return (
    <Card title="Rumah tangga di data">
      {household
        ? <p><a href={`/households/${household.id}`}>{household.headName}</a>{household.address && `, ${household.address}`}</p>
        : report.householdId ? <p>Rumah tangga yang ditautkan sudah pindah ke luar wilayah Anda.</p>
          : <p>Belum ditautkan. <a href={`/households?${new URLSearchParams({ region: report.regionCode, q: report.subjectName })}`}>Cari di daftar rumah tangga</a></p>}
      {answerable && report.householdId && <PostButton action={`/reports/${report.id}/household`} fields={link('')} tone="quiet" small>Lepas tautan</PostButton>}
      {answerable && candidates.length > 0 && (
        <ul class="stack">
          {candidates.map(({ id, headName, address, memberCount }) => (
            <li>
              <a href={`/households/${id}`}>{headName}</a>{address && `, ${address}`}, {memberCount} orang{' '}
              <PostButton action={`/reports/${report.id}/household`} fields={link(id)} tone="secondary" small>Ini rumah tangganya<span class="unseen">: {headName}</span></PostButton>
            </li>
          ))}
        </ul>
      )}
      {report.outcome === 'accepted' && mayPropose && (
        <LinkButton tone="primary" href={`/proposals/new?${new URLSearchParams({ report: report.id, ...(household && { household: household.id }) })}`}>Buat usulan dari laporan ini</LinkButton>
      )}
      {proposals.map(({ id, kind, status }) => <p><a href={`/proposals/${id}`}>Usulan: {PROPOSAL_KINDS[kind].label}</a>, {PROPOSAL_STATUSES[status].label}</p>)}
    </Card>
  )
}

const Talk = ({ found: { messages } }: Part) => messages.length === 0 ? null : (
  <Card title="Pesan, jawaban, dan catatan">
    <Timeline items={messages.map(({ at, author, audience, text, actorName }) => ({
      at: formatDateTime(at), iso: at, note: text, by: author === 'office' ? actorName ?? undefined : undefined,
      title: audience === 'office' ? 'Catatan petugas (pelapor tidak melihat)' : author === 'office' ? 'Kepada pelapor' : 'Dari pelapor',
      tone: audience === 'office' ? 'neutral' : author === 'office' ? 'good' : 'info',
    }))} />
  </Card>
)

const History = ({ found: { steps } }: Part) => (
  <Card title="Riwayat">
    <Timeline items={steps.map(({ at, fromStatus, toStatus, fromLevel, toLevel, note, actorName, actorId }) => ({
      at: formatDateTime(at), iso: at, note: note || undefined, tone: STATES[toStatus].tone, by: actorName ?? (actorId === 'system' ? 'Sistem' : 'Pelapor'),
      title: fromStatus === null ? 'Laporan masuk' : fromLevel !== toLevel ? `Giliran pindah ke ${LEVELS[toLevel]}` : STATES[toStatus].short,
    }))} />
  </Card>
)
