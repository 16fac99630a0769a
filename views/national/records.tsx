import type { NationBatch, ProposalRow, RecordRow, Show } from '#app/national/batches.ts'
import { can } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { BATCHES_TRAIL } from '#views/national/frame.tsx'
import { Decided, Failures } from '#views/ratification/contents.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { TextField, Tick } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'
import type { Child } from '#views/ui/types.ts'
import { OUTCOMES } from '#views/visits/labels.ts'

const PAGE = 50
const SHOWN: Record<Show, string> = { all: 'Semua', faulty: 'Belum lolos kriteria', double: 'NIK di kabupaten lain', pending: 'Belum diputuskan' }
const baseOf = ({ root }: NationBatch) => `/national/batches/${root}`
const trailOf = (batch: NationBatch) => [...BATCHES_TRAIL, { href: baseOf(batch), label: batch.title }]

type Props = { batch: NationBatch, records: RecordRow[], show: Show, actor: Actor, names: Map<string, string> }

export const RecordsPage = ({ batch, records, show, actor, names }: Props) => {
  const shown = records.slice(0, PAGE)
  const deciding = can(actor, 'national.determine') && shown.some(({ decision }) => decision === 'pending')
  return (
    <Stack>
      <PageHead title="Isi berkas" lead={batch.title} trail={trailOf(batch)} />
      <Tabs label="Saringan" items={Object.entries(SHOWN).map(([key, label]) => ({ href: `${baseOf(batch)}/records${key === 'all' ? '' : `?show=${key}`}`, label, current: show === key }))} />
      {shown.length === 0 ? <EmptyState title="Tidak ada rumah tangga di sini" />
        : deciding ? <Choosing at={baseOf(batch)}><Records batch={batch} records={shown} names={names} choosing /></Choosing>
          : <Records batch={batch} records={shown} names={names} />}
      <Pager nextHref={records.length > PAGE ? `${baseOf(batch)}/records?show=${show}&after=${shown.at(-1)!.position}` : undefined} />
    </Stack>
  )
}

const Choosing = ({ at, children }: { at: string, children?: Child }) => (
  <Form action={`${at}/acceptance`}>
    {children}
    <TextField name="reason" label="Alasan (wajib bila mengembalikan)" maxlength={500} />
    <ActionBar>
      <Button>Tetapkan yang dipilih</Button>
      <Button tone="danger" formaction={`${at}/return`}>Kembalikan yang dipilih</Button>
    </ActionBar>
  </Form>
)

const Records = ({ batch, records, names, choosing }: Pick<Props, 'batch' | 'records' | 'names'> & { choosing?: boolean }) => (
  <Table caption="Rumah tangga dalam berkas" hideCaption columns={[...(choosing ? ['Pilih'] : []), 'Kepala rumah tangga', 'Desa/kelurahan', right('Anggota'), 'Hasil kunjungan', 'Pemeriksaan', 'Keputusan']}>
    {records.map((one) => (
      <Row>
        {choosing && <Cell label="Pilih">{one.decision === 'pending' && <Tick name="id" value={one.householdId} label={`Pilih ${one.headName}`} />}</Cell>}
        <Cell label="Kepala rumah tangga" lead><a href={`/national/households/${batch.regencyCode}/${encodeURIComponent(one.householdId)}`}>{one.headName || '(tanpa nama)'}</a></Cell>
        <Cell label="Desa/kelurahan">{names.get(one.villageCode) ?? one.villageCode}</Cell>
        <Cell label="Anggota" align="right">{formatNumber(one.members)}</Cell>
        <Cell label="Hasil kunjungan">{OUTCOMES[one.outcome ?? 0] ?? '–'}</Cell>
        <Cell label="Pemeriksaan"><Failures failures={one.faults} />{one.isDouble && <Badge tone="warn">NIK juga di kabupaten lain</Badge>}{!one.isNewest && <Badge>Ada yang lebih baru</Badge>}</Cell>
        <Cell label="Keputusan"><Decided {...one} /></Cell>
      </Row>
    ))}
  </Table>
)

const PARTS: Record<string, string> = { revised: 'data diubah', created: 'rumah tangga baru', moved: 'pindah desa', deactivated: 'menjadi nonaktif', reactivated: 'aktif kembali' }
const tellPlan = (plan: ProposalRow['plan']) => Object.entries(PARTS).flatMap(([key, label]) => plan[key]?.length ? [`${plan[key].length} ${label}`] : []).join(', ')

export const ProposalsPage = ({ batch, proposals, actor }: { batch: NationBatch, proposals: ProposalRow[], actor: Actor }) => {
  const shown = proposals.slice(0, PAGE)
  const deciding = can(actor, 'national.determine') && shown.some(({ decision }) => decision === 'pending')
  const table = (
    <Table caption="Usulan dalam berkas" hideCaption columns={[...(deciding ? ['Pilih'] : []), 'Usulan', 'Yang ditulis', 'Keputusan']}>
      {shown.map(({ proposalId, position, plan, decision, reason }) => (
        <Row>
          {deciding && <Cell label="Pilih">{decision === 'pending' && <Tick name="id" value={proposalId} label={`Pilih usulan ${position}`} />}</Cell>}
          <Cell label="Usulan" lead>{`Usulan ${position}`}</Cell>
          <Cell label="Yang ditulis">{tellPlan(plan) || '–'}</Cell>
          <Cell label="Keputusan"><Decided decision={decision} reason={reason} /></Cell>
        </Row>
      ))}
    </Table>
  )
  return (
    <Stack>
      <PageHead title="Usulan perubahan" lead={batch.title} trail={trailOf(batch)} />
      {shown.length === 0 ? <EmptyState title="Tidak ada usulan di sini" /> : deciding ? <Choosing at={`${baseOf(batch)}/proposals`}>{table}</Choosing> : table}
      {deciding && (
        <Confirm label="Tetapkan semua usulan yang menunggu">
          <p>Semua usulan berkas ini yang belum diputuskan, juga di halaman lain, menjadi data induk versi baru.</p>
          <PostButton action={`${baseOf(batch)}/proposals/acceptance`} fields={{ scope: 'rest' }}>Ya, tetapkan semua</PostButton>
        </Confirm>
      )}
      <Pager nextHref={proposals.length > PAGE ? `${baseOf(batch)}/proposals?after=${shown.at(-1)!.position}` : undefined} />
    </Stack>
  )
}
