import type { ChangesView } from '#app/exchange/changes.ts'
import { EXCHANGE_TRAIL } from '#views/exchange/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = ChangesView & { regionName?: string }

export const ChangesPage = ({ origin, regionName, parts, waiting, returned }: Props) => (
  <div class="stack">
    <PageHead title="Bawa perubahan ke server" trail={EXCHANGE_TRAIL}
      lead="Kunjungan yang dikirim di laptop ini disimpan ke berkas, lalu diterima di server asal lewat menu Tukar berkas." />
    {!origin ? <EmptyState title="Server ini bukan salinan">Halaman ini dipakai di laptop kantor yang dipasang dari paket wilayah.</EmptyState> : (
      <>
        <Card title="Paket di laptop ini">
          <Facts items={[
            { label: 'Wilayah', value: regionName }, { label: 'Data per', value: formatDateTime(origin.exportedAt) }, { label: 'Dipasang', value: formatDateTime(origin.installedAt) },
          ]} />
        </Card>
        {waiting > 0 && (
          <Notice tone="warn" title={`${formatNumber(waiting)} kunjungan belum masuk berkas`}>
            <PostButton action="/exchange/changes">Siapkan berkas</PostButton>
          </Notice>
        )}
        {parts.length === 0 ? waiting === 0 && <EmptyState title="Belum ada kunjungan yang dikirim di laptop ini" /> : <Parts parts={parts} />}
        <p class="hint">Yang dibawa hanya kunjungan beserta fotonya. Persetujuan pemeriksa, musdes, dan usulan baru yang dicatat di laptop tidak ikut; catat di server asal.
          {returned > 0 && ` ${formatNumber(returned)} kunjungan sedang dikembalikan ke petugas dan baru ikut setelah dikirim lagi.`}</p>
      </>
    )}
  </div>
)

const Parts = ({ parts }: Pick<Props, 'parts'>) => (
  <Card title="Berkas untuk server asal">
    <Table caption="Simpan semuanya; berkas yang sama boleh diterima berulang kali" columns={['Berkas', { label: 'Kunjungan', align: 'right' }, { label: 'Ukuran', align: 'right' }, { label: 'Tindakan', hide: true }]}>
      {parts.map(({ part, visits, bytes }) => (
        <Row>
          <Cell label="Berkas" lead>Perubahan {part}</Cell>
          <Cell label="Kunjungan" align="right">{formatNumber(visits)}</Cell>
          <Cell label="Ukuran" align="right">{formatBytes(bytes)}</Cell>
          <Cell label="Tindakan" actions><LinkButton small href={`/exchange/changes/${part}`} download>Simpan</LinkButton></Cell>
        </Row>
      ))}
    </Table>
    <p class="hint">Berkas ini terkunci: hanya server asal yang bisa membukanya.</p>
  </Card>
)
