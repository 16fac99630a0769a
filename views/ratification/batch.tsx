import type { Attachment } from '#app/files/attachments.ts'
import type { BatchReading } from '#app/ratification/reading.ts'
import { can } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { PeriodNote } from '#views/periods/batch-note.tsx'
import { Actions } from '#views/ratification/actions.tsx'
import { Gates } from '#views/ratification/gates.tsx'
import { STATUS, tellLeft } from '#views/ratification/labels.ts'
import { ProposalsCard } from '#views/ratification/proposals.tsx'
import { StepPart } from '#views/ratification/step.tsx'
import { Villages } from '#views/ratification/villages.tsx'

type Props = BatchReading & { actor: Actor, newId: string, againHref?: string, attachments: Attachment[] }

export const BatchPage = (props: Props) => (
  <>
    <PageHead title={props.batch.title} lead={props.regency} trail={[{ href: '/batches', label: 'Pengesahan' }]}
      badge={<Badge tone={STATUS[props.batch.status].tone}>{STATUS[props.batch.status].label}</Badge>}
      actions={<LinkButton href={`/batches/${props.batch.id}/items`}>Lihat isi berkas</LinkButton>} />
    <PeriodNote {...props.period} />
    {isUnderWay(props) && <StepPart batch={props.batch} step={props.step} />}
    <Left {...props} />
    <BatchState {...props} />
    {!isUnderWay(props) && <Actions {...props} />}
    {props.villages.length > 0 && <Card title="Rincian per desa/kelurahan"><Villages villages={props.villages} /></Card>}
    <ProposalsCard batch={props.batch} proposals={props.proposals} />
    {(props.batch.status === 'dispatched' || props.batch.status === 'determined') && (
      <Card title="Penetapan per desa/kelurahan">
        <StackedBars title="Keadaan penetapan" labelHeading="Desa/kelurahan"
          series={[{ key: 'accepted', label: 'Ditetapkan', tone: 1 }, { key: 'returned', label: 'Dikembalikan', tone: 3 }, { key: 'waiting', label: 'Menunggu', tone: 5 }]}
          rows={props.villages.map(({ name, households, accepted, returned }) => ({
            label: name, values: { accepted, returned, waiting: households - accepted - returned },
          }))} />
      </Card>
    )}
    <Papers {...props} />
  </>
)

const total = (reading: BatchReading, key: 'members' | 'added' | 'changed' | 'failing') =>
  formatNumber(reading.villages.reduce((sum, village) => sum + village[key], 0))

const isUnderWay = ({ step }: BatchReading) => step?.finishedAt === null

// What the last step could not take along.
const Left = ({ batch, step }: BatchReading) => step?.kind === 'accept' && step.finishedAt !== null && tellLeft(step)
  ? <Notice tone="warn"><p>{tellLeft(step)} <a href={`/batches/${batch.id}/items?show=pending`}>Lihat yang menunggu</a></p></Notice> : null

const BatchState = (props: BatchReading) => {
  const { batch, gates } = props
  return (
    <Stack>
      <Stats items={[
        { label: 'Rumah tangga', value: formatNumber(batch.itemCount) }, { label: 'Anggota', value: total(props, 'members') },
        { label: 'Rumah tangga baru', value: total(props, 'added') }, { label: 'Berubah', value: total(props, 'changed') },
        ...(props.proposals.length > 0 ? [{ label: 'Usulan perubahan', value: formatNumber(props.proposals.reduce((sum, { count }) => sum + count, 0)), href: `/batches/${batch.id}/proposals` }] : []),
        { label: 'Belum lolos kriteria', value: total(props, 'failing'), tone: total(props, 'failing') === '0' ? 'good' : 'warn', href: `/batches/${batch.id}/items?show=failing` },
      ]} />
      {batch.status !== 'cancelled' && <Gates batch={batch} gates={gates} proposals={props.proposalGates} />}
    </Stack>
  )
}

const PAPERS: Record<string, string> = { package: 'Arsip untuk Kemensos', answer: 'Jawaban Kemensos' }

const Papers = ({ batch, people, attachments, actor }: Props) => (
  <Card title="Dokumen">
    <Facts items={[
      { label: 'Disiapkan oleh', value: `${people[batch.preparedBy] ?? batch.preparedBy}, ${formatDateTime(batch.preparedAt)}` },
      ...(batch.frozenAt ? [{ label: 'Dibekukan oleh', value: `${people[batch.frozenBy!] ?? ''}, ${formatDateTime(batch.frozenAt)}` }] : []),
      ...(batch.ratifiedAt ? [
        { label: 'Surat pengesahan', value: `${batch.letterNumber}, ${formatDate(batch.letterDate!)}` },
        { label: 'Disahkan oleh', value: `${batch.signatory} (dicatat ${people[batch.ratifiedBy!] ?? ''}, ${formatDateTime(batch.ratifiedAt)})` },
      ] : []),
      ...(batch.dispatchedAt ? [{ label: 'Dikirim', value: `${people[batch.dispatchedBy!] ?? ''}, ${formatDateTime(batch.dispatchedAt)}` }] : []),
      ...(batch.rootHash ? [{ label: 'Akar manifes (SHA-256)', value: <code class="hash">{batch.rootHash}</code>, wide: true }] : []),
      ...(batch.packageSha256 ? [{ label: 'SHA-256 arsip', value: <code class="hash">{batch.packageSha256}</code>, wide: true }] : []),
    ]} />
    <ul class="papers">
      {batch.rootHash && <li><a href={`/batches/${batch.id}/minutes.pdf`}>Berita acara pengesahan (PDF)</a></li>}
      {batch.rootHash && <li><a href={`/batches/${batch.id}/names.pdf`}>Daftar nama dan alamat, BNBA (PDF)</a></li>}
      {can(actor, 'household.read') && attachments.map(({ id, name, kind }) => (
        <li><a href={`/files/attachments/${id}`}>{PAPERS[kind] ?? 'Surat pengesahan'}: {name}</a></li>
      ))}
    </ul>
  </Card>
)
