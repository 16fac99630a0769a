import type { Places, QuotaPage } from '#app/pbi/quota.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { StackedBars } from '#views/ui/chart.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const USED = { key: 'used', label: 'Aktif', tone: 1 as const }
const WAITING = { key: 'waiting', label: 'Menunggu', tone: 3 as const }
const FREE = { key: 'free', label: 'Tersedia', tone: 2 as const }

type Props = { quota: QuotaPage, place: PlaceChoices, query: string }

export const QuotaView = ({ quota: { regencies, villages, region }, place, query }: Props) => (
  <Stack>
    <PageHead title="Kuota PBI-JK" trail={[{ href: '/programmes/pbi', label: 'PBI-JK' }]} actions={<LinkButton href={`/pbi/quota.csv${query}`} download>Unduh CSV</LinkButton>}
      lead="Penambahan yang melebihi kuota tidak dapat diverifikasi. Bila penuh, ajukan penggantian: satu peserta keluar, satu masuk." />
    {hasPlaces(place) && <Filters action="/pbi/quota" label="Pilih wilayah" clearHref={region ? '/pbi/quota' : undefined}><PlaceFilter places={place} region={region} alone /></Filters>}
    {regencies.length === 0 && <EmptyState title="Belum ada kuota dan peserta">Kuota per kabupaten/kota diisi Kemensos atau admin pada pengaturan program.</EmptyState>}
    {regencies.length === 1 && <OneRegency one={regencies[0]!} />}
    {regencies.length > 1 && <Regencies rows={regencies} />}
    {villages.length > 0 && (
      <Card title={`Per desa/kelurahan di ${regencies[0]!.name}`}>
        <StackedBars title="Peserta aktif dan yang menunggu" series={[USED, WAITING]} rows={villages.map(({ code, name, used, waiting }) => ({ label: name, href: `/programmes/pbi?region=${code}`, values: { used, waiting } }))} />
      </Card>
    )}
  </Stack>
)

const OneRegency = ({ one: { name, quota, used, waiting, free } }: { one: Places }) => (
  <>
    <Stats items={[
      { label: 'Kuota', value: quota === undefined ? 'Belum diisi' : formatNumber(quota), note: name },
      { label: 'Aktif', value: formatNumber(used) },
      { label: 'Menunggu', value: formatNumber(waiting), note: 'sudah diverifikasi, belum aktif' },
      { label: 'Tersedia', value: free === undefined ? '–' : formatNumber(Math.max(free, 0)), tone: free === undefined ? 'neutral' : free > 0 ? 'good' : 'bad' },
    ]} />
    {quota === undefined && <Notice><p>Selama kuota {name} belum diisi, penambahan tidak dibatasi.</p></Notice>}
    {free !== undefined && free <= 0 && (
      <Notice tone="warn" title={free < 0 ? `Melebihi kuota ${formatNumber(-free)} orang` : 'Kuota penuh'}>
        <p>Penambahan ditolak saat verifikasi. Usulkan penggantian, atau penghapusan peserta yang meninggal, mampu, atau ganda.</p>
      </Notice>
    )}
  </>
)

const Regencies = ({ rows }: { rows: Places[] }) => (
  <Card title="Per kabupaten/kota">
    <StackedBars title="Pemakaian kuota" bare series={[USED, WAITING, FREE]} rows={rows.map(({ code, name, used, waiting, free = 0 }) => ({ label: name, href: `/pbi/quota?region=${code}`, values: { used, waiting, free: Math.max(free, 0) } }))} />
    <Table caption="Kuota per kabupaten/kota" hideCaption dense columns={['Kabupaten/kota', ...['Kuota', 'Aktif', 'Menunggu', 'Tersedia'].map((label) => ({ label, align: 'right' as const }))]}>
      {rows.map(({ code, name, quota, used, waiting, free }) => (
        <Row>
          <Cell label="Kabupaten/kota" lead><a href={`/pbi/quota?region=${code}`}>{name}</a></Cell>
          <Cell label="Kuota" align="right">{quota === undefined ? 'belum diisi' : formatNumber(quota)}</Cell>
          <Cell label="Aktif" align="right">{formatNumber(used)}</Cell>
          <Cell label="Menunggu" align="right">{formatNumber(waiting)}</Cell>
          <Cell label="Tersedia" align="right">{free === undefined ? '–' : free > 0 ? formatNumber(free) : <Badge tone="bad">{free < 0 ? `lebih ${formatNumber(-free)}` : 'penuh'}</Badge>}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)
