import type { BatchReading, NationBatch } from '#app/national/batches.ts'
import type { Regency } from '#app/national/places.ts'
import { can } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { BATCHES_TRAIL, NationTabs, RegionField } from '#views/national/frame.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { Checkbox, HiddenField, TextArea } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatBytes, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

const PAGE = 50
const waitingIn = ({ households, proposals, accepted, returned }: NationBatch) => households + proposals - accepted - returned

type ListProps = { batches: NationBatch[], region: string, waiting: boolean, names: Map<string, string>, regencies: Regency[] }

export const BatchesPage = ({ batches, region, waiting, names, regencies }: ListProps) => (
  <Stack>
    <PageHead title="Berkas kabupaten/kota" lead="Berkas pengesahan yang diterima, terbaru lebih dulu." />
    <NationTabs current="/national/batches" />
    <Filters action="/national/batches" clearHref={region || waiting ? '/national/batches' : undefined}>
      <RegionField regencies={regencies} chosen={region} />
      <Checkbox name="waiting" label="Hanya yang menunggu keputusan" checked={waiting} />
    </Filters>
    {batches.length === 0 ? <EmptyState title="Tidak ada berkas di sini" /> : (
      <Table caption="Berkas" bodyId="berkas" columns={['Berkas', 'Kabupaten/kota', 'Diterima', right('Rumah tangga'), right('Usulan'), right('Menunggu'), 'Jawaban']}>
        {batches.slice(0, PAGE).map((batch) => (
          <Row>
            <Cell label="Berkas" lead><a href={`/national/batches/${batch.root}`}>{batch.title}</a></Cell>
            <Cell label="Kabupaten/kota">{names.get(batch.regencyCode) ?? batch.regencyCode}</Cell>
            <Cell label="Diterima">{formatDate(batch.arrivedAt)}</Cell>
            <Cell label="Rumah tangga" align="right">{formatNumber(batch.households)}</Cell>
            <Cell label="Usulan" align="right">{formatNumber(batch.proposals)}</Cell>
            <Cell label="Menunggu" align="right">{formatNumber(waitingIn(batch))}</Cell>
            <Cell label="Jawaban"><State batch={batch} /></Cell>
          </Row>
        ))}
      </Table>
    )}
    <Pager bodyId="berkas" nextHref={batches.length > PAGE ? `/national/batches?${new URLSearchParams({ region, before: batches[PAGE - 1]!.root, ...(waiting && { waiting: '1' }) })}` : undefined} />
  </Stack>
)

const State = ({ batch }: { batch: NationBatch }) => batch.answeredAt
  ? <Badge tone={waitingIn(batch) > 0 ? 'info' : 'good'}>{waitingIn(batch) > 0 ? 'Dijawab sebagian' : 'Sudah dijawab'}</Badge>
  : <Badge tone={waitingIn(batch) > 0 ? 'neutral' : 'warn'}>{waitingIn(batch) > 0 ? 'Belum dijawab' : 'Diputuskan, belum dijawab'}</Badge>

type Props = BatchReading & { actor: Actor, names: Map<string, string> }

const GATES: Record<string, string> = { a: 'Satu orang satu data', b: 'Identitas lengkap dan sah', c: 'Keluarga utuh', d: 'Satu kartu satu rumah', e: 'Isian lengkap' }

export const BatchPage = (props: Props) => {
  const { batch, regency, villages, gates, doubles, names, actor } = props
  const base = `/national/batches/${batch.root}`
  return (
    <Stack>
      <PageHead title={batch.title} lead={`${regency.name}, ${regency.province}`} trail={BATCHES_TRAIL} badge={<State batch={batch} />} actions={<LinkButton href={`${base}/records`}>Lihat isi berkas</LinkButton>} />
      <Stats items={[
        { label: 'Rumah tangga', value: formatNumber(batch.households), href: `${base}/records` }, { label: 'Anggota', value: formatNumber(batch.members) },
        { label: 'Usulan perubahan', value: formatNumber(batch.proposals), href: batch.proposals > 0 ? `${base}/proposals` : undefined },
        { label: 'Belum lolos kriteria', value: formatNumber(batch.faulty), href: `${base}/records?show=faulty`, tone: batch.faulty > 0 ? 'warn' : 'good' },
        { label: 'Ada NIK di kabupaten lain', value: formatNumber(doubles), href: `${base}/records?show=double`, tone: doubles > 0 ? 'warn' : 'good' },
        { label: 'Menunggu keputusan', value: formatNumber(waitingIn(batch)), href: `${base}/records?show=pending` },
      ]} />
      {gates.length > 0 && <Notice tone="warn" title="Kriteria yang belum dipenuhi"><ul>{gates.map(({ gate, count }) => <li>{`(${gate}) ${GATES[gate] ?? gate}: ${formatNumber(count)} rumah tangga`}</li>)}</ul></Notice>}
      {can(actor, 'national.determine') && <Deciding {...props} />}
      <Table caption="Per desa/kelurahan" dense columns={['Desa/kelurahan', right('Rumah tangga'), right('Anggota'), right('Belum lolos'), right('Ditetapkan'), right('Dikembalikan')]}>
        {villages.map((one) => (
          <Row>
            <Cell label="Desa/kelurahan" lead>{names.get(one.villageCode) ?? one.villageCode}</Cell>
            <Cell label="Rumah tangga" align="right">{formatNumber(one.households)}</Cell><Cell label="Anggota" align="right">{formatNumber(one.members)}</Cell>
            <Cell label="Belum lolos" align="right">{formatNumber(one.faulty)}</Cell><Cell label="Ditetapkan" align="right">{formatNumber(one.accepted)}</Cell><Cell label="Dikembalikan" align="right">{formatNumber(one.returned)}</Cell>
          </Row>
        ))}
      </Table>
      <Card title="Asal berkas"><Facts items={[
        { label: 'Surat pengesahan', value: batch.letterNumber ? `${batch.letterNumber}, ${formatDate(batch.letterDate)}` : '' }, { label: 'Penanda tangan', value: batch.signatory },
        { label: 'Diterima', value: `${formatDateTime(batch.arrivedAt)}, ${formatBytes(batch.bytes)}` }, { label: 'Jawaban terakhir dibuat', value: batch.answeredAt ? formatDateTime(batch.answeredAt) : '' },
        { label: 'Akar manifes (SHA-256)', value: <code class="hash">{batch.root}</code>, wide: true }, { label: 'SHA-256 arsip', value: <code class="hash">{batch.sha256}</code>, wide: true },
      ]} /></Card>
    </Stack>
  )
}

const Deciding = ({ batch }: Props) => {
  const base = `/national/batches/${batch.root}`
  const waiting = waitingIn(batch)
  return (
    <Card title="Penetapan">
      <Stack>
        {waiting > 0 && (
          <>
            <Confirm label="Tetapkan yang tidak bermasalah">
              <p>Yang lolos semua kriteria dan tidak memuat NIK yang juga ada di kabupaten lain.</p>
              <PostButton action={`${base}/acceptance`} fields={{ scope: 'clean' }}>Ya, tetapkan</PostButton>
            </Confirm>
            <Confirm label="Tetapkan semua yang menunggu">
              <PostButton action={`${base}/acceptance`} fields={{ scope: 'rest' }}>Ya, tetapkan semua</PostButton>
            </Confirm>
            <Confirm label="Kembalikan semua yang menunggu" tone="danger">
              <Form action={`${base}/return`}>
                <HiddenField name="scope" value="rest" />
                <TextArea name="reason" label="Alasan" required rows={2} maxlength={500} />
                <Button tone="danger">Kembalikan semua</Button>
              </Form>
            </Confirm>
          </>
        )}
        {batch.accepted + batch.returned > 0 && (
          <>
            <p>{waiting > 0 ? `Masih ada ${formatNumber(waiting)} yang menunggu; jawaban boleh dibuat lagi sesudahnya.` : 'Semua sudah diputuskan.'} Kirim berkas jawaban ke kabupaten/kota; di sana dibaca pada halaman berkas yang sama.</p>
            <PostButton action={`${base}/answer`}>Unduh jawaban untuk kabupaten/kota</PostButton>
          </>
        )}
      </Stack>
    </Card>
  )
}
