import type { RegionView } from '#app/regions/region-page.ts'
import type { RegionChange } from '#app/regions/regions.ts'
import { ChangeForms } from '#views/regions/change-forms.tsx'
import { CHANGE_LABELS, LEVEL_LABELS } from '#views/regions/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const CHANGES_LEAD = 'Perubahan nama, kode, pemekaran, dan penggabungan. Kode lama tetap tersimpan dan menunjuk ke kode yang berlaku.'

export const RegionPage = (view: RegionView & { changeKey?: string }) => (
  <>
    <PageHead title={view.region?.name ?? 'Wilayah'} trail={trailOf(view)}
      lead={view.region ? undefined : 'Kode Kemendagri dan kode BPS dari provinsi sampai desa/kelurahan.'}
      badge={view.region?.validTo && <Badge tone="warn">Tidak berlaku lagi</Badge>} />
    {view.region?.validTo && (
      <Notice tone="warn"><p>Tidak berlaku sejak {formatDate(view.region.validTo)}.
        {view.presentCode !== view.code && <> Kode sekarang: <a href={`/regions/${view.presentCode}`}>{view.presentCode}</a>.</>}</p></Notice>
    )}
    {view.region && (
      <Facts compact items={[
        { label: 'Tingkat', value: LEVEL_LABELS[view.region.level] },
        { label: 'Kode Kemendagri', value: view.region.code },
        { label: 'Kode BPS', value: view.region.bpsCode ?? 'belum dicatat' },
        { label: 'Berlaku sejak', value: formatDate(view.region.validFrom) },
      ]} />
    )}
    {view.counts.length > 0 && (
      <Stats items={view.counts.map(({ level, count }) => ({ label: LEVEL_LABELS[level] ?? '', value: formatNumber(count) }))} />
    )}
    {!view.region && (
      <Filters action="/regions" clearHref={view.search ? '/regions' : undefined} label="Cari wilayah">
        <TextField name="q" label="Nama atau kode" value={view.search} type="search"
          hx-get="/regions" hx-trigger="input changed delay:400ms" hx-target="#wilayah" hx-swap="outerHTML" />
      </Filters>
    )}
    <RegionResults {...view} />
    {view.manages && view.region && view.changeKey && !view.region.validTo && <ChangeForms region={view.region} changeKey={view.changeKey} />}
    <Card title="Riwayat perubahan">
      <p class="hint">{CHANGES_LEAD}</p>
      {view.changes.length > 0 ? <Changes changes={view.changes} /> : <p>Belum ada perubahan yang dicatat.</p>}
    </Card>
  </>
)

export const RegionResults = ({ rows, search, region, code }: RegionView) => (
  <div id="wilayah">
    {rows.length > 0 && (
      <Table caption={search ? `Hasil pencarian "${search}"` : region ? `Wilayah di bawah ${region.name}` : 'Provinsi'}
        columns={['Nama', 'Kode Kemendagri', 'Kode BPS', ...(search ? ['Tingkat'] : [])]} dense>
        {rows.map((child) => (
          <Row>
            <Cell label="Nama" lead><a href={`/regions/${child.code}`}>{child.name}</a> {child.validTo && <Badge tone="warn">Tidak berlaku</Badge>}</Cell>
            <Cell label="Kode Kemendagri">{child.code}</Cell>
            <Cell label="Kode BPS">{child.bpsCode ?? '–'}</Cell>
            {search && <Cell label="Tingkat">{LEVEL_LABELS[child.level]}</Cell>}
          </Row>
        ))}
      </Table>
    )}
    {rows.length === 0 && search && <EmptyState title="Tidak ada wilayah yang cocok">Periksa ejaan nama atau kodenya.</EmptyState>}
    {rows.length === 0 && !search && code.split('.').length < 4 && <EmptyState title="Belum ada wilayah di bawah ini" />}
  </div>
)

const Changes = ({ changes }: { changes: RegionChange[] }) => (
  <Table caption="Riwayat perubahan wilayah" hideCaption dense columns={['Berlaku', 'Jenis', 'Semula', 'Menjadi', 'Dasar']}>
    {changes.map((change) => (
      <Row>
        <Cell label="Berlaku">{formatDate(change.effectiveOn)}</Cell>
        <Cell label="Jenis">{CHANGE_LABELS[change.kind]}</Cell>
        <Cell label="Semula"><a href={`/regions/${change.oldCode}`}>{change.oldName}</a> ({change.oldCode})</Cell>
        <Cell label="Menjadi"><a href={`/regions/${change.newCode}`}>{change.newName}</a> ({change.newCode})</Cell>
        <Cell label="Dasar">{change.source}</Cell>
      </Row>
    ))}
  </Table>
)

const trailOf = ({ path }: RegionView) => path.length === 0 ? undefined : [
  { href: '/regions', label: 'Indonesia' },
  ...path.slice(0, -1).map(({ code, name }) => ({ href: `/regions/${code}`, label: name })),
]
